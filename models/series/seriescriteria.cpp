// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriescriteria.h"

#include "models/core/countof.h"
#include "models/evidence/bounds.h"

#include <QLocale>

#include <algorithm>

namespace slipway {

namespace {

using State = SeriesCriterion::State;

SeriesCriterion budgetOf(const QString &name, qint64 allowed, qint64 came, qint64 of, bool isOpen) {
    return {name, QStringLiteral("at most %1").arg(allowed), QStringLiteral("%1 of %2").arg(came).arg(of),
            came > allowed ? State::Broken
            : isOpen       ? State::Open
                           : State::Holds};
}

SeriesCriterion boundOf(const SeriesJudgement &judged, bool isOpen) {
    const double claim = judged.definition.claim;
    SeriesCriterion bound{QStringLiteral("Lower bound of convergence, pooled"),
                          QStringLiteral("at least %1").arg(shareText(claim)),
                          {},
                          State::NotMeasured};
    if (judged.pools.isEmpty()) {
        bound.came = QStringLiteral("no observed cycle to pool");
        return bound;
    }
    const BoundPool &pool = judged.pools.constLast();
    bound.came = pool.text(claim);
    bound.state = pool.excludes(claim)   ? State::Broken
                  : pool.supports(claim) ? State::Holds
                  : isOpen               ? State::Open
                                         : State::NotMeasured;
    return bound;
}

SeriesCriterion costOf(const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    const auto &budget = judged.definition.budgets.cost;
    const QString sum = QString::number(counts.cost, 'f', 2);
    return {QStringLiteral("Cost"),
            budget ? QStringLiteral("at most %1").arg(QString::number(*budget, 'f', 2))
                   : QStringLiteral("no budget"),
            counts.hasCost ? sum : QStringLiteral("not recorded"),
            !counts.hasCost                   ? State::NotMeasured
            : budget && counts.cost > *budget ? State::Broken
                                              : State::Holds};
}

QString verdictSentence(const SeriesJudgement &judged) {
    switch (judged.verdict.verdict) {
    case Verdict::Proven:
        return QStringLiteral("The claim is proven by the evidence of these runs.");
    case Verdict::UnprovenPass:
        return judged.counts.reds == 0
                   ? QStringLiteral("Nothing failed, and the evidence is not enough to prove the claim.")
                   : QStringLiteral("No more runs failed than is allowed, and the evidence is not enough to "
                                    "prove the claim.");
    case Verdict::Fail:
        return QStringLiteral("The evidence shows that the claim does not hold.");
    case Verdict::InvalidEvidence:
        return QStringLiteral("Some evidence contradicts itself, so nothing can be said.");
    case Verdict::Incomplete:
        return QStringLiteral("The series is not complete, so nothing can be said yet.");
    case Verdict::NoEvidence:
        return QStringLiteral(
            "Too many runs left no evidence, so the series says nothing about the release.");
    }
    return {};
}

QString engineersText(const SeriesJudgement &judged) {
    QStringList parts;
    for (const SeriesHole &hole : holesOf(judged)) {
        if (hole.last - hole.first < 2)
            continue;
        parts << QStringLiteral("%1 to %2: %3 in a row %4.")
                     .arg(slotTimeText(judged.table.slotList.at(hole.first).at),
                          slotTimeText(judged.table.slotList.at(hole.last).at),
                          countOf(hole.last - hole.first + 1, "slot"),
                          hole.isMissed ? QStringLiteral("without a run")
                                        : QStringLiteral("whose runs hold no evidence"));
    }
    for (const SeriesChange &change : judged.changes)
        parts << QStringLiteral("%1 changed with run %2, from %3 to %4%5.")
                     .arg(change.measure == kWholeRun ? QStringLiteral("Duration")
                                                      : QStringLiteral("The measure %1").arg(change.measure))
                     .arg(judged.runs.at(change.run).ordinal)
                     .arg(change.point.before, 0, 'g', 4)
                     .arg(change.point.after, 0, 'g', 4)
                     .arg(change.suspects.isEmpty()
                              ? QStringLiteral("; no recorded fact changed there")
                              : QStringLiteral("; suspects: ") + change.suspects.join(QStringLiteral(", ")));
    if (!judged.pools.isEmpty())
        parts << QStringLiteral("Pooled bound: %1.")
                     .arg(judged.pools.constLast().text(judged.definition.claim));
    if (parts.isEmpty())
        parts << QStringLiteral(
            "No change was found in the durations or in the share of runs with evidence.");
    return parts.mid(0, 8).join(QLatin1Char(' '));
}

} // namespace

QString criterionStateName(State state) {
    switch (state) {
    case State::Holds:
        return QStringLiteral("holds");
    case State::Broken:
        return QStringLiteral("broken");
    case State::Open:
        return QStringLiteral("open");
    case State::NotMeasured:
        break;
    }
    return QStringLiteral("not measured");
}

QList<SeriesCriterion> criteriaOf(const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    const bool isOpen = counts.slotsToCome > 0;
    return {
        budgetOf(QStringLiteral("Runs that FAIL"), judged.definition.budgets.reds, counts.reds, counts.runs,
                 isOpen),
        budgetOf(QStringLiteral("Slots without evidence"), judged.definition.budgets.withoutEvidence,
                 counts.withoutEvidence, counts.slotsDue, isOpen),
        budgetOf(QStringLiteral("Runs with invalid evidence"), 0, counts.invalid, counts.runs, isOpen),
        budgetOf(QStringLiteral("Runs with incomplete evidence"), 0, counts.incomplete, counts.runs, isOpen),
        boundOf(judged, isOpen),
        costOf(judged)};
}

SeriesStory storyOf(const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    const auto open = std::count_if(judged.alarms.begin(), judged.alarms.end(),
                                    [](const Alarm &alarm) { return alarm.isLoud(); });
    const auto claimedInVain =
        std::count_if(judged.runs.begin(), judged.runs.end(), [](const SeriesRun &run) {
            return run.claimedPass == true && !run.hasEvidence && !run.isRunning;
        });
    SeriesStory story;
    story.forEverybody =
        QStringLiteral(
            "The release was tested again and again: %1 claimed a success. %2 of them left nothing "
            "behind that could be checked. %3")
            .arg(countOf(counts.claimedPass, "run"))
            .arg(claimedInVain)
            .arg(verdictSentence(judged));
    story.forDecisions =
        QStringLiteral("%1 Of %2 that were due, %3 hold no evidence (%4 without any run); at most %5 were "
                       "allowed. %6 failed. %7 still open. Cost: %8.")
            .arg(verdictSentence(judged), countOf(counts.slotsDue, "slot"))
            .arg(counts.withoutEvidence)
            .arg(counts.missed)
            .arg(judged.definition.budgets.withoutEvidence)
            .arg(countOf(counts.reds, "run"),
                 open == 1 ? QStringLiteral("1 alarm is") : QStringLiteral("%1 alarms are").arg(open),
                 counts.hasCost ? QString::number(counts.cost, 'f', 2) : QStringLiteral("not recorded"));
    story.forEngineers = engineersText(judged);
    return story;
}

QList<SeriesHole> holesOf(const SeriesJudgement &judged) {
    QList<SeriesHole> holes;
    const QList<SeriesSlot> &all = judged.table.slotList;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const SeriesSlot &slot = all.at(i);
        if (!slot.isDue() || slot.holdsEvidence(judged.runs))
            continue;
        const bool isMissed = slot.state == SlotState::Missed;
        if (!holes.isEmpty() && holes.constLast().last == i - 1 && holes.constLast().isMissed == isMissed)
            holes.last().last = i;
        else
            holes << SeriesHole{i, i, isMissed};
    }
    return holes;
}

QString slotTimeText(const QDateTime &at) {
    return QLocale::c().toString(at.toUTC(), QStringLiteral("d MMM yyyy hh:mm"));
}

} // namespace slipway
