// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowwatch.h"

#include "app/archive/sqliteconnection.h"
#include "app/core/sha256.h"

#include <optional>
#include <tuple>

namespace slipway {

namespace {

// The rows of one unit; ?1 is its campaign, ?2 and so on what else names it.
QByteArray rowsSql(const SealedTable &table) {
    QList<QByteArray> conditions;
    if (!table.campaign.isEmpty())
        conditions << sqlName(table.campaign) + "=?1";
    for (qsizetype k = 0; k < table.unit.size(); ++k)
        conditions << table.unit.at(k) + "=?" + QByteArray::number(k + 2);
    return "SELECT " + sqlNames(table.columns) + " FROM main." + sqlName(table.name) + " WHERE " +
           conditions.join(" AND ") + " ORDER BY " + sqlNames(table.primaryKey);
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
        addRow(rows, table.columns, 0, text);
    const bool isRead = rows.status() == SQLITE_DONE;
    rows.reset();
    if (!isRead)
        return std::nullopt;
    Sha256 hash;
    return text.isEmpty() ? QString() : hashText(hash, text);
}

} // namespace

RowWatch::RowWatch(SqliteConnection &database) : m_database(database) {}

RowWatch::~RowWatch() = default;

Result<void> RowWatch::begin() {
    const auto tables = RowSeals(m_database).tables();
    if (!tables)
        return tables.error();
    m_watched = *tables;
    QByteArray sql("CREATE TEMP TABLE changed_unit(number, campaign, a, b, c);");
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const auto note = [&](const QByteArray &row) {
            QByteArray values = QByteArray::number(i) + ", " +
                                (table.campaign.isEmpty() ? QByteArray("''") : row + sqlName(table.campaign));
            for (qsizetype k = 0; k < kMaxUnitColumns; ++k)
                values += ", " + (k < table.unit.size() ? row + table.unit.at(k) : QByteArray("''"));
            return "INSERT INTO changed_unit VALUES (" + values + ");";
        };
        const QByteArray on = " ON main." + sqlName(table.name) + " BEGIN ";
        sql += "CREATE TEMP TRIGGER " + sqlName("added_" + table.name) + " AFTER INSERT" + on + note("NEW.") +
               " END;";
        sql += "CREATE TEMP TRIGGER " + sqlName("changed_" + table.name) + " AFTER UPDATE" + on +
               note("OLD.") + note("NEW.") + " END;";
        sql += "CREATE TEMP TRIGGER " + sqlName("removed_" + table.name) + " AFTER DELETE" + on +
               note("OLD.") + " END;";
    }
    return m_database.execute(sql.constData());
}

// Nobody commits while this transaction holds the write lock: what another connection sees is what there was.
Result<void> RowWatch::openCommitted() {
    if (m_committed)
        return {};
    auto committed = SqliteConnection::openReadOnly(m_database.path());
    if (!committed)
        return committed.error();
    m_committed = std::move(*committed);
    return {};
}

Result<void> RowWatch::takeChanged(const Changed &changed) {
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
            const UnitSeal unit{units->text(0), unitSubject(*units, 1, table.unit.size()), {}};
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

} // namespace slipway
