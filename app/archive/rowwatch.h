// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/rowseals.h"

#include <memory>
#include <vector>

struct sqlite3;
struct sqlite3_value;

namespace slipway {

class Statement;

/// Notes which units of rows this connection changes, whoever changes them and how, and returns what they
/// said before and say now. SQLite reports each row before it changes it
/// (sqlite.org/c3ref/preupdate_blobwrite.html), also rows of the tables that the search's index keeps for
/// itself: triggers on those make SQLite 3.46 flush the index within its own flush, without end. A second
/// connection reads what was committed. On the database's thread.
class RowWatch {
public:
    explicit RowWatch(SqliteConnection &database);
    ~RowWatch();
    RowWatch(const RowWatch &) = delete;
    RowWatch &operator=(const RowWatch &) = delete;
    RowWatch(RowWatch &&) = delete;
    RowWatch &operator=(RowWatch &&) = delete;

    /// From now on, of every table that is sealed.
    Result<void> begin();
    /// The units that were changed since, with their values before this transaction and now; forgets
    /// them.
    using Changed =
        std::function<Result<void>(const SealedTable &table, const UnitSeal &before, const UnitSeal &now)>;
    Result<void> takeChanged(const Changed &changed);

private:
    using ReadValue = int(sqlite3 *, int column, sqlite3_value **value);
    static void rowChanges(void *watch, sqlite3 *database, int change, const char *schema, const char *table,
                           qint64 before, qint64 after);
    void note(qsizetype table, ReadValue *read);
    Result<void> openCommitted();

    SqliteConnection &m_database;
    std::unique_ptr<SqliteConnection>
        m_committed; ///< reads what was committed: the rows from before a transaction
    QList<SealedTable> m_watched;
    std::unique_ptr<SqliteConnection> m_notes; ///< in memory: the units, each once, of the open transaction
    std::vector<Statement> m_insert;           ///< into the notes, one of each watched table
    bool m_isComplete = true;                  ///< every change could be noted
};

} // namespace slipway
