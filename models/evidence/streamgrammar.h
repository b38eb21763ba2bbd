// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/recordedplan.h"
#include "models/observation/observation.h"

#include <QHash>
#include <QMap>
#include <QSet>

namespace slipway {

/// What a step's program of this version can report: which kinds and names, of which nodes, in which order,
/// how often, and with which of the plan's numbers (resources/phases). Closed: what is not in the table is a
/// contradiction, so that nothing is reported twice with another outcome, by another step than the one that
/// sees it, or passed over. Fed with one stream, line by line; memory is that of the names in it. Not
/// thread-safe.
class StreamGrammar {
public:
    /// References must outlive it. Of a step that is not in the table nothing is asked.
    StreamGrammar(const RecordedPlan &plan, const PlannedRun &run);

    /// Whether the step is in the table; such steps of one host run one after the other.
    [[nodiscard]] static bool knows(const PlannedRun &run) { return kindOf(run) != StepKind::Other; }

    void add(const Observation &observation);
    /// The first contradiction, with its byte; empty when there is none.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    enum class StepKind { Other, Functional, Start, Stop, Burst, Probe, Migration, Chaos };

    /// Where an observation has its place: those of a lower rank come before it.
    struct Place {
        int rank = kAnywhere;
        QString name; ///< what is reported at most `max` times
        int max = 1;
        static constexpr int kAnywhere = -1;
    };
    using Found = std::optional<Place>;

    [[nodiscard]] static StepKind kindOf(const PlannedRun &run);
    [[nodiscard]] Found placeOf(const Observation &observation) const;
    [[nodiscard]] Found functionalPlace(const Observation &observation) const;
    [[nodiscard]] Found serverPlace(const Observation &observation) const;
    [[nodiscard]] Found burstPlace(const Observation &observation) const;
    [[nodiscard]] Found migrationPlace(const Observation &observation) const;
    [[nodiscard]] Found chaosPlace(const Observation &observation) const;
    [[nodiscard]] std::optional<qint64> planned(const char *parameter) const;

    void complain(const Observation &observation, const QString &why);
    void forget(); ///< what was reported so far: a cycle begins
    void checkNumbers(const Observation &observation);
    void checkSettled(const Observation &observation, const char *limit);
    void checkWriters(const Observation &observation);
    void addClassEvent(const Observation &observation);

    const RecordedPlan &m_plan;
    const PlannedRun &m_run;
    StepKind m_kind;
    int m_rank = 0;
    QHash<QString, int> m_reported;
    QMap<QString, qint64> m_writers; ///< writes of each agent, in the cycle or the burst
    bool m_inCycle = false;
    QString m_fault;                ///< of that cycle
    QMap<QString, qint64> m_cycles; ///< of each fault class
    QSet<QString> m_over;           ///< fault classes of which no cycle may follow
    QString m_problem;
};

} // namespace slipway
