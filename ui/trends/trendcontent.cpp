// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/trendcontent.h"

#include "ui/common/verdictmark.h"

#include <array>

namespace slipway {

namespace {

// The verdicts that runs have, then what slots can be besides.
QList<std::pair<SlotCell, QString>> legendOf(const SeriesJudgement &judged) {
    std::array<qsizetype, 6> verdicts{};
    for (const SeriesRun &run : judged.runs) {
        if (run.verdict && *run.verdict != Verdict::NoEvidence)
            ++verdicts.at(static_cast<size_t>(*run.verdict));
    }
    QList<std::pair<SlotCell, QString>> legend;
    for (size_t i = 0; i < verdicts.size(); ++i) {
        const auto verdict = static_cast<Verdict>(i);
        if (verdicts.at(i) > 0)
            legend.append({{SlotState::Done, verdict, false, false, 1},
                           QStringLiteral("%1 %2").arg(verdictLabel(verdict).toLower()).arg(verdicts.at(i))});
    }
    const SeriesCounts &counts = judged.counts;
    return legend +
           QList<std::pair<SlotCell, QString>>{{{SlotState::Done, Verdict::NoEvidence, true, false, 0},
                                                QObject::tr("no evidence %1").arg(counts.withoutEvidence)},
                                               {{SlotState::Late, Verdict::UnprovenPass, true, false, 1},
                                                QObject::tr("late %1").arg(counts.late)},
                                               {{SlotState::Done, Verdict::UnprovenPass, true, true, 1},
                                                QObject::tr("doubled %1").arg(counts.doubled)},
                                               {{SlotState::Missed, std::nullopt, false, false, 0},
                                                QObject::tr("missed %1").arg(counts.missed)}};
}

QList<double> timesOf(const SeriesChart &chart) {
    QList<double> times;
    times.reserve(chart.points.size());
    for (const SeriesChart::Point &point : chart.points)
        times << static_cast<double>(point.at.toSecsSinceEpoch());
    return times;
}

} // namespace

std::shared_ptr<const TrendContent> TrendContent::of(std::shared_ptr<const SeriesView> view) {
    auto content = std::make_shared<TrendContent>();
    for (const SeriesSlot &slot : view->judged.table.slotList)
        content->cells << cellOf(slot, view->judged.runs);
    content->legend = legendOf(view->judged);
    for (const SeriesChart &chart : view->charts)
        content->times << timesOf(chart);
    content->view = std::move(view);
    return content;
}

} // namespace slipway
