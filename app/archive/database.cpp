// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/database.h"

#include "app/archive/archiveschema.h"
#include "app/archive/filelocks.h"
#include "app/archive/openingchecks.h"
#include "app/core/paths.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QUrl>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kBusyMs = 5000;
constexpr qsizetype kNamed = 3; // problems of a schema, in an error
constexpr int kTransactionsPerCheckpoint = 64;
constexpr qint64 kWalBytes = 32LL * 1024 * 1024; // a larger log is slow to open

} // namespace

Database::Database(const QString &path) : SqliteConnection(path) {}

Database::~Database() {
    if (m_lockFd >= 0) {
        const WriteLock lock(m_lockFd);
        // The log is emptied when nobody reads it; another process that does is not waited for.
        sqlite3_busy_timeout(m_connection, 0);
        sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    close();
    for (const int fd : {m_lockFd, m_sharedFd}) {
        if (fd >= 0)
            ::close(fd);
    }
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const QString &lockPath,
                                                 Making making) {
    std::unique_ptr<Database> database(new Database(path));
    if (making == Making::AtFirstWrite && !QFileInfo::exists(path)) {
        database->m_lockPath = lockPath;
        database->m_isPending = true;
        TRY(database->makeInMemory(static_cast<qint64>(migrations().size())));
        return database;
    }
    TRY(database->openFile(lockPath));
    return database;
}

Result<void> Database::openFile(const QString &lockPath) {
    TRY(refuseOthers(m_path, lockPath));
    TRY(openLock(lockPath));
    const WriteLock lock(m_lockFd);
    return openLocked();
}

Result<void> Database::openLock(const QString &lockPath) {
    m_lockFd = ::open(QFile::encodeName(lockPath).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_lockFd < 0)
        return Error{
            ErrorCode::Io,
            QStringLiteral("The archive's lock %1 cannot be made: %2").arg(lockPath, qt_error_string(errno))};
    return {};
}

Result<void> Database::openLocked() {
    if (auto connected = connect(QFile::encodeName(m_path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        !connected)
        return connected;
    QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner);
    TRY(configure());
    TRY(checkPages(*this));
    TRY(addFunctions());
    TRY(checkSchema());
    return migrate(static_cast<qint64>(migrations().size()));
}

// In memory, since what comes of it may be that there is nothing to write. One process at a time; where
// another made the archive meanwhile, that one is written.
Result<void> Database::firstTransaction(const std::function<Result<void>()> &body) {
    const FolderLock folder(QFileInfo(QFileInfo(m_path).path()).path());
    if (QFileInfo::exists(m_path)) {
        leaveMemory();
        TRY(openFile(m_lockPath));
        TRY(m_watch.made ? m_watch.made() : Result<void>());
        return transaction(body);
    }
    const int before = sqlite3_total_changes(m_connection);
    TRY(execute("BEGIN"));
    ++m_depth;
    auto done = body();
    --m_depth;
    if (done = commit(done); !done)
        return done;
    return sqlite3_total_changes(m_connection) == before ? done : make();
}

void Database::leaveMemory() {
    close();
    m_isPending = false;
}

// Whoever opens it meanwhile waits for the lock until its chain has begun.
Result<void> Database::make() {
    Result<void> written = makeDataDir(Paths{QFileInfo(m_path).absolutePath()});
    if (written)
        written = refuseOthers(m_path, m_lockPath);
    if (written)
        written = openLock(m_lockPath);
    if (written) {
        const WriteLock lock(m_lockFd);
        if (m_watch.beforeMade)
            written = m_watch.beforeMade();
        if (written)
            written = writeMemory();
        if (written) {
            leaveMemory();
            TRY(openLocked());
            return m_watch.made ? m_watch.made() : written;
        }
    }
    // As if the transaction had not been.
    if (m_lockFd >= 0)
        ::close(std::exchange(m_lockFd, -1));
    close();
    [[maybe_unused]] const auto emptied = makeInMemory(static_cast<qint64>(migrations().size()));
    return written;
}

// As a whole next to its place, then linked to its name, where nothing may be: a file of that name is never
// half of one, and never another's.
Result<void> Database::writeMemory() {
    const QTemporaryDir folder(m_path + QStringLiteral(".part-XXXXXX"));
    const QString part = folder.filePath(QStringLiteral("archive.sqlite"));
    TRY(writeTo(part, QStringLiteral("making it"), {}));
    QFile file(part);
    const bool isKept =
        file.open(QIODevice::ReadOnly) && fsync(file.handle()) == 0 &&
        ::link(QFile::encodeName(part).constData(), QFile::encodeName(m_path).constData()) == 0;
    if (isKept)
        return {};
    return errno == EEXIST
               ? Error{ErrorCode::AlreadyExists,
                       QStringLiteral("Another program made the archive %1 in the meantime. Try again.")
                           .arg(m_path)}
               : Error{
                     ErrorCode::Io,
                     QStringLiteral("The archive %1 cannot be made: %2").arg(m_path, qt_error_string(errno))};
}

Result<std::unique_ptr<Database>> Database::look(const QByteArray &uri, const QString &path) {
    std::unique_ptr<Database> database(new Database(path));
    TRY(database->connect(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI));
    sqlite3_busy_timeout(database->m_connection, kBusyMs);
    sqlite3_db_config(database->m_connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    auto read = database->prepare("SELECT count(*) FROM sqlite_master");
    if (!read || !read->next())
        return database->error(QStringLiteral("reading its tables"));
    return database;
}

// SQLite reads a file in WAL mode only with the log's index next to it, which it makes when it is missing.
// Without a log there is nobody at work on the file, and it is read as what it is: a file that does not
// change. Where the index can be neither made nor read, a copy is read.
Result<std::unique_ptr<Database>> Database::openToRead(const QString &path, const QString &lockPath) {
    if (!QFileInfo::exists(path))
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no archive in %1.").arg(QFileInfo(path).absolutePath())};
    TRY(refuseOthers(path, lockPath));
    const QString wal = path + QStringLiteral("-wal");
    const QByteArray uri = QUrl::fromLocalFile(path).toEncoded(QUrl::FullyEncoded);
    Result<std::unique_ptr<Database>> database = Error{};
    if (!QFileInfo::exists(wal) && !QFileInfo::exists(path + QStringLiteral("-shm"))) {
        database = look(uri + "?immutable=1", path);
        if (database) {
            const int fd = ::open(QFile::encodeName(lockPath).constData(), O_RDONLY | O_CLOEXEC);
            if (fd >= 0 && flock(fd, LOCK_SH) == 0)
                (*database)->m_sharedFd = fd;
        }
    } else {
        database = look(uri, path);
    }
    const bool readable = database || database.error().code == ErrorCode::Corrupt;
    if (!readable && QFileInfo(path).isReadable()) {
        auto copy = std::make_unique<QTemporaryDir>();
        const QString file = copy->filePath(QStringLiteral("archive.sqlite"));
        if (QFile::copy(path, file) &&
            (!QFileInfo::exists(wal) || QFile::copy(wal, file + QStringLiteral("-wal")))) {
            QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner);
            if (auto read = look(QUrl::fromLocalFile(file).toEncoded(QUrl::FullyEncoded), path)) {
                (*read)->m_copy = std::move(copy);
                database = std::move(read);
            }
        }
    }
    if (!database)
        return database;
    TRY(checkPages(**database));
    TRY(checkVersion(**database, true));
    return database;
}

Result<void> Database::configure() {
    sqlite3_busy_timeout(m_connection, kBusyMs);
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_db_config(m_connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // Asked for and read back: a pragma that is refused says nothing.
    for (const auto &[name, value] :
         {std::pair{"journal_mode", "wal"}, std::pair{"synchronous", "2"}, std::pair{"foreign_keys", "1"},
          std::pair{"wal_autocheckpoint", "0"}, std::pair{"mmap_size", "0"}, std::pair{"temp_store", "2"}}) {
        const QByteArray set = QByteArray("PRAGMA ") + name + '=' + value;
        for (const QByteArray &sql : {set, QByteArray("PRAGMA ") + name}) {
            auto statement = prepare(sql.constData());
            if (!statement)
                return statement.error();
            const bool row = statement->next();
            if (sql != set && (!row || statement->text(0) != QLatin1String(value)))
                return error(
                    QStringLiteral("setting %1 to %2").arg(QLatin1String(name), QLatin1String(value)));
        }
    }
    return {};
}

Result<void> Database::copyTo(const QString &path, const std::function<void()> &busy) {
    if (QFile::exists(path))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 exists and is not written over.").arg(path)};
    return writeTo(path, QStringLiteral("copying it to %1").arg(path), busy);
}

// The new pages go through a file, not through memory.
Result<void> Database::shrink(const std::function<void()> &busy) {
    const WriteLock lock(m_lockFd);
    TRY(execute("PRAGMA temp_store=1"));
    auto vacuum = prepare("VACUUM");
    if (!vacuum)
        return vacuum.error();
    TRY(runLong(*vacuum, QStringLiteral("writing it anew"), busy));
    sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    return {};
}

// Nothing is written where another program changed the tables, or hung a trigger on them. Each change counts
// SQLite's own number up, so that it is noticed also while the archive is open.
Result<void> Database::checkSchema() {
    const auto count = number("PRAGMA schema_version");
    if (!count)
        return count.error();
    if (*count == m_checkedSchema)
        return {};
    TRY(checkVersion(*this, false));
    const auto problems = schemaProblems(*this);
    if (!problems)
        return problems.error();
    if (!problems->isEmpty())
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("The archive %1 was changed by another program: %2. Nothing was written. "
                           "Look at it with slipwayctl archive check; slipwayctl archive recover makes "
                           "a new archive without it, or restore a backup.")
                .arg(m_path, problems->mid(0, kNamed).join(QStringLiteral("; ")))};
    m_checkedSchema = *count;
    return {};
}

// What was done stays, or none of it does.
Result<void> Database::commit(Result<void> done) {
    if (done)
        done = execute("COMMIT");
    if (!done) [[maybe_unused]]
        const auto undone = execute("ROLLBACK");
    return done;
}

Result<void> Database::transaction(const std::function<Result<void>()> &body) {
    if (m_depth > 0)
        return body();
    if (m_isPending)
        return firstTransaction(body);
    const WriteLock lock(m_lockFd);
    TRY(execute("BEGIN IMMEDIATE"));
    ++m_depth;
    auto done = checkSchema();
    if (done)
        done = body();
    if (done && m_watch.beforeCommit)
        done = m_watch.beforeCommit();
    --m_depth;
    if (done = commit(done); !done)
        return done;
    if (m_watch.committed)
        m_watch.committed();
    if (++m_sinceCheckpoint >= kTransactionsPerCheckpoint || walBytes(m_path) > kWalBytes) {
        m_sinceCheckpoint = 0;
        checkpoint();
    }
    return {};
}

void Database::checkpoint() {
    sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace slipway
