// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"

#include "models/core/wholenumber.h"
#include "models/cycles/faultclass.h"
#include "models/cycles/faulteffect.h"

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kMaxNotes = 8;
constexpr qsizetype kMaxCanaries = 1000;
constexpr qint64 kStrikeUs = 2000; // between the reading of the clock and the end of who is killed
const QString kNodes[] = {QStringLiteral("node-0"), QStringLiteral("node-1"), QStringLiteral("node-2")};

// "node-1" → 1.
std::optional<size_t> nodeIndex(QStringView name) {
    for (size_t i = 0; i < std::size(kNodes); ++i) {
        if (name == kNodes[i])
            return i;
    }
    return std::nullopt;
}

// By nearest rank; absent when there is no latency.
std::array<std::optional<qint64>, 3> percentiles(std::vector<qint64> latencies) {
    std::array<std::optional<qint64>, 3> result;
    if (latencies.empty())
        return result;
    std::sort(latencies.begin(), latencies.end());
    constexpr std::array<size_t, 3> kPercents{50, 95, 99};
    for (size_t i = 0; i < kPercents.size(); ++i)
        result.at(i) = latencies.at((latencies.size() * kPercents.at(i) + 99) / 100 - 1);
    return result;
}

} // namespace

void CycleBuilder::begin(const Observation &observation, const QDateTime &at) {
    if (m_open)
        finish();
    m_open = true;
    m_cycle = Cycle{};
    m_codes.clear();
    m_writes.clear();
    m_latencies.clear();
    m_ledger.clear();
    m_canary = CanaryCycle{};
    m_clockSet = false;
    m_faultUs.reset();
    m_isLate = false;
    m_isHealed = false;
    m_cycle.number = static_cast<int>(observation.integer("cycle").value_or(0));
    m_cycle.fault = observation.text("fault");
    m_cycle.startedAt = at;
    m_cycle.source = observation.source;
}

void CycleBuilder::addWrite(const Observation &observation) {
    const QString code = observation.text("code");
    const auto start = observation.integer("start_us");
    const auto end = observation.integer("end_us");
    ++m_codes[code];
    m_writes.push_back({start.value_or(0), end.value_or(0), code == QLatin1String("201")});
    if (code != QLatin1String("201"))
        return;
    m_ledger.addWrite(observation);
    if (start && end && *start <= *end)
        m_latencies.push_back(*end - *start);
}

void CycleBuilder::addRows(const Observation &observation) {
    const QString name = observation.text("name");
    if (!name.startsWith(QLatin1String("stats-")))
        return;
    const auto node =
        survivorsOf(m_cycle.fault).contains(name.mid(6)) ? nodeIndex(QStringView(name).mid(6)) : std::nullopt;
    const auto stats = answeredObject(observation);
    const auto total = stats ? wholeNumber(stats->value(QLatin1String("total"))) : std::nullopt;
    if (node && total && *total >= 0)
        m_cycle.rows.at(*node) = total;
}

void CycleBuilder::add(const Observation &observation) {
    const int jumps = m_clock.jumps();
    const QDateTime at = m_clock.read(observation);
    m_clockSet = m_clockSet || m_clock.jumps() > jumps;
    if (observation.kind == QLatin1String("begin"))
        m_ledger.begin(observation);
    if (observation.kind == QLatin1String("cycle_begin")) {
        begin(observation, at);
        return;
    }
    if (!m_open)
        return;
    m_cycle.source.length = observation.source.offset + observation.source.length - m_cycle.source.offset;
    if (observation.kind == QLatin1String("write")) {
        addWrite(observation);
    } else if (observation.kind == QLatin1String("fault")) {
        m_faultUs = observation.integer("fault_us");
        m_cycle.faultAt = at;
    } else if (observation.kind == QLatin1String("fault_effect")) {
        m_cycle.faultInjected = showsEffect(m_cycle.fault, observation);
    } else if (observation.kind == QLatin1String("canary")) {
        m_canary.kind = observation.text("kind");
        m_canary.node = observation.text("node");
        m_canary.id = observation.text("id");
    } else if (observation.kind == QLatin1String("healed")) {
        m_isHealed = observation.flag("healed");
    } else if (observation.kind == QLatin1String("settled")) {
        m_cycle.settleMs = observation.integer("ms");
        m_isLate = observation.fields.value(QLatin1String("complete")) == QJsonValue(false);
    } else if (observation.kind == QLatin1String("held")) {
        m_ledger.addHeld(observation);
        if (observation.fields.value(QLatin1String("alone")) == QJsonValue(false))
            m_cycle.trouble = QStringLiteral("%1 was not asked alone, so another node may have answered")
                                  .arg(observation.text("node").left(kMaxTrouble));
        if (observation.flag("endless"))
            m_cycle.trouble =
                QStringLiteral("%1: %2").arg(observation.text("node").left(kMaxTrouble), kEndlessPages);
    } else if (observation.kind == QLatin1String("own")) {
        m_ledger.addOwn(observation);
    } else if (observation.kind == QLatin1String("server")) {
        m_cycle.trouble = QStringLiteral("%1 (pid %2): %3")
                              .arg(observation.text("node"))
                              .arg(observation.integer("pid").value_or(0))
                              .arg(observation.text("text"))
                              .left(kMaxTrouble);
    } else if (observation.kind == QLatin1String("output")) {
        addRows(observation);
    } else if (observation.kind == QLatin1String("cycle_end")) {
        if (observation.fields.value(QLatin1String("complete")) == QJsonValue(false) &&
            m_cycle.trouble.isEmpty())
            m_cycle.trouble = QStringLiteral("it did not come to its end as a whole");
        if (m_faultUs && isHealed(m_cycle.fault) && !m_isHealed)
            m_cycle.trouble = QStringLiteral("its fault was not seen to be over");
        m_cycle.endedAt = at;
        finish();
        m_open = false;
    }
}

