// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/database.h"

#include "app/archive/archiveschema.h"
#include "app/archive/rowtext.h"
#include "app/core/datadir.h"
#include "app/core/sha256.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QUrl>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kBusyMs = 5000;
constexpr qsizetype kNamed = 3; // problems of a schema, in an error
constexpr int kTransactionsPerCheckpoint = 64;
constexpr qint64 kWalBytes = 32LL * 1024 * 1024; // a larger log is slow to open
constexpr qint64 kCheckedOnOpen = 32LL * 1024 * 1024;

// Held for a write transaction or a checkpoint; the kernel lets go of it when the process dies.
class WriteLock {
public:
    explicit WriteLock(int fd) : m_fd(fd) {
        while (flock(m_fd, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~WriteLock() { flock(m_fd, LOCK_UN); }
    WriteLock(const WriteLock &) = delete;
    WriteLock &operator=(const WriteLock &) = delete;
    WriteLock(WriteLock &&) = delete;
    WriteLock &operator=(WriteLock &&) = delete;

private:
    int m_fd;
};

// One process at a time makes an archive: held on the folder above its own, or the next one there is, since
// there is nothing else yet.
class FolderLock {
public:
    explicit FolderLock(QString folder) {
        while (!QFileInfo::exists(folder) && !QDir(folder).isRoot())
            folder = QFileInfo(folder).path();
        m_fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        while (m_fd >= 0 && flock(m_fd, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~FolderLock() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;
    FolderLock(FolderLock &&) = delete;
    FolderLock &operator=(FolderLock &&) = delete;

private:
    int m_fd = -1;
};

// A pipe or a device would keep us waiting, or be no file at all.
Result<void> refuseOthers(const QString &path, const QString &lockPath) {
    for (const QString &name :
         {path, path + QStringLiteral("-wal"), path + QStringLiteral("-shm"), lockPath}) {
        struct stat status {};
        if (::stat(QFile::encodeName(name).constData(), &status) == 0 && !S_ISREG(status.st_mode))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 is not a regular file. Nothing was changed. Remove it, or name "
                                        "another folder with --data-dir.")
                             .arg(name)};
    }
    return {};
}

ErrorCode codeOf(int status) {
    switch (status & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::Corrupt;
    case SQLITE_CONSTRAINT:
        return ErrorCode::AlreadyExists;
    default:
        return ErrorCode::Io;
    }
}

} // namespace

Database::Database(QString path) : m_path(std::move(path)) {}

Database::~Database() {
    if (m_lockFd >= 0) {
        const WriteLock lock(m_lockFd);
        // The log is emptied when nobody reads it; another process that does is not waited for.
        sqlite3_busy_timeout(m_connection, 0);
        sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }
    sqlite3_close(m_connection);
    for (const int fd : {m_lockFd, m_sharedFd}) {
        if (fd >= 0)
            ::close(fd);
    }
}

Result<std::unique_ptr<Database>> Database::open(const QString &path, const QString &lockPath,
                                                 Making making) {
    if (making == Making::AtFirstWrite && !QFileInfo::exists(path)) {
        auto empty = inMemory(static_cast<qint64>(migrations().size()));
        if (empty) {
            (*empty)->m_path = path;
            (*empty)->m_lockPath = lockPath;
            (*empty)->m_isPending = true;
        }
        return empty;
    }
    std::unique_ptr<Database> database(new Database(path));
    if (const auto opened = database->openFile(lockPath); !opened)
        return opened.error();
    return database;
}

Result<void> Database::connect(const QByteArray &name, int flags) {
    const int status = sqlite3_open_v2(name.constData(), &m_connection,
                                       flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    return status == SQLITE_OK ? Result<void>() : error(QStringLiteral("opening it"));
}

Result<std::unique_ptr<Database>> Database::connect(const QByteArray &name, int flags, const QString &path) {
    std::unique_ptr<Database> database(new Database(path));
    if (const auto connected = database->connect(name, flags); !connected)
        return connected.error();
    return database;
}

Result<void> Database::openFile(const QString &lockPath) {
    if (auto regular = refuseOthers(m_path, lockPath); !regular)
        return regular;
    if (auto opened = openLock(lockPath); !opened)
        return opened;
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
    if (auto configured = configure(); !configured)
        return configured;
    if (auto checked = checkPages(); !checked)
        return checked;
    if (auto added = addFunctions(); !added)
        return added;
    if (auto checked = checkSchema(); !checked)
        return checked;
    return migrate(static_cast<qint64>(migrations().size()));
}

// In memory, since what comes of it may be that there is nothing to write. One process at a time; where
// another made the archive meanwhile, that one is written.
Result<void> Database::firstTransaction(const std::function<Result<void>()> &body) {
    const FolderLock folder(QFileInfo(QFileInfo(m_path).path()).path());
    if (QFileInfo::exists(m_path)) {
        leaveMemory();
        if (auto opened = openFile(m_lockPath); !opened)
            return opened;
        if (auto made = m_watch.made ? m_watch.made() : Result<void>(); !made)
            return made;
        return transaction(body);
    }
    const int before = sqlite3_total_changes(m_connection);
    if (auto begun = execute("BEGIN"); !begun)
        return begun;
    ++m_depth;
    auto done = body();
    --m_depth;
    if (done = commit(done); !done)
        return done;
    return sqlite3_total_changes(m_connection) == before ? done : make();
}

// What still reads from memory is let go of with its last statement.
void Database::leaveMemory() {
    sqlite3_close_v2(m_connection);
    m_connection = nullptr;
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
            if (auto opened = openLocked(); !opened)
                return opened;
            return m_watch.made ? m_watch.made() : written;
        }
    }
    // As if the transaction had not been.
    if (m_lockFd >= 0)
        ::close(std::exchange(m_lockFd, -1));
    if (auto empty = inMemory(static_cast<qint64>(migrations().size())))
        std::swap(m_connection, (*empty)->m_connection);
    return written;
}

// As a whole beside its place, then linked to its name, where nothing may be: a file of that name is never
// half of one, and never another's.
Result<void> Database::writeMemory() {
    const QTemporaryDir folder(m_path + QStringLiteral(".part-XXXXXX"));
    const QString part = folder.filePath(QStringLiteral("archive.sqlite"));
    if (auto written = writeTo(part, QStringLiteral("making it"), {}); !written)
        return written;
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

Result<std::unique_ptr<Database>> Database::inMemory(qint64 version) {
    auto database =
        connect(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, QStringLiteral(":memory:"));
    if (!database)
        return database;
    if (const auto added = (*database)->addFunctions(); !added)
        return added.error();
    if (const auto migrated = (*database)->migrate(version); !migrated)
        return migrated.error();
    return database;
}

Result<std::unique_ptr<Database>> Database::look(const QByteArray &uri, const QString &path) {
    auto database = connect(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, path);
    if (!database)
        return database;
    sqlite3_busy_timeout((*database)->m_connection, kBusyMs);
    sqlite3_db_config((*database)->m_connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    auto read = (*database)->prepare("SELECT count(*) FROM sqlite_master");
    if (!read || !read->next())
        return (*database)->error(QStringLiteral("reading its tables"));
    return database;
}

// SQLite reads a file in WAL mode only with the log's index beside it, which it makes when it is missing.
// Without a log there is nobody at work on the file, and it is read as what it is: a file that does not
// change. Where the index can be neither made nor read, a copy is read.
Result<std::unique_ptr<Database>> Database::openToRead(const QString &path, const QString &lockPath) {
    if (!QFileInfo::exists(path))
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no archive in %1.").arg(QFileInfo(path).absolutePath())};
    if (const auto regular = refuseOthers(path, lockPath); !regular)
        return regular.error();
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
    if (const auto checked = (*database)->checkPages(); !checked)
        return checked.error();
    if (const auto checked = (*database)->checkVersion(true); !checked)
        return checked.error();
    return database;
}

Result<std::unique_ptr<Database>> Database::openReadOnly(const QString &path) {
    if (const auto regular = refuseOthers(path, path); !regular)
        return regular.error();
    return connect(QFile::encodeName(path), SQLITE_OPEN_READONLY, path);
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

// Damaged is said of what was read and is not right, never of what could not be read.
Result<void> Database::checkPages() {
    if (QFileInfo(m_path).size() > kCheckedOnOpen)
        return checkSize();
    auto check = prepare("PRAGMA quick_check(1)");
    if (!check)
        return check.error();
    if (!check->next())
        return error(QStringLiteral("checking its pages"));
    if (check->text(0) != QLatin1String("ok")) {
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("The archive %1 is damaged: %2. Nothing was changed. Run slipwayctl archive "
                           "recover, or restore a backup.")
                .arg(m_path, check->text(0))};
    }
    return {};
}

// A file that was cut short is smaller than its own header says (sqlite.org/fileformat.html, 1.3.8).
Result<void> Database::checkSize() {
    qint64 pages = 0;
    qint64 pageSize = 0;
    for (const auto &[sql, into] :
         {std::pair{"PRAGMA page_count", &pages}, std::pair{"PRAGMA page_size", &pageSize}}) {
        auto statement = prepare(sql);
        if (!statement || !statement->next())
            return error(QStringLiteral("reading its size"));
        *into = statement->integer(0);
    }
    // Pages that are only in the write-ahead log yet are not in the file.
    const qint64 bytes = QFileInfo(m_path).size() + walBytes();
    if (bytes >= pages * pageSize)
        return {};
    return Error{
        ErrorCode::Corrupt,
        QStringLiteral("The archive %1 was cut short: %2 bytes of %3. Nothing was changed. Run slipwayctl "
                       "archive recover, or restore a backup.")
            .arg(m_path)
            .arg(bytes)
            .arg(pages * pageSize)};
}

Result<bool> Database::hasTable(const QString &name) {
    auto select = prepare("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?");
    if (!select)
        return select.error();
    select->bind(1, name);
    return select->next();
}

Result<bool> Database::hasColumn(const QString &table, const QString &name) {
    auto select = prepare("SELECT 1 FROM pragma_table_info(?) WHERE name=?");
    if (!select)
        return select.error();
    select->bind(1, table).bind(2, name);
    return select->next();
}

// What SQL has not: sha256(x) of a text's or BLOB's bytes, 64 digits; folded_text(x) as searches compare it.
Result<void> Database::addFunctions() {
    const auto digest = [](sqlite3_context *context, int, sqlite3_value **values) {
        const void *bytes = sqlite3_value_blob(*values);
        Sha256 hash;
        hash.add(QByteArray::fromRawData(static_cast<const char *>(bytes), sqlite3_value_bytes(*values)));
        const QByteArray hex = hash.hex();
        sqlite3_result_text(context, hex.constData(), static_cast<int>(hex.size()), SQLITE_TRANSIENT);
    };
    const auto fold = [](sqlite3_context *context, int, sqlite3_value **values) {
        const auto *text = reinterpret_cast<const char *>(sqlite3_value_text(*values));
        const QByteArray folded = foldedText(QString::fromUtf8(text, sqlite3_value_bytes(*values))).toUtf8();
        sqlite3_result_text(context, folded.constData(), static_cast<int>(folded.size()), SQLITE_TRANSIENT);
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    if (sqlite3_create_function_v2(m_connection, "sha256", 1, flags, nullptr, digest, nullptr, nullptr,
                                   nullptr) != SQLITE_OK ||
        sqlite3_create_function_v2(m_connection, "folded_text", 1, flags, nullptr, fold, nullptr, nullptr,
                                   nullptr) != SQLITE_OK)
        return error(QStringLiteral("adding functions"));
    return {};
}

Result<QStringList> Database::integrityProblems() {
    QStringList problems;
    for (const char *sql : {"PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"}) {
        auto check = prepare(sql);
        if (!check)
            return check.error();
        while (check->next()) {
            if (check->text(0) != QLatin1String("ok"))
                problems << check->text(0);
        }
        if (check->status() == SQLITE_DONE)
            continue;
        const Error failed = error(QStringLiteral("checking it"));
        if (failed.code != ErrorCode::Corrupt)
            return failed;
        problems << failed.text;
    }
    return problems;
}

// `busy` is told every million steps of SQLite's machine, some hundredths of a second.
Result<void> Database::runLong(Statement &statement, const QString &what, const std::function<void()> &busy) {
    sqlite3_progress_handler(
        m_connection, 1'000'000,
        [](void *told) {
            (*static_cast<const std::function<void()> *>(told))();
            return 0;
        },
        const_cast<std::function<void()> *>(&busy));
    auto done = run(statement, what);
    sqlite3_progress_handler(m_connection, 0, nullptr, nullptr);
    return done;
}

Result<void> Database::copyTo(const QString &path, const std::function<void()> &busy) {
    if (QFile::exists(path))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 exists and is not written over.").arg(path)};
    return writeTo(path, QStringLiteral("copying it to %1").arg(path), busy);
}

Result<void> Database::writeTo(const QString &path, const QString &what, const std::function<void()> &busy) {
    auto vacuum = prepare("VACUUM INTO ?");
    if (!vacuum)
        return vacuum.error();
    vacuum->bind(1, path);
    if (auto done = busy ? runLong(*vacuum, what, busy) : run(*vacuum, what); !done)
        return done;
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

// The new pages go through a file, not through memory.
Result<void> Database::shrink(const std::function<void()> &busy) {
    const WriteLock lock(m_lockFd);
    if (auto set = execute("PRAGMA temp_store=1"); !set)
        return set;
    auto vacuum = prepare("VACUUM");
    if (!vacuum)
        return vacuum.error();
    if (auto written = runLong(*vacuum, QStringLiteral("writing it anew"), busy); !written)
        return written;
    sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    return {};
}

Result<qint64> Database::number(const char *pragma) {
    auto select = prepare(pragma);
    if (!select || !select->next())
        return error(QStringLiteral("reading its version"));
    return select->integer(0);
}

Result<qint64> Database::version() {
    return number("PRAGMA user_version");
}

// Nothing is written where another program changed the tables, or hung a trigger on them. Each change counts
// SQLite's own number up, so that it is noticed also while the archive is open.
Result<void> Database::checkSchema() {
    const auto count = number("PRAGMA schema_version");
    if (!count)
        return count.error();
    if (*count == m_checkedSchema)
        return {};
    if (auto checked = checkVersion(false); !checked)
        return checked;
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

Result<void> Database::checkVersion(bool exactly) {
    const auto current = version();
    if (!current)
        return current.error();
    const auto known = static_cast<qint64>(migrations().size());
    if (*current > known)
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("The archive %1 was written by a newer Slipway (schema %2, this one knows "
                           "%3). Use that one.")
                .arg(m_path)
                .arg(*current)
                .arg(known)};
    if (exactly && *current < known)
        return Error{
            ErrorCode::Unsupported,
            QStringLiteral("The archive %1 was written by an older Slipway (schema %2 of %3) and cannot be "
                           "brought up to date, because it cannot be written here.")
                .arg(m_path)
                .arg(*current)
                .arg(known)};
    return {};
}

Result<void> Database::migrate(qint64 upTo) {
    const auto current = version();
    if (!current)
        return current.error();
    for (auto next = static_cast<size_t>(*current); next < static_cast<size_t>(upTo); ++next) {
        // In one transaction by hand: open() holds the lock already.
        const QByteArray sql = QByteArray("BEGIN IMMEDIATE;") + migrations().at(next) +
                               "PRAGMA user_version=" + QByteArray::number(next + 1) + ";COMMIT;";
        if (const auto done = execute(sql.constData()); !done) {
            [[maybe_unused]] const auto undone = execute("ROLLBACK");
            return done.error();
        }
    }
    return {};
}

Error Database::error(const QString &what) const {
    const int status = sqlite3_extended_errcode(m_connection);
    if ((status & 0xff) == SQLITE_BUSY)
        return Error{ErrorCode::Io,
                     QStringLiteral(
                         "Another program holds the archive %1 (%2: %3). Close it there, or try again later.")
                         .arg(m_path, what, QString::fromUtf8(sqlite3_errmsg(m_connection)))};
    const QString said = QString::fromUtf8(sqlite3_errmsg(m_connection));
    if (codeOf(status) == ErrorCode::Corrupt)
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("The archive %1 is damaged (%2: %3). Run slipwayctl archive recover, or "
                                    "restore a backup.")
                         .arg(m_path, what, said)};
    return Error{codeOf(status), QStringLiteral("The archive %1 failed at %2: %3").arg(m_path, what, said)};
}

Result<Statement> Database::prepare(const char *sql) {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_connection, sql, -1, &statement, nullptr) != SQLITE_OK)
        return error(QString::fromUtf8(sql).simplified().left(120));
    return Statement(statement);
}

Result<void> Database::execute(const char *sql) {
    if (sqlite3_exec(m_connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error(QString::fromUtf8(sql).simplified().left(120));
    return {};
}

Result<void> Database::run(Statement &statement, const QString &what) {
    while (statement.next()) {
    }
    if (statement.status() != SQLITE_DONE)
        return error(what);
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
    if (auto begun = execute("BEGIN IMMEDIATE"); !begun)
        return begun;
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
    if (++m_sinceCheckpoint >= kTransactionsPerCheckpoint || walBytes() > kWalBytes) {
        m_sinceCheckpoint = 0;
        checkpoint();
    }
    return {};
}

qint64 Database::walBytes() const {
    return QFileInfo(m_path + QStringLiteral("-wal")).size();
}

void Database::checkpoint() {
    sqlite3_wal_checkpoint_v2(m_connection, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

} // namespace slipway
