// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowseals.h"

#include "app/archive/sqliteconnection.h"
#include "app/core/sha256.h"

#include <QMap>

#include <utility>

namespace slipway {

namespace {

// Tables of many small rows, which are sealed together: what names the unit besides the campaign.
std::optional<QList<QByteArray>> groupOf(const QByteArray &table) {
    if (table == "parameter")
        return QList<QByteArray>();
    if (table == "salient")
        return QList<QByteArray>{sqlName("kind")};
    if (table == "salient_text_docsize")
        return QList<QByteArray>{"id/4096"};
    return std::nullopt;
}

} // namespace

QString RowSeals::linkKind(const SealedTable &table) {
    return QStringLiteral("row ") + QString::fromLatin1(table.name);
}

Result<QList<SealedTable>> RowSeals::tables() {
    auto names = m_database.prepare(
        "SELECT name FROM main.sqlite_master WHERE type='table' AND rootpage>0 AND name NOT LIKE "
        "'sqlite\\_%' ESCAPE '\\' AND name NOT IN ('event', 'observation') ORDER BY name");
    if (!names)
        return names.error();
    QList<SealedTable> tables;
    while (names->next()) {
        SealedTable table;
        table.name = names->text(0).toUtf8();
        const QByteArray sql =
            "SELECT name, type, pk, cid FROM pragma_table_info('" + table.name + "') ORDER BY cid";
        auto columns = m_database.prepare(sql.constData());
        if (!columns)
            return columns.error();
        QByteArray blob;
        QMap<qint64, QByteArray> key;
        while (columns->next()) {
            const QByteArray name = columns->text(0).toUtf8();
            if (columns->integer(2) > 0)
                key.insert(columns->integer(2), name);
            if (columns->text(1) == QLatin1String("BLOB"))
                blob = name;
            table.columns << name;
            table.positions << static_cast<int>(columns->integer(3));
        }
        table.primaryKey = key.values();
        if (table.columns.contains("sha256") && !blob.isEmpty()) {
            table.blob = blob;
            table.positions.removeAt(table.columns.indexOf(blob));
            table.columns.removeAll(blob);
        }
        table.campaign = table.name == "campaign"             ? "id"
                         : table.columns.contains("campaign") ? "campaign"
                                                              : "";
        const auto group = groupOf(table.name);
        table.isGrouped = group.has_value();
        table.unit = group.value_or(QList<QByteArray>());
        for (const QByteArray &column : std::as_const(table.primaryKey)) {
            if (!group && column != table.campaign)
                table.unit << sqlName(column);
        }
        if (table.primaryKey.isEmpty())
            continue;
        if (table.unit.size() > kMaxUnitColumns)
            return Error{ErrorCode::Internal, QStringLiteral("The table %1 has a key that cannot be sealed.")
                                                  .arg(QString::fromUtf8(table.name))};
        tables << table;
    }
    if (names->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading its tables"));
    return tables;
}

Result<void> RowSeals::forEachUnit(const SealedTable &table,
                                   const std::function<Result<void>(const UnitSeal &)> &seen,
                                   const std::function<void(const UnitSeal &)> &wrongBlob,
                                   const std::optional<Where> &where) {
    const QByteArray campaign = table.campaign.isEmpty() ? QByteArray("''") : sqlName(table.campaign);
    QByteArray sql = "SELECT " + campaign;
    if (!table.unit.isEmpty())
        sql += ", " + table.unit.join(", ");
    const int first = 1 + static_cast<int>(table.unit.size());
    sql += ", " + sqlNames(table.columns);
    const auto digest = static_cast<int>(first + table.columns.indexOf("sha256"));
    const auto blob = static_cast<int>(first + table.columns.size());
    if (!table.blob.isEmpty())
        sql += ", " + sqlName(table.blob);
    sql += " FROM main." + sqlName(table.name);
    if (where)
        sql += " WHERE " + sqlName(where->column) + "=?1";
    // One row after the other as they lie in the file, where that is all; rows of one unit together
    // otherwise.
    if (table.isGrouped)
        sql += " ORDER BY " + campaign +
               (table.unit.isEmpty() ? QByteArray() : ", " + table.unit.join(", ")) + ", " +
               sqlNames(table.primaryKey);
    auto rows = m_database.prepare(sql.constData());
    if (!rows)
        return rows.error();
    if (where)
        rows->bind(1, where->value);
    Sha256 hash;
    UnitSeal unit;
    QByteArray text;
    const auto end = [&]() -> Result<void> {
        if (text.isEmpty())
            return {};
        unit.sha256 = hashText(hash, text);
        text.resize(0);
        return seen(unit);
    };
    while (rows->next()) {
        const QString name = rows->text(0);
        const QString subject = unitSubject(*rows, 1, table.unit.size());
        if (!table.isGrouped || name != unit.campaign || subject != unit.subject) {
            TRY(end());
            unit.campaign = name;
            unit.subject = subject;
        }
        addRow(*rows, table.columns, first, text);
        if (!table.blob.isEmpty() && hashText(hash, rows->bytes(blob)) != rows->text(digest))
            wrongBlob(unit);
    }
    if (rows->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the table %1").arg(QString::fromUtf8(table.name)));
    return end();
}

} // namespace slipway
