// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QVariantList>

#include <functional>
#include <memory>
#include <optional>

namespace slipway {

class SqliteConnection;
class Statement;

/// UnitSeal::subject of a unit whose name has these values: numbers and texts.
[[nodiscard]] QString unitSubject(const QVariantList &values);

/// "evidence_file [\"a\",1] of c2", for a person; `campaign`: none where it is empty.
[[nodiscard]] QString unitText(const QString &table, const QString &subject, const QString &campaign = {});

/// A table whose rows the chain covers. Rows of one unit are sealed together: a unit is one row, but for
/// tables of many small ones.
struct SealedTable {
    QByteArray name;
    QList<QByteArray> columns;    ///< all that are hashed; a BLOB beside a column "sha256" is hashed by that
    QByteArray campaign;          ///< the column that names the campaign; empty: it belongs to none
    QList<QByteArray> unit;       ///< what else names a unit, in SQL
    bool isGrouped = false;       ///< units have several rows
    QList<QByteArray> primaryKey; ///< its columns
    QByteArray blob;              ///< the column that "sha256" is of; empty: there is none
};

/// What a unit's rows say at one moment.
struct UnitSeal {
    QString campaign;
    QString subject; ///< which of its table: a JSON array of the values of SealedTable::unit
    QString sha256;  ///< empty: it has no row
};

/// Every table of the archive but those that are covered otherwise: the chain itself, and the observations of
/// old archives (each batch has a link of its own). A new table is covered without a word here. Used on the
/// database's thread.
class RowSeals {
public:
    explicit RowSeals(SqliteConnection &database);
    ~RowSeals();
    RowSeals(const RowSeals &) = delete;
    RowSeals &operator=(const RowSeals &) = delete;
    RowSeals(RowSeals &&) = delete;
    RowSeals &operator=(RowSeals &&) = delete;

    /// A table without a key, which is never one of ours, is left out: schemaProblems() names it.
    Result<QList<SealedTable>> tables();
    /// Notes from now on which units this connection changes, whoever changes them and how.
    Result<void> watch();
    /// The units that were changed since, as they were before this transaction and as they are now; forgets
    /// them.
    using Changed =
        std::function<Result<void>(const SealedTable &table, const UnitSeal &before, const UnitSeal &now)>;
    Result<void> takeChanged(const Changed &changed);

    /// Every unit of a table, or those whose `column` is `value`, one at a time. `wrongBlob` is told of bytes
    /// that are not those of their hash.
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
    Result<void> openCommitted();

    SqliteConnection &m_database;
    std::unique_ptr<SqliteConnection>
        m_committed; ///< reads what was committed: rows as they were before a transaction
    QList<SealedTable> m_watched;
};

} // namespace slipway
