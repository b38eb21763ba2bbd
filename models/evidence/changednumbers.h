// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/verdict.h"

#include <QList>
#include <QMap>

namespace slipway {

/// One number, or word, that matters and that two campaigns do not have in common.
struct ChangedNumber {
    enum class Rank { ///< the worst first
        Worse,        ///< held before and does not now, or more was lost
        StillBad,     ///< held in neither, and says something else
        Setting,      ///< what was tested, and how
        Better,       ///< did not hold before and does now, or less was lost
    };

    Rank rank = Rank::Worse;
    QString what;     ///< "phase2.delivery.node-b", "kill_primary_mid_write, cycle 7: writes lost", "cycles"
    QString before;   ///< empty: the campaign before does not have it
    QString now;      ///< empty: this one does not have it
    QString expected; ///< what must hold; empty where nothing must
    QString check;    ///< id of the check that it is; empty: none
    int cycle = 0;    ///< number of the cycle that it is about; 0: none

    friend bool operator==(const ChangedNumber &, const ChangedNumber &) = default;
};

/// What is compared of a campaign.
struct ComparedCampaign {
    QList<Check> checks;
    QList<Cycle> cycles;
    QMap<QString, QString> settings; ///< parameters, and what else was chosen
};

/// The numbers that matter, the worst first: checks whose outcome changed or that do not hold and say
/// something else, losses of fault classes and of single cycles (the largest first, kMaxLossyCycles of them),
/// settings. What holds in both does not matter, whatever it measured: times and sizes always differ. Pure.
[[nodiscard]] QList<ChangedNumber> changedNumbers(const ComparedCampaign &before,
                                                  const ComparedCampaign &now);

inline constexpr qsizetype kMaxLossyCycles = 100;

} // namespace slipway
