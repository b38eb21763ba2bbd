// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/alarmrules.h"

#include "models/evidence/bounds.h"

#include <QHash>

#include <algorithm>
#include <set>

namespace slipway {

namespace {

constexpr double kGoodShare = 0.05;
constexpr double kBadShare = 0.25;

// Signals of one rule and subject: one where it begins to hold.
class Edge {
public:
    Edge(QList<AlarmSignal> &signalList, const char *rule, QString subject = {})
        : m_signals(signalList), m_rule(QLatin1String(rule)), m_subject(std::move(subject)) {}

    void set(bool holds, int run, const QDateTime &at, const QString &text) {
        if (holds && !m_holds)
            m_signals << AlarmSignal{m_rule, m_subject, run, at, text};
        m_holds = holds;
    }

private:
    QList<AlarmSignal> &m_signals;
    QString m_rule;
    QString m_subject;
    bool m_holds = false;
};

QString number(double value, int decimals = 1) {
    return QString::number(value, 'f', decimals);
}

void watchEvidence(const QList<SeriesRun> &runs, QList<AlarmSignal> &found) {
    Edge claim(found, "evidence-claim");
    Edge cusum(found, "evidence-cusum");
    Edge rolling(found, "evidence-rolling");
    BernoulliCusum sum = evidenceCusum();
    RollingCount count(3, 6);
    for (const SeriesRun &run : runs) {
        if (run.isRunning)
            continue;
        const bool isMissing = !run.hasEvidence;
        claim.set(isMissing && run.claimedPass == true, run.ordinal, run.moment(),
                  QStringLiteral("Run %1 claims a pass and holds no evidence.").arg(run.ordinal));
        const bool isHigh = sum.add(isMissing);
        cusum.set(isHigh, run.ordinal, run.moment(),
                  QStringLiteral(
                      "Runs without evidence come more often than one in twenty: running sum %1, limit %2.")
                      .arg(number(sum.sum()), number(kEvidenceLimit)));
        rolling.set(count.add(isMissing), run.ordinal, run.moment(),
                    QStringLiteral("Three of the last six runs hold no evidence."));
    }
}

QString lossText(const SeriesRun &run) {
    QStringList parts;
    if (run.lost.value_or(0) > 0)
        parts << QStringLiteral("acknowledged writes lost: %1").arg(*run.lost);
    for (auto it = run.lostShares.constBegin(); it != run.lostShares.constEnd(); ++it)
        parts << QStringLiteral("%1 of them in %2").arg(shareText(*it), it.key());
    if (run.verdict == Verdict::Fail)
        parts << QStringLiteral("the verdict is FAIL");
    return QStringLiteral("Run %1: %2.").arg(run.ordinal).arg(parts.join(QStringLiteral(", ")));
}

void watchLoss(const QList<SeriesRun> &runs, QList<AlarmSignal> &found) {
    Edge loss(found, "loss");
    for (const SeriesRun &run : runs) {
        if (run.isRunning)
            continue;
        const bool isLossy =
            run.verdict == Verdict::Fail || run.lost.value_or(0) > 0 || !run.lostShares.isEmpty();
        loss.set(isLossy, run.ordinal, run.moment(), isLossy ? lossText(run) : QString());
    }
}

// A measurement of the runs that have it.
struct Measured {
    const SeriesRun *run = nullptr;
    double value = 0;
};

void watchDuration(const QString &measure, const QList<Measured> &values,
                   const std::optional<BaselineRange> &range, QList<AlarmSignal> &found) {
    QList<RunSeconds> seconds;
    for (const Measured &one : values)
        seconds << RunSeconds{one.run->ordinal, one.value};
    const auto limits = durationLimits(seconds, range);
    if (!limits)
        return;
    const Baseline &baseline = limits->baseline;
    const QString subject = measure == kWholeRun ? QString() : measure;
    const QDateTime known = values.at(limits->last).run->moment();
    Edge single(found, "duration-individuals", subject);
    Edge mean(found, "duration-ewma", subject);
    Edge sums(found, "duration-cusum", subject);
    Ewma ewma(baseline);
    TabularCusum cusum(baseline);
    const QString from = QStringLiteral("baseline %1 s, sigma %2 s, of %3")
                             .arg(number(baseline.centre), number(baseline.sigma), baselineRunsText(range));
    for (qsizetype i = 0; i < values.size(); ++i) {
        const SeriesRun &run = *values.at(i).run;
        const double value = values.at(i).value;
        // A value of the baseline itself can be looked at only when the limits are there.
        single.set(isOutside(baseline, value), run.ordinal, std::max(run.moment(), known),
                   QStringLiteral("Run %1 took %2 s; limits %3 to %4 s (%5).")
                       .arg(run.ordinal)
                       .arg(number(value), number(baseline.centre - 3 * baseline.sigma),
                            number(baseline.centre + 3 * baseline.sigma), from));
        if (i <= limits->last)
            continue; // sums of the baseline's values around their own mean say nothing
        const bool isShifted = ewma.add(value);
        mean.set(isShifted, run.ordinal, run.moment(),
                 QStringLiteral("The weighted mean is %1 s; limits %2 to %3 s (%4).")
                     .arg(number(ewma.mean()), number(baseline.centre - ewma.halfWidth()),
                          number(baseline.centre + ewma.halfWidth()), from));
        const bool isDrifting = cusum.add(value);
        sums.set(
            isDrifting, run.ordinal, run.moment(),
            QStringLiteral("The running sum of the deviations is %1 sigmas above and %2 below; limit 5 (%3).")
                .arg(number(cusum.above()), number(cusum.below()), from));
    }
}

void watchDurations(const QList<SeriesRun> &runs, const std::optional<BaselineRange> &range,
                    QList<AlarmSignal> &found) {
    QMap<QString, QList<Measured>> measures;
    for (const SeriesRun &run : runs) {
        if (run.isRunning || !run.hasEvidence)
            continue;
        for (auto it = run.seconds.constBegin(); it != run.seconds.constEnd(); ++it)
            measures[it.key()] << Measured{&run, *it};
    }
    for (auto it = measures.constBegin(); it != measures.constEnd(); ++it)
        watchDuration(it.key(), *it, range, found);
}

void watchSlots(const QList<SeriesRun> &runs, const SlotTable &table, qint64 graceSeconds,
                QList<AlarmSignal> &found) {
    Edge missed(found, "schedule-missed");
    Edge doubled(found, "schedule-doubled");
    for (const SeriesSlot &slot : table.slotList) {
        if (slot.state == SlotState::Expected || slot.state == SlotState::Running)
            break;
        missed.set(slot.state == SlotState::Missed, slot.number, slot.at.addSecs(graceSeconds),
                   QStringLiteral("Nothing ran in slot %1, %2.")
                       .arg(slot.number)
                       .arg(slot.at.toString(Qt::ISODate)));
        if (!slot.isDoubled()) {
            doubled.set(false, 0, {}, {});
            continue;
        }
        const SeriesRun &second = runs.at(slot.runs.at(1));
        doubled.set(true, second.ordinal, second.moment(),
                    QStringLiteral("%1 runs in slot %2, %3.")
                        .arg(slot.runs.size())
                        .arg(slot.number)
                        .arg(slot.at.toString(Qt::ISODate)));
    }
}

void watchCost(const QList<SeriesRun> &runs, const SeriesBudgets &budgets, QList<AlarmSignal> &found) {
    Edge cost(found, "cost");
    Edge spent(found, "cost", QStringLiteral("budget"));
    JumpChart jump;
    double sum = 0;
    for (const SeriesRun &run : runs) {
        if (!run.cost)
            continue;
        const auto limit = jump.limit();
        const bool isHigh = jump.add(*run.cost);
        cost.set(isHigh, run.ordinal, run.moment(),
                 QStringLiteral("Run %1 cost %2; limit %3, from the first runs.")
                     .arg(run.ordinal)
                     .arg(number(*run.cost, 4), number(limit.value_or(0), 4)));
        sum += *run.cost;
        spent.set(budgets.cost && sum > *budgets.cost, run.ordinal, run.moment(),
                  QStringLiteral("The budget of %1 is spent: %2 so far.")
                      .arg(number(budgets.cost.value_or(0), 2), number(sum, 2)));
    }
}

} // namespace

BernoulliCusum evidenceCusum() {
    return {kGoodShare, kBadShare, kEvidenceLimit};
}

const std::array<AlarmRule, 10> &alarmRules() {
    static constexpr std::array<AlarmRule, 10> kRules{{
        {"evidence-claim", "a run that claims a pass and holds no evidence, at once", "nothing: it is a fact",
         0},
        {"evidence-cusum", "Bernoulli CUSUM of runs without evidence, 5 to 25 %, limit 3",
         "runs are independent; one in twenty may lack evidence", 5.6},
        {"evidence-rolling", "three or more of the last six runs without evidence",
         "runs are independent; one in twenty may lack evidence", 1.0},
        {"loss", "a run that fails, or lost an acknowledged write, at once", "nothing: it is a fact", 0},
        {"duration-individuals", "one duration beyond 3 sigma of the baseline",
         "durations are nearly normal, not correlated, and the first 20 runs with evidence were in control",
         10.3},
        {"duration-ewma", "weighted mean of the durations (lambda 0.2) beyond 3 of its sigmas",
         "as duration-individuals", 11.7},
        {"duration-cusum", "running sum of the durations' deviations (k 0.5) beyond 5 sigmas",
         "as duration-individuals", 12.3},
        {"schedule-missed", "a slot whose grace is over and in which nothing ran, at once",
         "nothing: it is a fact", 0},
        {"schedule-doubled", "a second run in one slot, at once", "nothing: it is a fact", 0},
        {"cost",
         "a run a quarter or five sigmas dearer than the median of the first 20; or the budget is spent",
         "prices stand still; five runs came before", 0},
    }};
    return kRules;
}

QList<AlarmSignal> alarmSignals(const QList<SeriesRun> &runs, const SlotTable &table,
                                const SeriesDefinition &definition) {
    QList<AlarmSignal> found;
    watchEvidence(runs, found);
    watchLoss(runs, found);
    watchDurations(runs, definition.baseline, found);
    watchSlots(runs, table, definition.graceSeconds, found);
    watchCost(runs, definition.budgets, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const AlarmSignal &a, const AlarmSignal &b) { return a.at < b.at; });
    return found;
}

} // namespace slipway
