// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowseals.h"

#include "app/archive/database.h"
#include "app/core/sha256.h"

#include <QMap>

#include <optional>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kUnitColumns = 3; // of the table of changed units

QByteArray quoted(const QByteArray &name) {
    return '"' + name + '"';
}

QByteArray joined(const QList<QByteArray> &names, const QByteArray &prefix = {}) {
    QByteArray text;
    for (const QByteArray &name : names)
        text += (text.isEmpty() ? "" : ", ") + prefix + quoted(name);
    return text;
}

// Tables of many small rows, which are sealed together: what names the unit besides the campaign.
std::optional<QList<QByteArray>> groupOf(const QByteArray &table) {
    if (table == "parameter")
        return QList<QByteArray>();
    if (table == "salient")
        return QList<QByteArray>{quoted("kind")};
    if (table == "salient_text_docsize")
        return QList<QByteArray>{"id/4096"};
    return std::nullopt;
}

// Canonical: each value that is not NULL, with its column, its type and its length, so that no two rows give
// the same bytes, and that a column that is added later changes nothing for the rows that have none.
void addRow(const Statement &row, const SealedTable &table, int first, QByteArray &text) {
    for (qsizetype i = 0; i < table.columns.size(); ++i) {
        const int column = first + static_cast<int>(i);
        const char type = row.typeLetter(column);
        if (type == 'n')
            continue;
        const QByteArrayView bytes = row.bytes(column);
        text += table.columns.at(i);
        text += ':';
        text += type;
        text += QByteArray::number(bytes.size());
        text += ':';
        text.append(bytes);
    }
    text += '\n';
}

QString subjectOf(const Statement &row, int first, qsizetype count) {
    QByteArray text("[");
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            text += ',';
        const QByteArrayView bytes = row.bytes(first + i);
        if (row.typeLetter(first + i) == 'i') {
            text.append(bytes);
            continue;
        }
        text += '"';
        for (const char letter : bytes) {
            if (letter == '"' || letter == '\\')
                text += '\\';
            text += letter;
        }
        text += '"';
    }
    return QString::fromUtf8(text + ']');
}

QString hashOf(Sha256 &hash, QByteArrayView bytes) {
    hash.reset();
    hash.add(QByteArray::fromRawData(bytes.constData(), bytes.size()));
    return QString::fromLatin1(hash.hex());
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
            "SELECT name, type, pk FROM pragma_table_info('" + table.name + "') ORDER BY cid";
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
        }
        table.primaryKey = key.values();
        if (table.columns.contains("sha256") && !blob.isEmpty()) {
            table.blob = blob;
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
                table.unit << quoted(column);
        }
        if (table.primaryKey.isEmpty() || table.unit.size() > kUnitColumns)
            return Error{ErrorCode::Internal, QStringLiteral("The table %1 has no key that can be sealed.")
                                                  .arg(QString::fromUtf8(table.name))};
        tables << table;
    }
    if (names->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading its tables"));
    return tables;
}

Result<void> RowSeals::watch() {
    const auto tables = this->tables();
    if (!tables)
        return tables.error();
    m_watched = *tables;
    QByteArray sql("CREATE TEMP TABLE changed_unit(number, campaign, a, b, c);");
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const auto note = [&](const QByteArray &row) {
            QByteArray values = QByteArray::number(i) + ", " +
                                (table.campaign.isEmpty() ? QByteArray("''") : row + quoted(table.campaign));
            for (qsizetype k = 0; k < kUnitColumns; ++k)
                values += ", " + (k < table.unit.size() ? row + table.unit.at(k) : QByteArray("''"));
            return "INSERT INTO changed_unit VALUES (" + values + ");";
        };
        const QByteArray on = " ON main." + quoted(table.name) + " BEGIN ";
        sql += "CREATE TEMP TRIGGER " + quoted("added_" + table.name) + " AFTER INSERT" + on + note("NEW.") +
               " END;";
        sql += "CREATE TEMP TRIGGER " + quoted("changed_" + table.name) + " AFTER UPDATE" + on +
               note("OLD.") + note("NEW.") + " END;";
        sql += "CREATE TEMP TRIGGER " + quoted("removed_" + table.name) + " AFTER DELETE" + on +
               note("OLD.") + " END;";
    }
    return m_database.execute(sql.constData());
}

