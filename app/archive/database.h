// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/sqliteconnection.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>

class QTemporaryDir;

namespace slipway {

/// An archive's file, used by one thread: how it is opened, made and written. Every write transaction and
/// every checkpoint of any process is made under an exclusive lock on a file next to the database: SQLite up
/// to 3.51.2 can lose data when two connections write and checkpoint a WAL at once, and Debian 12 has 3.40.1.
/// Its own automatic checkpoints are off.
class Database : public SqliteConnection {
public:
    /// Whether one that is not there is made when it is opened, or only when there is something to write.
    enum class Making { Now, AtFirstWrite };

    /// Opens or makes it (0600), checks it, brings its schema up to date. Refuses a newer schema, a schema of
    /// another hand, and what is not a regular file.
    static Result<std::unique_ptr<Database>> open(const QString &path, const QString &lockPath,
                                                  Making making = Making::Now);
    /// Only to be read: nothing is made or changed next to it, nobody's lock is waited for, and a medium that
    /// cannot be written will do. NotFound when there is no file.
    static Result<std::unique_ptr<Database>> openToRead(const QString &path, const QString &lockPath);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    Database(Database &&) = delete;
    Database &operator=(Database &&) = delete;

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

    /// A copy of one moment as a file of its own, which must not exist; `busy` is called meanwhile.
    Result<void> copyTo(const QString &path, const std::function<void()> &busy);
    /// Writes the file anew without its free pages, as one transaction. Temporary tables and triggers of this
    /// connection are gone then.
    Result<void> shrink(const std::function<void()> &busy);
    [[nodiscard]] bool isMade() const { return !m_isPending; } ///< Making::AtFirstWrite: there is a file

private:
    explicit Database(const QString &path);
    Result<void> openFile(const QString &lockPath);
    Result<void> firstTransaction(const std::function<Result<void>()> &body);
    Result<void> make();
    Result<void> writeMemory();
    void leaveMemory();
    Result<void> openLock(const QString &lockPath);
    Result<void> openLocked();
    Result<void> configure();
    Result<void> checkSchema();
    static Result<std::unique_ptr<Database>> look(const QByteArray &uri, const QString &path);
    Result<void> commit(Result<void> done);
    void checkpoint();

    int m_lockFd = -1;                     ///< -1 when it is only looked at
    bool m_isPending = false;              ///< there is no file yet, and what is read is empty and in memory
    QString m_lockPath;                    ///< of the file to come
    int m_sharedFd = -1;                   ///< the lock, shared, while a file without a log is read
    std::unique_ptr<QTemporaryDir> m_copy; ///< what is read instead, where it could not be read in place
    Watch m_watch;
    qint64 m_checkedSchema = -1; ///< SQLite's count of the schema's changes when it was compared last
    int m_depth = 0;
    int m_sinceCheckpoint = 0;
};

} // namespace slipway
