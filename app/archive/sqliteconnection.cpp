// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/sqliteconnection.h"

#include "app/archive/openingchecks.h"
#include "app/archive/rowtext.h"
#include "app/core/sha256.h"

#include <QFile>

#include <utility>

namespace slipway {

namespace {

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

SqliteConnection::SqliteConnection(QString path) : m_path(std::move(path)) {}

SqliteConnection::~SqliteConnection() {
    close();
}

// A statement that is left keeps what it reads until it ends.
void SqliteConnection::close() {
    sqlite3_close_v2(std::exchange(m_connection, nullptr));
}

Result<void> SqliteConnection::connect(const QByteArray &name, int flags) {
    const int status = sqlite3_open_v2(name.constData(), &m_connection,
                                       flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    return status == SQLITE_OK ? Result<void>() : error(QStringLiteral("opening it"));
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::inMemory(qint64 version) {
    std::unique_ptr<SqliteConnection> archive(new SqliteConnection(QStringLiteral(":memory:")));
    TRY(archive->makeInMemory(version));
    return archive;
}

Result<void> SqliteConnection::makeInMemory(qint64 version) {
    TRY(connect(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
    TRY(addFunctions());
    return migrate(version);
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::openReadOnly(const QString &path) {
    TRY(refuseOthers(path, path));
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(path));
    TRY(connection->connect(QFile::encodeName(path), SQLITE_OPEN_READONLY));
    return connection;
}

Result<bool> SqliteConnection::hasTable(const QString &name) {
    auto select = prepare("SELECT 1 FROM sqlite_master WHERE type='table' AND name=?");
    if (!select)
        return select.error();
    select->bind(1, name);
    return select->next();
}

Result<bool> SqliteConnection::hasColumn(const QString &table, const QString &name) {
    auto select = prepare("SELECT 1 FROM pragma_table_info(?) WHERE name=?");
    if (!select)
        return select.error();
    select->bind(1, table).bind(2, name);
    return select->next();
}

Result<void> SqliteConnection::addFunctions() {
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

Result<QStringList> SqliteConnection::integrityProblems() {
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

Result<void> SqliteConnection::runLong(Statement &statement, const QString &what,
                                       const std::function<void()> &busy) {
    sqlite3_progress_handler(
        m_connection, 1'000'000,
        [](void *report) {
            (*static_cast<const std::function<void()> *>(report))();
            return 0;
        },
        const_cast<std::function<void()> *>(&busy));
    auto done = run(statement, what);
    sqlite3_progress_handler(m_connection, 0, nullptr, nullptr);
    return done;
}

Result<void> SqliteConnection::writeTo(const QString &path, const QString &what,
                                       const std::function<void()> &busy) {
    auto vacuum = prepare("VACUUM INTO ?");
    if (!vacuum)
        return vacuum.error();
    vacuum->bind(1, path);
    TRY(busy ? runLong(*vacuum, what, busy) : run(*vacuum, what));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return {};
}

Result<qint64> SqliteConnection::number(const char *pragma) {
    auto select = prepare(pragma);
    if (!select || !select->next())
        return error(QStringLiteral("reading its version"));
    return select->integer(0);
}

Result<QList<QByteArray>> SqliteConnection::blobs(Statement &select, const QString &what) {
    QList<QByteArray> blobs;
    while (select.next())
        blobs.append(select.blob(0));
    if (select.status() != SQLITE_DONE)
        return error(what);
    return blobs;
}

Result<void> SqliteConnection::atOneMoment(const std::function<Result<void>()> &body) {
    if (sqlite3_get_autocommit(m_connection) == 0)
        return body();
    TRY(execute("BEGIN"));
    auto done = body();
    auto ended = execute("COMMIT");
    return done ? ended : done;
}

bool SqliteConnection::isWriting() const {
    return sqlite3_txn_state(m_connection, "main") == SQLITE_TXN_WRITE;
}

Result<qint64> SqliteConnection::version() {
    return number("PRAGMA user_version");
}

Result<void> SqliteConnection::migrate(qint64 upTo) {
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

Error SqliteConnection::error(const QString &what) const {
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

Result<Statement> SqliteConnection::prepare(const char *sql) {
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(m_connection, sql, -1, &statement, nullptr) != SQLITE_OK)
        return error(QString::fromUtf8(sql).simplified().left(120));
    return Statement(statement);
}

Result<void> SqliteConnection::execute(const char *sql) {
    if (sqlite3_exec(m_connection, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error(QString::fromUtf8(sql).simplified().left(120));
    return {};
}

Result<void> SqliteConnection::run(Statement &statement, const QString &what) {
    while (statement.next()) {
    }
    if (statement.status() != SQLITE_DONE)
        return error(what);
    return {};
}

} // namespace slipway