void CycleBuilder::finish() {
    if (m_cycle.fault == kCanaryClass) {
        if (m_canaries.size() < kMaxCanaries)
            m_canaries.append(judgedCanary(m_canary, current(), m_ledger));
        return;
    }
    m_finished.append(current());
    const auto note = [this](const QString &text) {
        if (m_notes.size() < kMaxNotes)
            m_notes.append(
                QStringLiteral("%1, cycle %2: %3").arg(m_cycle.fault).arg(m_cycle.number).arg(text));
    };
    if (!m_cycle.trouble.isEmpty())
        note(m_cycle.trouble);
    for (const QString &node : survivorsOf(m_cycle.fault)) {
        const auto holding = m_ledger.holdingOf(node);
        if (holding && holding->changed > 0)
            note(QStringLiteral("%1 answered %2 acknowledged writes with another content than was written")
                     .arg(node)
                     .arg(holding->changed));
        if (holding && holding->notOwn > 0)
            note(QStringLiteral("%1 answered %2 acknowledged writes that its own database does not hold")
                     .arg(node)
                     .arg(holding->notOwn));
    }
}

Cycle CycleBuilder::current() const {
    Cycle cycle = m_cycle;
    if (m_writes.empty())
        return cycle;
    const auto total = static_cast<qint64>(m_writes.size());
    cycle.writes = total;
    cycle.ok = m_codes.value(QStringLiteral("201"));
    cycle.quorumNotMet = m_codes.value(QStringLiteral("503"));
    cycle.fail = total - *cycle.ok - *cycle.quorumNotMet;
    // A clock that was set in between makes these numbers worth nothing; they stay absent.
    if (m_clockSet)
        cycle.settleMs.reset();
    else
        cycle.latencyUs = percentiles(m_latencies);
    if (m_faultUs && !m_clockSet) {
        const auto isInFlight = [this](const Write &write) {
            return write.startUs < *m_faultUs && write.endUs > *m_faultUs;
        };
        // Who still answers was not struck then.
        const auto isAnsweredAfter = [this](const Write &write) {
            return write.isAcknowledged && write.startUs > *m_faultUs + kStrikeUs;
        };
        const bool isStruckLater =
            !isHealed(m_cycle.fault) && std::any_of(m_writes.begin(), m_writes.end(), isAnsweredAfter);
        cycle.inFlight = isStruckLater ? 0 : std::count_if(m_writes.begin(), m_writes.end(), isInFlight);
    }
    // A survivor that could not be asked, or was not the process that was started, leaves both numbers
    // unknown: absent is not the same as lost.
    bool isAsked = true;
    qint64 changed = 0;
    qint64 notOwn = 0;
    std::optional<QSet<QString>> everywhere;
    QSet<QString> anywhere;
    for (const QString &node : survivorsOf(m_cycle.fault)) {
        const auto holding = m_ledger.holdingOf(node);
        isAsked = isAsked && holding;
        if (!holding)
            continue;
        changed += holding->changed;
        notOwn += holding->notOwn;
        anywhere.unite(holding->ids);
        everywhere = everywhere ? everywhere->intersect(holding->ids) : holding->ids;
    }
    if (changed > 0)
        cycle.changed = changed;
    if (notOwn > 0)
        cycle.notOwn = notOwn;
    if (isAsked && everywhere && m_cycle.trouble.isEmpty()) {
        cycle.durable = anywhere.size();
        // What came only after the longest wait was not there in time, whichever it was.
        const qint64 inTime = *cycle.ok - (m_isLate ? 1 : 0);
        cycle.converged = std::min<qint64>(everywhere->size(), std::max<qint64>(inTime, 0));
        const auto &acknowledged = m_ledger.acknowledged();
        for (auto write = acknowledged.constBegin(); write != acknowledged.constEnd(); ++write) {
            if (!everywhere->contains(write.key()))
                cycle.lost.append(write.key().left(kMaxLostId));
        }
        std::sort(cycle.lost.begin(), cycle.lost.end()); // a set has no order that is the same twice
        cycle.lost = cycle.lost.mid(0, kMaxLost);
    }
    return cycle;
}

QList<Cycle> CycleBuilder::takeFinished() {
    return std::exchange(m_finished, {});
}

std::optional<Cycle> CycleBuilder::unfinished() const {
    return m_open && m_cycle.fault != kCanaryClass ? std::optional(current()) : std::nullopt;
}

QList<Cycle> cyclesFromStream(const EvidenceFile &file, QStringList *notes, QList<CanaryCycle> *canaries) {
    CycleBuilder builder;
    forEachObservation(file, [&](const Observation &observation) { builder.add(observation); });
    QList<Cycle> cycles = builder.takeFinished();
    if (const auto last = builder.unfinished())
        cycles.append(*last);
    if (notes)
        *notes = builder.notes();
    if (canaries)
        *canaries = builder.canaries();
    return cycles;
}

} // namespace slipway
