// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/statement.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <vector>

namespace slipway {

/// One SQLite connection, used by one thread: statements, their errors, and the schema. It takes no lock and
/// decides nothing about the file; Database does.
class SqliteConnection {
public:
    /// A file that is only looked at, whatever its schema and state.
    static Result<std::unique_ptr<SqliteConnection>> openReadOnly(const QString &path);
    /// An archive in memory as migration number `version` leaves it.
    static Result<std::unique_ptr<SqliteConnection>> inMemory(qint64 version);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;
    SqliteConnection(SqliteConnection &&) = delete;
    SqliteConnection &operator=(SqliteConnection &&) = delete;

    Result<Statement> prepare(const char *sql);
    Result<void> execute(const char *sql);
    /// Runs a statement to its end; the error names `what` was being done.
    Result<void> run(Statement &statement, const QString &what);
    /// The first value of every row that it finds; the error names `what` was being done.
    Result<QList<QByteArray>> blobs(Statement &select, const QString &what);
    /// All that `body` reads is of one moment, whatever is written meanwhile. Within a transaction: of that.
    Result<void> atOneMoment(const std::function<Result<void>()> &body);
    /// For what this class has no function for. Whoever uses it keeps to this thread.
    [[nodiscard]] sqlite3 *handle() const { return m_connection; }
    [[nodiscard]] bool isWriting() const; ///< in a transaction, whose changes may not be linked yet
    [[nodiscard]] Error error(const QString &what) const; ///< of the last call

    Result<qint64> version(); ///< of its schema
    /// Files of an older schema have fewer.
    Result<bool> hasTable(const QString &name);
    Result<bool> hasColumn(const QString &table, const QString &name);
    /// Every page and index, in time that grows with the file. Lists what is wrong.
    Result<QStringList> integrityProblems();
    [[nodiscard]] const QString &path() const { return m_path; }

protected:
    explicit SqliteConnection(QString path);
    Result<void> connect(const QByteArray &name, int flags);
    /// In place of what is connected, as inMemory().
    Result<void> makeInMemory(qint64 version);
    void close();
    /// What SQL has not: sha256(x) of a text's or BLOB's bytes, 64 digits; folded_text(x) as searches compare
    /// it.
    Result<void> addFunctions();
    Result<void> migrate(qint64 upTo);
    Result<qint64> number(const char *pragma);
    /// All of it as one file, which must not exist.
    Result<void> writeTo(const QString &path, const QString &what, const std::function<void()> &busy);
    /// `busy` is called every million steps of SQLite's machine, some hundredths of a second.
    Result<void> runLong(Statement &statement, const QString &what, const std::function<void()> &busy);

    sqlite3 *m_connection = nullptr;
    QString m_path;
};

/// Numbered from 1, each run once in a transaction of its own.
[[nodiscard]] const std::vector<const char *> &migrations();

} // namespace slipway
