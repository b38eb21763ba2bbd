// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/sealedrow.h"
#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace slipway {

class SqliteConnection;

/// A table whose rows the chain covers. Rows of one unit are sealed together: a unit is one row, but for
/// tables of many small ones.
struct SealedTable {
    QByteArray name;
    QList<QByteArray> columns;    ///< all that are hashed; a BLOB next to a column "sha256" is hashed by that
    QList<int> positions;         ///< of these columns in the table, from 0
    QByteArray campaign;          ///< the column that names the campaign; empty: it belongs to none
    QList<QByteArray> unit;       ///< what else names a unit, in SQL
    bool isGrouped = false;       ///< units have several rows
    QList<QByteArray> primaryKey; ///< its columns
    QByteArray blob;              ///< the column that "sha256" is of; empty: there is none
};

/// What names a unit besides its campaign is in so many columns.
inline constexpr qsizetype kMaxUnitColumns = 3;

/// Every table of the archive but those that are covered otherwise: the chain itself, and the observations of
/// old archives (each batch has a link of its own). A new table is covered without a word here. Used on the
/// database's thread.
class RowSeals {
public:
    explicit RowSeals(SqliteConnection &database) : m_database(database) {}

    /// A table without a key, which is never one of ours, is left out: schemaProblems() names it.
    Result<QList<SealedTable>> tables();
    /// Every unit of a table, or those whose `column` is `value`, one at a time. `wrongBlob` is called with
    /// bytes that are not those of their hash.
    struct Where {
        QByteArray column;
        QString value;
    };
    Result<void> forEachUnit(const SealedTable &table,
                             const std::function<Result<void>(const UnitSeal &)> &seen,
                             const std::function<void(const UnitSeal &)> &wrongBlob,
                             const std::optional<Where> &where = std::nullopt);

    [[nodiscard]] static QString linkKind(const SealedTable &table); ///< of its links in the chain

private:
    SqliteConnection &m_database;
};

} // namespace slipway
