// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/rowseals.h"

#include <memory>

namespace slipway {

/// Notes which units of rows this connection changes, whoever changes them and how, and tells what they said
/// before and say now. By temporary triggers, and a second connection that reads what was committed. On the
/// database's thread.
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
    /// The units that were changed since, as they were before this transaction and as they are now; forgets
    /// them.
    using Changed =
        std::function<Result<void>(const SealedTable &table, const UnitSeal &before, const UnitSeal &now)>;
    Result<void> takeChanged(const Changed &changed);

private:
    Result<void> openCommitted();

    SqliteConnection &m_database;
    std::unique_ptr<SqliteConnection>
        m_committed; ///< reads what was committed: rows as they were before a transaction
    QList<SealedTable> m_watched;
};

} // namespace slipway
