// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/cronschedule.h"

#include <QList>

#include <optional>

namespace slipway {

/// When the slots of a series are: by cron, or where its times fit no such schedule, at equal distances from
/// an anchor. A plain value.
struct Schedule {
    std::optional<CronSchedule> cron;
    QDateTime anchor;         ///< a slot, UTC; of a schedule without cron
    qint64 periodSeconds = 0; ///< of a schedule without cron

    static constexpr qsizetype kMaxSlots = 100'000; ///< of one series

    [[nodiscard]] bool isValid() const { return cron || (anchor.isValid() && periodSeconds > 0); }
    [[nodiscard]] QString text() const; ///< "13 */4 * * *", "each 90 minutes from …"
    /// The first slot strictly after `moment`; invalid when there is none.
    [[nodiscard]] QDateTime after(const QDateTime &moment) const;
    /// The slots from `from` to `to`, both included, ascending; kMaxSlots at most.
    [[nodiscard]] QList<QDateTime> between(const QDateTime &from, const QDateTime &to) const;
};

/// The schedule that moments of a series tell, the gaps of lost runs and doubles notwithstanding. `areSlots`:
/// they are the slots themselves, and the distance is the one that most neighbours have. Else they are when
/// runs ended: the distance is the usual one nearest to their median, and the slots are taken to lie at the
/// last whole quarter of an hour (of short distances: minute) before the earliest end. Nothing where fewer
/// than three moments differ, no distance is shared by a third of the slots, or half of the ends' distances
/// are far from it.
[[nodiscard]] std::optional<Schedule> inferSchedule(QList<QDateTime> moments, bool areSlots);

} // namespace slipway
