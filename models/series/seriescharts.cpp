// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriescharts.h"

#include "models/core/countof.h"
#include "models/evidence/bounds.h"
#include "models/series/alarmrules.h"
#include "models/series/measurecharts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace slipway {

namespace {

constexpr int kLines = 3; // of the y axis, above its first

QString number(double value, int decimals) {
    return QString::number(value, 'f', decimals);
}

// Where each run lies on the axis of time.
QList<QDateTime> placesOf(const SeriesJudgement &judged) {
    QList<QDateTime> places(judged.runs.size());
    for (const SeriesSlot &slot : judged.table.slotList) {
        for (const qsizetype run : slot.runs)
            places[run] = slot.at;
    }
    for (qsizetype i = 0; i < places.size(); ++i) {
        if (!places.at(i).isValid())
            places[i] = judged.runs.at(i).moment();
    }
    return places;
}

SeriesChart boundChart(const SeriesJudgement &judged, const QList<QDateTime> &places) {
    SeriesChart chart{QStringLiteral("bound"), QStringLiteral("Lower bound, pooled"), {}, {}, {}, 4, {}, {}};
    const double claim = judged.definition.claim;
    chart.limits << SeriesChart::Limit{claim, QStringLiteral("claimed %1").arg(shareText(claim))};
    QMap<qsizetype, double> looks;
    for (const BoundPool &pool : judged.pools) {
        for (const BoundLook &look : pool.looks)
            looks.insert(look.run, look.lower);
    }
    for (qsizetype i = 0; i < judged.runs.size(); ++i) {
        const auto look = looks.constFind(i);
        chart.points << SeriesChart::Point{
            i, places.at(i), look == looks.constEnd() ? std::nullopt : std::optional(*look), false};
    }
    if (judged.pools.isEmpty()) {
        chart.answer = QStringLiteral("none yet");
        chart.note = QStringLiteral("No cycle that was observed can be pooled.");
    } else {
        const BoundPool &pool = judged.pools.constLast();
        chart.answer = shareText(pool.lower().value_or(0));
        chart.note = QStringLiteral("%1; holds at every look, 95 %; %2.")
                         .arg(pool.text(claim), countOf(pool.cycles(), "cycle"));
        if (judged.pools.size() > 1)
            chart.note += QStringLiteral(" Another server or protocol began a new pool %1.")
                              .arg(countOf(judged.pools.size() - 1, "time"));
    }
    chart.fit();
    chart.to = std::min(1.0, chart.to);
    chart.from = std::clamp(chart.from, 0.0, chart.to - 0.001);
    return chart;
}

SeriesChart evidenceChart(const SeriesJudgement &judged, const QList<QDateTime> &places) {
    SeriesChart chart{QStringLiteral("evidence"), QStringLiteral("Missing evidence"), {}, {}, {}, 1, {}, {}};
    chart.limits << SeriesChart::Limit{kEvidenceLimit,
                                       QStringLiteral("limit %1").arg(number(kEvidenceLimit, 0))};
    BernoulliCusum sum = evidenceCusum();
    qsizetype first = -1;
    bool isOut = false;
    for (qsizetype i = 0; i < judged.runs.size(); ++i) {
        const SeriesRun &run = judged.runs.at(i);
        if (run.isRunning) {
            chart.points << SeriesChart::Point{i, places.at(i), std::nullopt, false};
            continue;
        }
        isOut = sum.add(!run.hasEvidence);
        if (isOut && first < 0)
            first = i;
        chart.points << SeriesChart::Point{i, places.at(i), sum.sum(), isOut};
    }
    chart.answer = isOut        ? QStringLiteral("above its limit")
                   : first >= 0 ? QStringLiteral("below its limit again")
                                : QStringLiteral("below its limit");
    chart.note = QStringLiteral("Running sum %1, 5 % expected, 25 % is the fault").arg(number(sum.sum(), 1));
    if (first >= 0)
        chart.note += QStringLiteral("; first above at run %1").arg(judged.runs.at(first).ordinal);
    chart.note += QLatin1Char('.');
    chart.fit(true);
    return chart;
}

// The durations of runs with evidence, and the limits that are frozen of them.
struct Durations {
    QList<RunSeconds> values;
    QList<qsizetype> runs; // index of each value's run
    std::optional<DurationLimits> limits;
};

Durations durationsOf(const SeriesJudgement &judged) {
    Durations durations;
    for (qsizetype i = 0; i < judged.runs.size(); ++i) {
        const SeriesRun &run = judged.runs.at(i);
        const auto it = run.seconds.constFind(kWholeRun);
        if (run.isRunning || !run.hasEvidence || it == run.seconds.constEnd())
            continue;
        durations.values << RunSeconds{run.ordinal, *it};
        durations.runs << i;
    }
    durations.limits = durationLimits(durations.values, judged.definition.baseline);
    return durations;
}

// What limits wait for.
QString noLimitsText(const SeriesJudgement &judged, const Durations &durations) {
    const auto &range = judged.definition.baseline;
    if (!range)
        return QStringLiteral("Limits come after %1 with evidence; there are %2.")
            .arg(countOf(kBaselineRuns, "run"))
            .arg(durations.values.size());
    return QStringLiteral("No limits yet: too few of %1 are measured.").arg(baselineRunsText(range));
}

void addLimits(SeriesChart &chart, double centre, double half) {
    chart.limits << SeriesChart::Limit{centre + half, number(centre + half, 1)}
                 << SeriesChart::Limit{centre, number(centre, 1), true}
                 << SeriesChart::Limit{centre - half, number(centre - half, 1)};
}

SeriesChart durationChart(const SeriesJudgement &judged, const QList<QDateTime> &places) {
    SeriesChart chart = SeriesChart::over(QStringLiteral("duration"), QStringLiteral("Duration"),
                                          QStringLiteral(" s"), 1, places);
    const Durations durations = durationsOf(judged);
    qsizetype out = 0;
    for (qsizetype i = 0; i < durations.values.size(); ++i) {
        SeriesChart::Point &point = chart.points[durations.runs.at(i)];
        point.value = durations.values.at(i).seconds;
        point.isOut = durations.limits && isOutside(durations.limits->baseline, *point.value);
        out += point.isOut ? 1 : 0;
    }
    if (durations.limits) {
        const Baseline &baseline = durations.limits->baseline;
        addLimits(chart, baseline.centre, 3 * baseline.sigma);
        chart.answer = QStringLiteral("%1 of %2 out").arg(out).arg(durations.values.size());
        chart.note = QStringLiteral("Centre %1 s; limits from %2: %3 to %4 s.")
                         .arg(number(baseline.centre, 1), baselineRunsText(judged.definition.baseline),
                              number(baseline.centre - 3 * baseline.sigma, 1),
                              number(baseline.centre + 3 * baseline.sigma, 1));
    } else {
        chart.answer =
            durations.values.isEmpty() ? QStringLiteral("not measured") : QStringLiteral("no limits yet");
        chart.note = noLimitsText(judged, durations);
    }
    chart.fit();
    return chart;
}

SeriesChart smoothedChart(const SeriesJudgement &judged, const QList<QDateTime> &places) {
    SeriesChart chart = SeriesChart::over(QStringLiteral("ewma"), QStringLiteral("Smoothed duration"),
                                          QStringLiteral(" s"), 1, places);
    const Durations durations = durationsOf(judged);
    chart.answer = QStringLiteral("no limits yet");
    chart.note = QStringLiteral("Weighted mean, 0.2 of each new run.");
    if (!durations.limits)
        return chart;
    const Baseline &baseline = durations.limits->baseline;
    Ewma mean(baseline);
    bool isOut = false;
    for (qsizetype i = durations.limits->last + 1; i < durations.values.size(); ++i) {
        isOut = mean.add(durations.values.at(i).seconds);
        SeriesChart::Point &point = chart.points[durations.runs.at(i)];
        point.value = mean.mean();
        point.isOut = isOut;
    }
    addLimits(chart, baseline.centre, mean.halfWidth());
    chart.answer = isOut ? QStringLiteral("outside") : QStringLiteral("inside");
    chart.note +=
        QStringLiteral(" Limits from %1: %2 to %3 s.")
            .arg(baselineRunsText(judged.definition.baseline), number(baseline.centre - mean.halfWidth(), 1),
                 number(baseline.centre + mean.halfWidth(), 1));
    chart.fit();
    return chart;
}

} // namespace

