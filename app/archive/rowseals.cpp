// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowseals.h"

#include "app/archive/database.h"
#include "app/core/sha256.h"

#include <QMap>

#include <optional>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kUnitColumns = 3;            // of the table of changed units
const QString kUnreadable(64, QLatin1Char('f')); // a hash of no rows

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

// A value of a unit's name: its type's letter and its bytes.
struct Part {
    char type;
    QByteArrayView bytes;
};

struct OwnPart {
    char type;
    QByteArray bytes;
};

Part partOf(const Statement &row, int column) {
    const char type = row.typeLetter(column);
    return {type, row.bytes(column)};
}

Part partOf(sqlite3_value *value) {
    const bool isNumber = sqlite3_value_type(value) == SQLITE_INTEGER;
    const auto *bytes = reinterpret_cast<const char *>(sqlite3_value_text(value));
    return {isNumber ? 'i' : 't', QByteArrayView(bytes, sqlite3_value_bytes(value))};
}

template <typename PartAt>
QString subjectOf(qsizetype count, PartAt partAt) {
    QByteArray text("[");
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            text += ',';
        const auto part = partAt(i);
        if (part.type == 'i') {
            text.append(part.bytes);
            continue;
        }
        text += '"';
        for (const char letter : part.bytes) {
            if (letter == '"' || letter == '\\')
                text += '\\';
            text += letter;
        }
        text += '"';
    }
    return QString::fromUtf8(text + ']');
}

QString subjectOf(const Statement &row, int first, qsizetype count) {
    return subjectOf(count, [&](int i) { return partOf(row, first + i); });
}

QString hashOf(Sha256 &hash, QByteArrayView bytes) {
    hash.reset();
    hash.add(QByteArray::fromRawData(bytes.constData(), bytes.size()));
    return QString::fromLatin1(hash.hex());
}

// The rows of one unit; ?1 is its campaign, ?2 and so on what else names it.
QByteArray rowsSql(const SealedTable &table) {
    QList<QByteArray> conditions;
    if (!table.campaign.isEmpty())
        conditions << quoted(table.campaign) + "=?1";
    for (qsizetype k = 0; k < table.unit.size(); ++k)
        conditions << table.unit.at(k) + "=?" + QByteArray::number(k + 2);
    return "SELECT " + joined(table.columns) + " FROM main." + quoted(table.name) + " WHERE " +
           conditions.join(" AND ") + " ORDER BY " + joined(table.primaryKey);
}

} // namespace

QString unitSubject(const QVariantList &values) {
    return subjectOf(values.size(), [&](int i) {
        const QVariant &value = values.at(i);
        const bool isText = value.typeId() == QMetaType::QString;
        return OwnPart{isText ? 't' : 'i',
                       isText ? value.toString().toUtf8() : QByteArray::number(value.toLongLong())};
    });
}

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
        if (table.primaryKey.isEmpty())
            continue;
        if (table.unit.size() > kUnitColumns)
            return Error{ErrorCode::Internal, QStringLiteral("The table %1 has a key that cannot be sealed.")
                                                  .arg(QString::fromUtf8(table.name))};
        tables << table;
    }
    if (names->status() != SQLITE_DONE)
        return m_database.error(QStringLiteral("reading its tables"));
    return tables;
}

Result<void> RowSeals::watch(Before before) {
    const auto tables = this->tables();
    if (!tables)
        return tables.error();
    m_watched = *tables;
    m_before = std::move(before);
    constexpr int kArguments = 3 + kUnitColumns;
    if (auto added = m_database.addFunction("unit_before", kArguments,
                                            [this](sqlite3_value **values) { tellBefore(values); });
        !added)
        return added;
    QByteArray sql("CREATE TEMP TABLE changed_unit(number, campaign, a, b, c);");
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const auto unitOf = [&](const QByteArray &row) {
            QByteArray values = table.campaign.isEmpty() ? QByteArray("''") : row + quoted(table.campaign);
            for (qsizetype k = 0; k < kUnitColumns; ++k)
                values += ", " + (k < table.unit.size() ? row + table.unit.at(k) : QByteArray("''"));
            return values;
        };
        const QByteArray number = QByteArray::number(i) + ", ";
        const auto note = [&](const QByteArray &row) {
            return "INSERT INTO changed_unit VALUES (" + number + unitOf(row) + ");";
        };
        const auto tell = [&](const QByteArray &row, bool isNew) {
            return "SELECT unit_before(" + number + (isNew ? "1, " : "0, ") + unitOf(row) + ");";
        };
        const auto trigger = [&](const QByteArray &when, const QByteArray &of, const QByteArray &body) {
            sql += "CREATE TEMP TRIGGER " + quoted(when + of + '_' + table.name) + ' ' + when + ' ' + of +
                   " ON main." + quoted(table.name) + " BEGIN " + body + " END;";
        };
        trigger("BEFORE", "INSERT", tell("NEW.", false));
        // A number that SQLite chooses is known only now; there was no such row.
        trigger("AFTER", "INSERT", (table.isGrouped ? QByteArray() : tell("NEW.", true)) + note("NEW."));
        trigger("BEFORE", "UPDATE", tell("OLD.", false) + tell("NEW.", false));
        trigger("AFTER", "UPDATE", note("OLD.") + note("NEW."));
        trigger("BEFORE", "DELETE", tell("OLD.", false));
        trigger("AFTER", "DELETE", note("OLD."));
    }
    return m_database.execute(sql.constData());
}

void RowSeals::tellBefore(sqlite3_value **values) {
    const int number = sqlite3_value_int(values[0]);
    const bool isNew = sqlite3_value_int(values[1]) != 0;
    sqlite3_value **unit = values + 2; // its campaign, then what else names it
    const SealedTable &table = m_watched.at(number);
    UnitSeal seal{QString::fromUtf8(partOf(unit[0]).bytes),
                  subjectOf(table.unit.size(), [&](int i) { return partOf(unit[i + 1]); }), QString()};
    const QByteArray key = QByteArray::number(number) + seal.subject.toUtf8() + seal.campaign.toUtf8();
    if (m_toldBefore.contains(key))
        return;
    m_toldBefore.insert(key);
    if (!isNew)
        seal.sha256 = hashNow(number, unit);
    m_before(table, seal);
}

QString RowSeals::hashNow(int number, sqlite3_value **unit) {
    const SealedTable &table = m_watched.at(number);
    auto known = m_rowsOf.find(number);
    if (known == m_rowsOf.end()) {
        auto rows = m_database.prepare(rowsSql(table).constData());
        if (!rows)
            return kUnreadable;
        known = m_rowsOf.emplace(number, std::move(*rows)).first;
    }
    Statement &rows = known->second;
    if (!table.campaign.isEmpty())
        rows.bindValue(1, unit[0]);
    for (int k = 0; k < table.unit.size(); ++k)
        rows.bindValue(k + 2, unit[k + 1]);
    QByteArray text;
    while (rows.next())
        addRow(rows, table, 0, text);
    const bool isRead = rows.status() == SQLITE_DONE;
    rows.reset();
    Sha256 hash;
    return !isRead ? kUnreadable : text.isEmpty() ? QString() : hashOf(hash, text);
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
        const QByteArray sql = rowsSql(table);
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
