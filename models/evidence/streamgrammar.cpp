// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/streamgrammar.h"

#include "models/cycles/canary.h"
#include "models/cycles/faultclass.h"

#include <algorithm>
#include <limits>

namespace slipway {

namespace {

constexpr int kAny = std::numeric_limits<int>::max();
constexpr int kServerTroubles = 20; // of a cycle or of phase 3
constexpr qsizetype kShownBytes = 80;
constexpr qint64 kShortestContent =
    72; // "slipway " and a SHA-256; this version's programs write 120 and more
constexpr qint64 kSettleSlackMs = 30'000; // behind the limit, for the answers that were asked for before it

struct Reported {
    const char *kind;
    const char *name;
};

// Phase 1, in its order.
constexpr Reported kFunctional[] = {{"output", "store"},  {"output", "recall"},   {"output", "stats"},
                                    {"output", "backup"}, {"count", "snapshots"}, {"count", "manifests"},
                                    {"hash", "snapshot"}, {"output", "manifest"}, {"output", "curator"},
                                    {"output", "mcp"},    {"output", "mcp-full"}};
// Phase 3, in its order; a name that ends with "-" is followed by a number, one after the other.
constexpr Reported kMigration[] = {{"count", "seeded"},      {"output", "source-page-"},
                                   {"output", "src-stats"},  {"output", "forward"},
                                   {"output", "idempotent"}, {"output", "reverse"},
                                   {"output", "dst-stats"},  {"output", "roundtrip-page-"}};

const QStringList kStartStates{QStringLiteral("started"), QStringLiteral("taken"), QStringLiteral("died"),
                               QStringLiteral("silent"), QStringLiteral("foreign")};
const QStringList kStopStates{QStringLiteral("stopped"), QStringLiteral("died"), QStringLiteral("foreign")};
const QStringList kMigrationServers{QStringLiteral("source"), QStringLiteral("roundtrip"),
                                    QStringLiteral("PostgreSQL")};
const QStringList kNodes{QStringLiteral("node-0"), QStringLiteral("node-1"), QStringLiteral("node-2")};
const QString kStats = QStringLiteral("stats-");

bool isKind(const Observation &observation, const char *kind) {
    return observation.kind == QLatin1String(kind);
}

} // namespace

StreamGrammar::StreamGrammar(const RecordedPlan &plan, const PlannedRun &run)
    : m_plan(plan), m_run(run), m_kind(kindOf(run)) {}

StreamGrammar::StepKind StreamGrammar::kindOf(const PlannedRun &run) {
    const QString &step = run.step;
    if (run.phase == 1 && step == QLatin1String("functional"))
        return StepKind::Functional;
    if (run.phase == 2 && step == QLatin1String("serve"))
        return StepKind::Start;
    if (run.phase == 2 && (step.startsWith(QLatin1String("stop-")) || step == QLatin1String("clean")))
        return StepKind::Stop;
    if (run.phase == 2 && step == QLatin1String("burst"))
        return StepKind::Burst;
    if (run.phase == 2 && step.startsWith(QLatin1String("probe")))
        return StepKind::Probe;
    if (run.phase == 3 && step == QLatin1String("migrate"))
        return StepKind::Migration;
    if (run.phase == 4 && step == QLatin1String("chaos"))
        return StepKind::Chaos;
    return StepKind::Other;
}

void StreamGrammar::complain(const Observation &observation, const QString &why) {
    if (m_problem.isEmpty())
        m_problem = QStringLiteral("byte %1: %2").arg(observation.source.offset).arg(why);
}

void StreamGrammar::forget() {
    m_rank = 0;
    m_reported.clear();
    m_writers.clear();
}

void StreamGrammar::add(const Observation &observation) {
    if (m_kind == StepKind::Other || isKind(observation, "begin"))
        return;
    if (isKind(observation, "end")) {
        if (m_kind == StepKind::Burst)
            checkWriters(observation);
        if (m_inCycle)
            complain(observation, QStringLiteral("the stream ends within a cycle"));
        return;
    }
    if (m_kind == StepKind::Chaos && (!m_inCycle || isKind(observation, "cycle_end"))) {
        addClassEvent(observation);
        return;
    }
    const auto place = placeOf(observation);
    const QString reported = observation.kind + QLatin1Char(' ') + observation.text("name") +
                             QLatin1Char(' ') + observation.text("node");
    if (!place) {
        complain(observation, QStringLiteral("step %1 never reports this: %2")
                                  .arg(m_run.step, reported.simplified().left(kShownBytes)));
        return;
    }
    if (++m_reported[place->name] > place->max)
        complain(observation,
                 QStringLiteral("reported a second time: %1").arg(place->name.left(kShownBytes)));
    if (place->rank != Place::kAnywhere) {
        if (place->rank < m_rank)
            complain(
                observation,
                QStringLiteral("reported out of order: %1").arg(reported.simplified().left(kShownBytes)));
        m_rank = std::max(m_rank, place->rank);
    }
    checkNumbers(observation);
}

StreamGrammar::Found StreamGrammar::placeOf(const Observation &observation) const {
    switch (m_kind) {
    case StepKind::Functional:
        return functionalPlace(observation);
    case StepKind::Start:
    case StepKind::Stop:
        return serverPlace(observation);
    case StepKind::Burst:
        return burstPlace(observation);
    case StepKind::Probe:
        if (isKind(observation, "probe") && observation.text("name") == m_run.step)
            return Place{0, m_run.step, 1};
        return std::nullopt;
    case StepKind::Migration:
        return migrationPlace(observation);
    case StepKind::Chaos:
        return chaosPlace(observation);
    case StepKind::Other:
        break;
    }
    return std::nullopt;
}

StreamGrammar::Found StreamGrammar::functionalPlace(const Observation &observation) const {
    int rank = 0;
    for (const Reported &reported : kFunctional) {
        if (isKind(observation, reported.kind) && observation.text("name") == QLatin1String(reported.name))
            return Place{rank, observation.text("name") + QLatin1Char(' ') + observation.kind, 1};
        ++rank;
    }
    return std::nullopt;
}

// A server is reported by its own host alone.
StreamGrammar::Found StreamGrammar::serverPlace(const Observation &observation) const {
    if (observation.text("node") != m_run.host)
        return std::nullopt;
    if (isKind(observation, "own") && m_kind == StepKind::Stop)
        return Place{0, observation.kind, 1};
    const QStringList &states = m_kind == StepKind::Start ? kStartStates : kStopStates;
    if (isKind(observation, "server") && states.contains(observation.text("state")))
        return Place{1, observation.kind, 1};
    return std::nullopt;
}

StreamGrammar::Found StreamGrammar::burstPlace(const Observation &observation) const {
    if (isKind(observation, "write"))
        return Place{0, observation.kind, kAny};
    if (isKind(observation, "settled"))
        return Place{2, observation.kind, 1};
    const bool isOutput = isKind(observation, "output");
    const QString name = observation.text("name");
    const QString node =
        isOutput && name.startsWith(kStats) ? name.mid(kStats.size()) : observation.text("node");
    if (!m_plan.peers.contains(node))
        return std::nullopt;
    if (isKind(observation, "progress"))
        return Place{1, observation.kind, kAny};
    if (isOutput || isKind(observation, "held"))
        return Place{3, observation.kind + QLatin1Char(' ') + node, 1};
    return std::nullopt;
}

StreamGrammar::Found StreamGrammar::migrationPlace(const Observation &observation) const {
    if (isKind(observation, "server") && kMigrationServers.contains(observation.text("node")))
        return Place{Place::kAnywhere, observation.kind, kServerTroubles};
    const QString name = observation.text("name");
    int rank = 0;
    for (const Reported &reported : kMigration) {
        const QLatin1String planned(reported.name);
        if (isKind(observation, reported.kind)) {
            if (name == planned && !planned.endsWith(QLatin1Char('-')))
                return Place{rank, name, 1};
            const QString pages = planned;
            if (planned.endsWith(QLatin1Char('-')) &&
                name == pages + QString::number(m_reported.value(pages)))
                return Place{rank, pages, kAny};
        }
        ++rank;
    }
    return std::nullopt;
}

StreamGrammar::Found StreamGrammar::chaosPlace(const Observation &observation) const {
    const QString node = observation.text("node");
    if (isKind(observation, "write"))
        return Place{0, observation.kind, kAny};
    if (m_fault == kCanaryClass) {
        if (isKind(observation, "canary") && kNodes.contains(node) &&
            observation.text("kind") == canaryKind(static_cast<int>(m_cycles.value(m_fault))))
            return Place{Place::kAnywhere, observation.kind, 1};
    } else if (isKind(observation, "fault") || (isKind(observation, "fault_effect") && kNodes.contains(node)))
        return Place{0, observation.kind, 1};
    if (isKind(observation, "healed") && kNodes.contains(node) && isHealed(m_fault))
        return Place{0, observation.kind, 1};
    if (isKind(observation, "settled"))
        return Place{1, observation.kind, 1};
    if (isKind(observation, "server") && kNodes.contains(node))
        return Place{Place::kAnywhere, observation.kind, kServerTroubles};
    const QString name = observation.text("name");
    const QStringList survivors = survivorsOf(m_fault);
    if (isKind(observation, "output") && name.startsWith(kStats) &&
        survivors.contains(name.mid(kStats.size())))
        return Place{2, name, 1};
    if (isKind(observation, "held") && survivors.contains(node))
        return Place{2, observation.kind + QLatin1Char(' ') + node, 1};
    if (isKind(observation, "own") && survivors.contains(node))
        return Place{3, observation.kind + QLatin1Char(' ') + node, 1};
    return std::nullopt;
}

// Between cycles, their begin and their end, and what becomes of a class as a whole.
void StreamGrammar::addClassEvent(const Observation &observation) {
    const QString fault = observation.text("fault");
    const bool isLate = fault == kCanaryClass && !m_cycles.isEmpty() && !m_cycles.contains(fault);
    if (isKind(observation, "cycle_begin") && !m_over.contains(fault) && !isLate) { // canaries come first
        forget();
        m_inCycle = true;
        m_fault = fault;
        ++m_cycles[fault];
        if (const auto writes = planned("writes"); writes && observation.integer("writes") != writes)
            complain(observation, QStringLiteral("a cycle of %1 writes, the plan says %2")
                                      .arg(observation.integer("writes").value_or(0))
                                      .arg(*writes));
    } else if (isKind(observation, "cycle_end") && m_inCycle) {
        m_inCycle = false;
        if (!m_writers.isEmpty())
            checkWriters(observation);
    } else if (fault == kCanaryClass) {
        complain(observation, QStringLiteral("canary cycles are neither left out nor cut short"));
    } else if (isKind(observation, "not_exercised") && !m_cycles.contains(fault)) {
        m_over.insert(fault);
    } else if (isKind(observation, "ended_early") && planned("stop_early") == 1 &&
               observation.integer("cycles") == m_cycles.value(fault)) {
        m_over.insert(fault);
    } else {
        complain(observation,
                 QStringLiteral("step %1 never reports this of %2 here: %3")
                     .arg(m_run.step, fault.left(kShownBytes), observation.kind.left(kShownBytes)));
    }
}

std::optional<qint64> StreamGrammar::planned(const char *parameter) const {
    const auto it = m_plan.parameters.constFind(QLatin1String(parameter));
    bool isNumber = false;
    const qint64 value = it == m_plan.parameters.constEnd() ? 0 : it->toLongLong(&isNumber);
    return isNumber ? std::optional(value) : std::nullopt;
}

void StreamGrammar::checkNumbers(const Observation &observation) {
    if (isKind(observation, "write")) {
        ++m_writers[observation.text("agent")];
        if (observation.integer("bytes").value_or(0) < kShortestContent)
            complain(observation, QStringLiteral("a write of %1 bytes, whose content tells nothing")
                                      .arg(observation.integer("bytes").value_or(0)));
    } else if (isKind(observation, "settled")) {
        checkSettled(observation, m_kind == StepKind::Burst ? "settle_seconds" : "cycle_settle_seconds");
    } else if (isKind(observation, "fault")) {
        if (const auto min = planned("fault_after_acks");
            min && observation.integer("acked_before").value_or(0) < *min)
            complain(observation,
                     QStringLiteral("the fault struck after %1 acknowledged writes, the plan says %2")
                         .arg(observation.integer("acked_before").value_or(0))
                         .arg(*min));
        if (isHealed(m_fault) && observation.integer("limit_ms") != planned("fault_ms"))
            complain(observation, QStringLiteral("a fault of at most %1 ms, the plan says %2")
                                      .arg(observation.integer("limit_ms").value_or(0))
                                      .arg(planned("fault_ms").value_or(0)));
    } else if (isKind(observation, "count") && m_kind == StepKind::Migration) {
        if (const auto memories = planned("memories");
            memories && observation.integer("value").value_or(0) > *memories)
            complain(observation,
                     QStringLiteral("more memories were seeded than the plan's %1").arg(*memories));
    }
}

// A wait that was over in time cannot have taken longer than the plan lets it.
void StreamGrammar::checkSettled(const Observation &observation, const char *limit) {
    const auto seconds = planned(limit);
    if (!seconds)
        return;
    if (observation.integer("limit_ms") != *seconds * 1000)
        complain(observation, QStringLiteral("a wait of at most %1 ms, the plan says %2 s")
                                  .arg(observation.integer("limit_ms").value_or(0))
                                  .arg(*seconds));
    if (observation.flag("complete") &&
        observation.integer("ms").value_or(0) > *seconds * 1000 + kSettleSlackMs)
        complain(observation, QStringLiteral("it settled within %1 ms, the plan lets it take %2 s")
                                  .arg(observation.integer("ms").value_or(0))
                                  .arg(*seconds));
}

// Each agent of the plan wrote its part: of a burst so many each, of a cycle so many together.
void StreamGrammar::checkWriters(const Observation &observation) {
    const auto agents = planned("agents");
    if (!agents)
        return;
    // -1: the step has no such number.
    const qint64 each = m_kind == StepKind::Burst ? planned("writes_per_agent").value_or(-1) : -1;
    const qint64 all = m_kind == StepKind::Chaos ? planned("writes").value_or(-1) : -1;
    const qint64 expected = all >= 0 ? std::min(*agents, all) : *agents;
    qint64 sum = 0;
    for (const qint64 count : std::as_const(m_writers))
        sum += count;
    if (m_writers.size() != expected)
        complain(observation,
                 QStringLiteral("%1 agents wrote, the plan says %2").arg(m_writers.size()).arg(expected));
    else if (all >= 0 && sum != all)
        complain(observation, QStringLiteral("%1 writes, the plan says %2").arg(sum).arg(all));
    else if (each >= 0 &&
             std::any_of(m_writers.begin(), m_writers.end(), [&](qint64 count) { return count != each; }))
        complain(observation, QStringLiteral("an agent did not make the %1 writes of the plan").arg(each));
}

} // namespace slipway