Result<void>
RowSeals::takeChanged(const std::function<Result<void>(const SealedTable &, const UnitSeal &)> &changed) {
    // The search's index writes its own rows when it must: at a savepoint, or in the middle of the commit.
    if (auto flushed = m_database.execute("SAVEPOINT flush; RELEASE flush"); !flushed)
        return flushed;
    Sha256 hash;
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const QByteArray list =
            "SELECT DISTINCT campaign, a, b, c FROM temp.changed_unit WHERE number=" + QByteArray::number(i) +
            " ORDER BY campaign, a, b, c";
        auto units = m_database.prepare(list.constData());
        if (!units)
            return units.error();
        QList<QByteArray> conditions;
        if (!table.campaign.isEmpty())
            conditions << quoted(table.campaign) + "=?1";
        for (qsizetype k = 0; k < table.unit.size(); ++k)
            conditions << table.unit.at(k) + "=?" + QByteArray::number(k + 2);
        const QByteArray sql = "SELECT " + joined(table.columns) + " FROM main." + quoted(table.name) +
                               " WHERE " + conditions.join(" AND ") + " ORDER BY " + joined(table.primaryKey);
        auto rows = m_database.prepare(sql.constData());
        if (!rows)
            return rows.error();
        QByteArray text;
        while (units->next()) {
            rows->reset();
            if (!table.campaign.isEmpty())
                rows->bindFrom(1, *units, 0);
            for (int k = 0; k < table.unit.size(); ++k)
                rows->bindFrom(k + 2, *units, k + 1);
            text.resize(0);
            while (rows->next())
                addRow(*rows, table, 0, text);
            if (rows->status() != SQLITE_DONE)
                return m_database.error(QStringLiteral("sealing what was written"));
            const UnitSeal seal{units->text(0), subjectOf(*units, 1, table.unit.size()),
                                text.isEmpty() ? QString() : hashOf(hash, text)};
            if (auto done = changed(table, seal); !done)
                return done;
        }
        if (units->status() != SQLITE_DONE)
            return m_database.error(QStringLiteral("reading what was written"));
    }
    return m_database.execute("DELETE FROM temp.changed_unit");
}

Result<void> RowSeals::forEachUnit(const SealedTable &table,
                                   const std::function<Result<void>(const UnitSeal &)> &seen,
                                   const std::function<void(const UnitSeal &)> &wrongBlob) {
    const QByteArray campaign = table.campaign.isEmpty() ? QByteArray("''") : quoted(table.campaign);
    QByteArray sql = "SELECT " + campaign;
    if (!table.unit.isEmpty())
        sql += ", " + table.unit.join(", ");
    const int first = 1 + static_cast<int>(table.unit.size());
    sql += ", " + joined(table.columns);
    const auto digest = static_cast<int>(first + table.columns.indexOf("sha256"));
    const auto blob = static_cast<int>(first + table.columns.size());
    if (!table.blob.isEmpty())
        sql += ", " + quoted(table.blob);
    sql += " FROM main." + quoted(table.name);
    // One row after the other as they lie in the file, where that is all; rows of one unit together
    // otherwise.
    if (table.isGrouped)
        sql += " ORDER BY " + campaign +
               (table.unit.isEmpty() ? QByteArray() : ", " + table.unit.join(", ")) + ", " +
               joined(table.primaryKey);
    auto rows = m_database.prepare(sql.constData());
    if (!rows)
        return rows.error();
    Sha256 hash;
    UnitSeal unit;
    QByteArray text;
    const auto end = [&]() -> Result<void> {
        if (text.isEmpty())
            return {};
        unit.sha256 = hashOf(hash, text);
        text.resize(0);
        return seen(unit);
    };
    while (rows->next()) {
        const QString name = rows->text(0);
        const QString subject = subjectOf(*rows, 1, table.unit.size());
        if (!table.isGrouped || name != unit.campaign || subject != unit.subject) {
            if (auto done = end(); !done)
                return done;
            unit.campaign = name;
            unit.subject = subject;
        }
        addRow(*rows, table, first, text);
        if (!table.blob.isEmpty() && hashOf(hash, rows->bytes(blob)) != rows->text(digest))
            wrongBlob(unit);
    }
    if (rows->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading the table %1").arg(QString::fromUtf8(table.name)));
    return end();
}

} // namespace slipway