SeriesChart SeriesChart::over(const QString &id, const QString &title, const QString &unit, int decimals,
                              const QList<QDateTime> &places) {
    SeriesChart chart{id, title, {}, {}, unit, decimals, {}, {}};
    for (qsizetype i = 0; i < places.size(); ++i)
        chart.points << Point{i, places.at(i), std::nullopt, false};
    return chart;
}

void SeriesChart::fit(bool fromZero) {
    double low = fromZero ? 0 : std::numeric_limits<double>::max();
    double high = std::numeric_limits<double>::lowest();
    for (const Point &point : std::as_const(points)) {
        low = std::min(low, point.value.value_or(low));
        high = std::max(high, point.value.value_or(high));
    }
    for (const Limit &limit : std::as_const(limits)) {
        low = std::min(low, limit.value);
        high = std::max(high, limit.value);
    }
    if (low > high)
        return;
    const double room = std::max((high - low) / 20, high == low ? std::max(std::abs(high) / 10, 0.001) : 0.0);
    // The least of 1, 2, 2.5, 5, 10, … that three lines reach all of it with, so that they have round names.
    low -= fromZero ? 0 : room;
    high += room;
    double step = std::pow(10, std::floor(std::log10((high - low) / kLines)));
    constexpr std::array<double, 4> kGrowth{2, 1.25, 2, 2};
    for (size_t turn = 0; turn < 8 && std::floor(low / step) * step + kLines * step < high; ++turn)
        step *= kGrowth.at(turn % kGrowth.size());
    from = std::floor(low / step) * step;
    to = from + kLines * step;
}

