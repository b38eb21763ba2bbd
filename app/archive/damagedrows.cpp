// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/damagedrows.h"

#include "app/archive/sqliteconnection.h"

#include <utility>

namespace slipway {

DamagedRows::DamagedRows(SqliteConnection &from, const ArchiveProgress &progress,
                         std::function<void(const QString &)> lost)
    : m_from(from), m_progress(progress), m_lost(std::move(lost)) {}

Result<void> DamagedRows::each(const QByteArray &table, const QByteArray &columns, const QString &what,
                               const Row &row) {
    const QByteArray select = "SELECT rowid, " + columns + " FROM " + table;
    const auto end = read(select + " ORDER BY rowid", what, row);
    if (!end)
        return end.error();
    if (end->isWhole)
        return {};
    m_isWhole = false;
    m_lost(QStringLiteral("%1 after entry %2: %3")
               .arg(what)
               .arg(end->last)
               .arg(m_from.error(QStringLiteral("reading it")).text));
    for (const qint64 number : fromTheBack(table, end->last)) {
        TRY(read(select + " WHERE rowid=" + QByteArray::number(number), what, row));
    }
    return {};
}

Result<DamagedRows::End> DamagedRows::read(const QByteArray &sql, const QString &what, const Row &row) {
    End end;
    auto select = m_from.prepare(sql.constData());
    if (!select)
        return end;
    while (select->next()) {
        end.last = select->integer(0);
        m_progress(what, ++m_rows, 0);
        if (const auto done = row(*select); !done) {
            if (done.error().code == ErrorCode::DiskFull || done.error().code == ErrorCode::Io)
                return done.error();
            m_lost(QStringLiteral("%1: %2").arg(what, done.error().text));
        }
    }
    end.isWhole = select->status() == SQLITE_DONE;
    return end;
}

// The numbers of the rows behind the damage, ascending.
QList<qint64> DamagedRows::fromTheBack(const QByteArray &table, qint64 last) {
    QList<qint64> numbers;
    const QByteArray sql =
        "SELECT rowid FROM " + table + " WHERE rowid>" + QByteArray::number(last) + " ORDER BY rowid DESC";
    auto select = m_from.prepare(sql.constData());
    while (select && select->next())
        numbers.prepend(select->integer(0));
    return numbers;
}

} // namespace slipway
