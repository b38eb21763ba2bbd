// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/statement.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <sqlite3.h>

#include <functional>
#include <memory>
#include <vector>

class QTemporaryDir;

namespace slipway {

/// One SQLite connection, used by one thread. Every write transaction and every checkpoint of any process is
/// made under an exclusive lock on a file beside the database: SQLite up to 3.51.2 can lose data when two
/// connections write and checkpoint a WAL at once, and Debian 12 has 3.40.1. Its own automatic checkpoints
/// are off.
class Database {
public:
    /// Opens or makes it (0600), checks it, brings its schema up to date. Refuses a newer schema. A file up
    /// to 32 MiB is checked page by page, a larger one by its size: opening must not take longer than a look.
    static Result<std::unique_ptr<Database>> open(const QString &path, const QString &lockPath);
    /// Only to be read: nothing is made or changed beside it, nobody's lock is waited for, and a medium that
    /// cannot be written will do. NotFound when there is no file.
    static Result<std::unique_ptr<Database>> openToRead(const QString &path, const QString &lockPath);
    /// A file that is only looked at, whatever its schema and state.
    static Result<std::unique_ptr<Database>> openReadOnly(const QString &path);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    Database(Database &&) = delete;
    Database &operator=(Database &&) = delete;

    Result<Statement> prepare(const char *sql);
    Result<void> execute(const char *sql);
    /// Runs a statement to its end; the error names `what` was being done.
    Result<void> run(Statement &statement, const QString &what);
    [[nodiscard]] Error error(const QString &what) const;

    /// All or nothing, under the lock. Nested calls join the outer one.
    Result<void> transaction(const std::function<Result<void>()> &body);
    /// Called before each commit, in its transaction, and after it, with the lock still held.
    void onCommit(std::function<Result<void>()> before, std::function<void()> after) {
        m_beforeCommit = std::move(before);
        m_committed = std::move(after);
    }

    Result<qint64> version(); ///< of its schema
    /// Files of an older schema have fewer.
    Result<bool> hasTable(const QString &name);
    Result<bool> hasColumn(const QString &table, const QString &name);
    /// Every page and index, in time that grows with the file. Lists what is wrong.
    Result<QStringList> integrityProblems();
    /// A copy of one moment as a file of its own, which must not exist; `busy` is told meanwhile.
    Result<void> copyTo(const QString &path, const std::function<void()> &busy);
    /// Writes the file anew without its free pages, as one transaction. Temporary tables and triggers of this
    /// connection are gone then.
    Result<void> shrink(const std::function<void()> &busy);
    [[nodiscard]] const QString &path() const { return m_path; }

private:
    Database(sqlite3 *connection, int lockFd, QString path);
    Result<void> configure();
    Result<void> addFunctions();
    Result<void> checkVersion(bool exactly);
    Result<void> checkPages();
    static Result<std::unique_ptr<Database>> look(const QByteArray &uri, const QString &path);
    Result<void> migrate();
    Result<void> runLong(Statement &statement, const QString &what, const std::function<void()> &busy);
    [[nodiscard]] qint64 walBytes() const;
    void checkpoint();
    Result<void> checkSize();

    sqlite3 *m_connection;
    int m_lockFd;        ///< -1 when it is only looked at
    int m_sharedFd = -1; ///< the lock, shared, while a file without a log is read
    QString m_path;
    std::unique_ptr<QTemporaryDir> m_copy; ///< what is read instead, where it could not be read in place
    std::function<Result<void>()> m_beforeCommit;
    std::function<void()> m_committed;
    int m_depth = 0;
    int m_sinceCheckpoint = 0;
};

/// Numbered from 1, each run once in a transaction of its own.
[[nodiscard]] const std::vector<const char *> &migrations();

} // namespace slipway