bool SeriesChart::isMeasured() const {
    return std::any_of(points.begin(), points.end(),
                       [](const Point &point) { return point.value.has_value(); });
}

QList<SeriesChart> chartsOf(const SeriesJudgement &judged) {
    const QList<QDateTime> places = placesOf(judged);
    QList<SeriesChart> charts{boundChart(judged, places), evidenceChart(judged, places),
                              durationChart(judged, places), smoothedChart(judged, places)};
    charts += measureCharts(judged, places);
    for (SeriesChart &chart : charts) {
        chart.points.removeIf([](const SeriesChart::Point &point) { return !point.at.isValid(); });
        std::stable_sort(chart.points.begin(), chart.points.end(),
                         [](const auto &a, const auto &b) { return a.at < b.at; });
    }
    return charts;
}

QList<SlotDay> slotDays(const SlotTable &table) {
    QList<SlotDay> days;
    for (qsizetype i = 0; i < table.slotList.size(); ++i) {
        const QDate day = table.slotList.at(i).at.toUTC().date();
        if (days.isEmpty() || days.constLast().day != day)
            days << SlotDay{day, {}};
        days.last().slotList << i;
    }
    return days;
}

qint64 dayStart(const QDate &day) {
    return QDate(1970, 1, 1).daysTo(day) * 24 * 3600;
}

std::optional<Verdict> slotVerdict(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    // The worst first: what must not hide behind a better run of the same slot.
    static constexpr std::array kWorst{Verdict::Fail,       Verdict::InvalidEvidence, Verdict::NoEvidence,
                                       Verdict::Incomplete, Verdict::UnprovenPass,    Verdict::Proven};
    for (const Verdict verdict : kWorst) {
        for (const qsizetype run : slot.runs) {
            if (runs.at(run).verdict == verdict)
                return verdict;
        }
    }
    return std::nullopt;
}

QString slotRunsText(const SeriesSlot &slot, const QList<SeriesRun> &runs) {
    if (slot.runs.isEmpty())
        return QStringLiteral("no run");
    QStringList numbers;
    for (const qsizetype run : slot.runs)
        numbers << QString::number(runs.at(run).ordinal);
    return (numbers.size() == 1 ? QStringLiteral("run ") : QStringLiteral("runs ")) +
           numbers.join(QStringLiteral(" and "));
}

} // namespace slipway
