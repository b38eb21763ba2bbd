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
    /// Whether one that is not there is made when it is opened, or only when there is something to write.
    enum class Making { Now, AtFirstWrite };

    /// Opens or makes it (0600), checks it, brings its schema up to date. Refuses a newer schema, a schema of
    /// another hand, and what is not a regular file. A file up to 32 MiB is checked page by page, a larger
    /// one by its size: opening must not take longer than a look.
    static Result<std::unique_ptr<Database>> open(const QString &path, const QString &lockPath,
                                                  Making making = Making::Now);
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
    /// What is called before each commit, in its transaction, and after it, with the lock still held.
    struct Watch {
        std::function<Result<void>()> beforeMade; ///< the file is about to be, with all that is in memory
        std::function<Result<void>()> made;       ///< there is one now, from here or from another process
        std::function<Result<void>()> beforeCommit;
        std::function<void()> committed;
    };
    void watch(Watch watch) { m_watch = std::move(watch); }

    /// An archive in memory as migration number `version` leaves it.
    static Result<std::unique_ptr<Database>> inMemory(qint64 version);

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
    [[nodiscard]] bool isMade() const { return !m_isPending; } ///< Making::AtFirstWrite: there is a file

private:
    explicit Database(QString path);
    static Result<std::unique_ptr<Database>> connect(const QByteArray &name, int flags, const QString &path);
    Result<void> connect(const QByteArray &name, int flags);
    Result<void> openFile(const QString &lockPath);
    Result<void> firstTransaction(const std::function<Result<void>()> &body);
    Result<void> make();
    Result<void> writeMemory();
    void leaveMemory();
    Result<void> openLock(const QString &lockPath);
    Result<void> openLocked();
    Result<void> configure();
    Result<void> addFunctions();
    Result<void> checkVersion(bool exactly);
    Result<void> checkPages();
    Result<void> checkSchema();
    Result<qint64> number(const char *pragma);
    static Result<std::unique_ptr<Database>> look(const QByteArray &uri, const QString &path);
    Result<void> migrate(qint64 upTo);
    Result<void> commit(Result<void> done);
    Result<void> writeTo(const QString &path, const QString &what, const std::function<void()> &busy);
    Result<void> runLong(Statement &statement, const QString &what, const std::function<void()> &busy);
    [[nodiscard]] qint64 walBytes() const;
    void checkpoint();
    Result<void> checkSize();

    sqlite3 *m_connection = nullptr;
    int m_lockFd = -1;        ///< -1 when it is only looked at
    bool m_isPending = false; ///< there is no file yet, and what is read is empty and in memory
    QString m_lockPath;       ///< of the file to come
    int m_sharedFd = -1;      ///< the lock, shared, while a file without a log is read
    QString m_path;
    std::unique_ptr<QTemporaryDir> m_copy; ///< what is read instead, where it could not be read in place
    Watch m_watch;
    qint64 m_checkedSchema = -1; ///< SQLite's count of the schema's changes when it was compared last
    int m_depth = 0;
    int m_sinceCheckpoint = 0;
};

/// Numbered from 1, each run once in a transaction of its own.
[[nodiscard]] const std::vector<const char *> &migrations();

} // namespace slipway
