// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/changedunits.h"

#include "app/archive/chainindex.h"
#include "app/archive/evidencechain.h"
#include "app/archive/rowseals.h"
#include "app/archive/sqliteconnection.h"

namespace slipway {

ChangedUnits::ChangedUnits(SqliteConnection &database) {
    auto events =
        database.prepare("SELECT seq, campaign, kind, subject, sha256, hash FROM event ORDER BY seq");
    ChainIndex links;
    QString previous;
    qint64 seq = 0;
    bool isWhole = events.ok();
    bool isBegun = false;
    while (events && events->next()) {
        const ChainEvent event{events->integer(0), events->text(1), events->text(2), events->text(3),
                               events->text(4)};
        isWhole = isWhole && event.seq == ++seq && events->text(5) == EvidenceChain::hashOf(previous, event);
        isBegun = isBegun || event.kind == QLatin1String("begin");
        previous = events->text(5);
        if (event.kind.startsWith(QLatin1String("row ")))
            links.add(event.seq, event.campaign, event.kind, event.subject, event.sha256);
    }
    isWhole = isWhole && isBegun && events->status() == SQLITE_DONE;
    RowSeals seals(database);
    const auto tables = seals.tables();
    if (!tables)
        return;
    for (const SealedTable &table : *tables) {
        const QString kind = RowSeals::linkKind(table);
        [[maybe_unused]] const auto read = seals.forEachUnit(
            table,
            [&](const UnitSeal &unit) -> Result<void> {
                const auto found = links.compare(unit.campaign, kind, unit.subject, unit.sha256);
                if (isWhole && found != ChainIndex::Found::Same)
                    m_units.insert(kind.mid(4) + unit.subject + unit.campaign,
                                   found == ChainIndex::Found::Other);
                return {};
            },
            [](const UnitSeal &) {});
    }
    auto select = database.prepare("SELECT kind, subject, campaign FROM event WHERE seq=?");
    if (!select)
        return;
    for (const qint64 number : links.unseen()) {
        select->reset();
        select->bind(1, number);
        if (select->next())
            m_missing.append({select->text(0).mid(4), select->text(1), select->text(2)});
    }
}

} // namespace slipway
