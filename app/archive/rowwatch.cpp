// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowwatch.h"

#include "app/archive/sqliteconnection.h"
#include "app/core/sha256.h"

#include <sqlite3.h>

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

RowWatch::~RowWatch() {
    if (!m_notes || !m_database.handle())
        return;
    sqlite3_preupdate_hook(m_database.handle(), nullptr, nullptr);
    sqlite3_rollback_hook(m_database.handle(), nullptr, nullptr);
}

Result<void> RowWatch::begin() {
    const auto tables = RowSeals(m_database).tables();
    if (!tables)
        return tables.error();
    auto notes = SqliteConnection::inMemory(0);
    if (!notes)
        return notes.error();
    TRY((*notes)->execute(
        "CREATE TABLE changed_unit(number, campaign, a, b, c, UNIQUE(number, campaign, a, b, c))"));
    m_insert.clear();
    for (qsizetype i = 0; i < tables->size(); ++i) {
        // The values of a row are bound as ?1 and so on; SQL names the row's unit.
        const SealedTable &table = tables->at(i);
        QByteArray sql = "INSERT OR IGNORE INTO changed_unit SELECT " + QByteArray::number(i) + ", " +
                         (table.campaign.isEmpty() ? QByteArray("''") : sqlName(table.campaign));
        for (qsizetype k = 0; k < kMaxUnitColumns; ++k)
            sql += ", " + (k < table.unit.size() ? table.unit.at(k) : QByteArray("''"));
        QList<QByteArray> row;
        for (const QByteArray &column : table.columns)
            row << '?' + QByteArray::number(row.size() + 1) + " AS " + sqlName(column);
        sql += " FROM (SELECT " + row.join(", ") + ')';
        auto insert = (*notes)->prepare(sql.constData());
        if (!insert)
            return insert.error();
        m_insert.push_back(std::move(*insert));
    }
    m_watched = *tables;
    m_notes = std::move(*notes);
    m_isComplete = true;
    sqlite3_preupdate_hook(m_database.handle(), rowChanges, this);
    // What was noted of a transaction that is undone never was.
    sqlite3_rollback_hook(
        m_database.handle(),
        [](void *watch) {
            auto &that = *static_cast<RowWatch *>(watch);
            that.m_isComplete = that.m_notes->execute("DELETE FROM changed_unit").ok();
        },
        this);
    return {};
}

void RowWatch::rowChanges(void *watch, sqlite3 *, int change, const char *schema, const char *table, qint64,
                          qint64) {
    if (qstrcmp(schema, "main") != 0)
        return;
    auto &that = *static_cast<RowWatch *>(watch);
    for (qsizetype i = 0; i < that.m_watched.size(); ++i) {
        if (that.m_watched.at(i).name != table)
            continue;
        if (change != SQLITE_INSERT)
            that.note(i, sqlite3_preupdate_old);
        if (change != SQLITE_DELETE)
            that.note(i, sqlite3_preupdate_new);
        return;
    }
}

void RowWatch::note(qsizetype table, ReadValue *read) {
    Statement &insert = m_insert.at(static_cast<std::size_t>(table));
    const QList<int> &positions = m_watched.at(table).positions;
    for (qsizetype i = 0; i < positions.size(); ++i) {
        sqlite3_value *value = nullptr;
        m_isComplete = read(m_database.handle(), positions.at(i), &value) == SQLITE_OK && m_isComplete;
        insert.bind(static_cast<int>(i) + 1, value);
    }
    m_isComplete = m_notes->run(insert, QStringLiteral("noting a change")).ok() && m_isComplete;
    insert.reset();
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
    TRY(m_database.execute("SAVEPOINT flush; RELEASE flush"));
    if (!m_isComplete)
        return Error{ErrorCode::Io, QStringLiteral("The archive cannot note which of its rows were changed; "
                                                   "memory may be short. Nothing was written.")};
    for (qsizetype i = 0; i < m_watched.size(); ++i) {
        const SealedTable &table = m_watched.at(i);
        const QByteArray list =
            "SELECT DISTINCT campaign, a, b, c FROM changed_unit WHERE number=" + QByteArray::number(i) +
            " ORDER BY campaign, a, b, c";
        auto units = m_notes->prepare(list.constData());
        if (!units)
            return units.error();
        if (!units->next()) {
            if (units->status() != SQLITE_DONE)
                return m_notes->error(QStringLiteral("reading what was written"));
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
            if (seals[0].sha256 != seals[1].sha256) // what a savepoint undid is noted too
                TRY(changed(table, seals[0], seals[1]));
        } while (units->next());
        if (units->status() != SQLITE_DONE)
            return m_notes->error(QStringLiteral("reading what was written"));
    }
    return m_notes->execute("DELETE FROM changed_unit");
}

} // namespace slipway
