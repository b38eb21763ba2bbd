// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/durationlimits.h"
#include "models/series/slots.h"

#include <array>

namespace slipway {

/// Grows with each change of what alarms when: the same runs may then alarm otherwise.
inline constexpr int kAlarmRulesVersion = 1;

/// Above it the running sum of missing evidence alarms.
inline constexpr double kEvidenceLimit = 3;
/// The running sum of missing evidence before the first run: one in twenty may lack it, one in four is the
/// fault that is looked for.
[[nodiscard]] BernoulliCusum evidenceCusum();

/// A rule that watches a series.
struct AlarmRule {
    const char *name;    ///< stable
    const char *watches; ///< what alarms, for a person
    const char *assumes;
    /// Alarms in 1,000 runs of a series in control, as the figure `alarms` measures it; the rules that look
    /// at facts have none.
    double falsePerThousand;
};

[[nodiscard]] const std::array<AlarmRule, 10> &alarmRules();

/// A moment at which a rule began to hold. While it goes on to hold there is no other; when it ceased and
/// holds again, there is.
struct AlarmSignal {
    QString rule;
    QString subject; ///< what of: "run", "phase 2", a fault class; empty: the series
    int run = 0;     ///< the run's ordinal; of a slot without a run its number
    QDateTime at;    ///< when it could be known; UTC
    QString text;    ///< the reason, for a person

    /// One alarm for each of these in a series.
    [[nodiscard]] QString signature() const {
        return subject.isEmpty() ? rule : rule + QLatin1Char('/') + subject;
    }
};

/// Every signal of a series, in order of time. Runs are in their order, ordinals set (orderRuns). Rules for
/// measurements are not used on counts. Pure; linear in runs and slots.
[[nodiscard]] QList<AlarmSignal> alarmSignals(const QList<SeriesRun> &runs, const SlotTable &table,
                                              const SeriesDefinition &definition);

} // namespace slipway
