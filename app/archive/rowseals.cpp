// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowseals.h"

#include "app/archive/sqliteconnection.h"
#include "app/core/sha256.h"

#include <QMap>

#include <tuple>
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

// Of the rows of one unit, which `unit` names; empty where there is none, nothing where they cannot be read.
std::optional<QString> hashOf(Statement &rows, const SealedTable &table, const Statement &unit) {
    rows.reset();
    if (!table.campaign.isEmpty())
        rows.bindFrom(1, unit, 0);
    for (int k = 0; k < table.unit.size(); ++k)
        rows.bindFrom(k + 2, unit, k + 1);
    QByteArray text;
    while (rows.next())
        addRow(rows, table, 0, text);
    const bool isRead = rows.status() == SQLITE_DONE;
    rows.reset();
    if (!isRead)
        return std::nullopt;
    Sha256 hash;
    return text.isEmpty() ? QString() : hashOf(hash, text);
}

} // namespace

RowSeals::RowSeals(SqliteConnection &database) : m_database(database) {}

RowSeals::~RowSeals() = default;

QString unitSubject(const QVariantList &values) {
    return subjectOf(values.size(), [&](int i) {
        const QVariant &value = values.at(i);
        const bool isText = value.typeId() == QMetaType::QString;
        return OwnPart{isText ? 't' : 'i',
                       isText ? value.toString().toUtf8() : QByteArray::number(value.toLongLong())};
    });
}

QString unitText(const QString &table, const QString &subject, const QString &campaign) {
    QString text = table;
    if (subject != unitSubject({}))
        text += QLatin1Char(' ') + subject;
    return campaign.isEmpty() ? text : text + QStringLiteral(" of ") + campaign;
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

// Nobody commits while this transaction holds the write lock: what another connection sees is what there was.
Result<void> RowSeals::openCommitted() {
    if (m_committed)
        return {};
    auto committed = SqliteConnection::openReadOnly(m_database.path());
    if (!committed)
        return committed.error();
    m_committed = std::move(*committed);
    return {};
}

Result<void> RowSeals::takeChanged(const Changed &changed) {
    // The search's index writes its own rows when it must: at a savepoint, or in the middle of the commit.
    if (auto flushed = m_database.execute("SAVEPOINT flush; RELEASE flush"); !flushed)
        return flushed;
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const QByteArray list =
            "SELECT DISTINCT campaign, a, b, c FROM temp.changed_unit WHERE number=" + QByteArray::number(i) +
            " ORDER BY campaign, a, b, c";
        auto units = m_database.prepare(list.constData());
        if (!units)
            return units.error();
        if (!units->next()) {
            if (units->status() != SQLITE_DONE)
                return m_database.error(QStringLiteral("reading what was written"));
            continue;
        }
        TRY(openCommitted());
        const QByteArray sql = rowsSql(table);
        auto before = m_committed->prepare(sql.constData());
        auto now = m_database.prepare(sql.constData());
        if (!before || !now)
            return before ? now.error() : before.error();
        do {
            const UnitSeal unit{units->text(0), subjectOf(*units, 1, table.unit.size()), {}};
            UnitSeal seals[]{unit, unit};
            for (auto [rows, database, seal] : {std::tuple{&*before, m_committed.get(), &seals[0]},
                                                std::tuple{&*now, &m_database, &seals[1]}}) {
                auto hash = hashOf(*rows, table, *units);
                if (!hash)
                    return database->error(QStringLiteral("sealing what was written"));
                seal->sha256 = *hash;
            }
            TRY(changed(table, seals[0], seals[1]));
        } while (units->next());
        if (units->status() != SQLITE_DONE)
            return m_database.error(QStringLiteral("reading what was written"));
    }
    return m_database.execute("DELETE FROM temp.changed_unit");
}

Result<void> RowSeals::forEachUnit(const SealedTable &table,
                                   const std::function<Result<void>(const UnitSeal &)> &seen,
                                   const std::function<void(const UnitSeal &)> &wrongBlob,
                                   const std::optional<Where> &where) {
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
    if (where)
        sql += " WHERE " + quoted(where->column) + "=?1";
    // One row after the other as they lie in the file, where that is all; rows of one unit together
    // otherwise.
    if (table.isGrouped)
        sql += " ORDER BY " + campaign +
               (table.unit.isEmpty() ? QByteArray() : ", " + table.unit.join(", ")) + ", " +
               joined(table.primaryKey);
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
        unit.sha256 = hashOf(hash, text);
        text.resize(0);
        return seen(unit);
    };
    while (rows->next()) {
        const QString name = rows->text(0);
        const QString subject = subjectOf(*rows, 1, table.unit.size());
        if (!table.isGrouped || name != unit.campaign || subject != unit.subject) {
            TRY(end());
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
