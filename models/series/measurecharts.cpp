// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/measurecharts.h"

#include "models/core/countof.h"
#include "models/series/controlcharts.h"

namespace slipway {

namespace {

QString number(double value, int decimals) {
    return QString::number(value, 'f', decimals);
}

void addMeasure(QList<SeriesChart> &charts, SeriesChart chart, const QList<SeriesRun> &runs,
                const QString &measure, const QString &what) {
    std::optional<double> last;
    for (SeriesChart::Point &point : chart.points) {
        const QMap<QString, double> &measures = runs.at(point.run).measures;
        if (const auto it = measures.constFind(measure); it != measures.constEnd())
            point.value = last = *it;
    }
    if (!last)
        return;
    chart.answer = number(*last, chart.decimals) + chart.unit;
    chart.note =
        QStringLiteral("No rule: shown only. %1; median of a run's cycles. Above: the last run.").arg(what);
    chart.fit(true);
    charts << chart;
}

// Kinds of log lines that no run before had: what a new fault says is among them before it is understood.
void addLogKinds(QList<SeriesChart> &charts, SeriesChart chart, const QList<SeriesRun> &runs) {
    QSet<quint64> known;
    std::optional<qsizetype> last;
    for (SeriesChart::Point &point : chart.points) {
        const QList<quint64> &kinds = runs.at(point.run).logKinds;
        const qsizetype before = known.size();
        known.unite(QSet<quint64>(kinds.begin(), kinds.end()));
        if (kinds.isEmpty() || before == 0)
            continue; // all are new in the first run that has logs
        last = known.size() - before;
        point.value = static_cast<double>(*last);
    }
    if (!last)
        return;
    chart.answer = QString::number(*last);
    chart.note =
        QStringLiteral("No rule: shown only. Kinds of lines that no run before had in its logs. Above: "
                       "the last run; Compare shows the lines.");
    chart.fit(true);
    charts << chart;
}

// The same chart as the rule `cost` reads.
void addCost(QList<SeriesChart> &charts, SeriesChart chart, const SeriesJudgement &judged) {
    if (!judged.counts.hasCost)
        return;
    JumpChart jump;
    qsizetype out = 0;
    for (SeriesChart::Point &point : chart.points) {
        point.value = judged.runs.at(point.run).cost;
        point.isOut = point.value && jump.add(*point.value);
        out += point.isOut ? 1 : 0;
    }
    if (const auto limit = jump.limit())
        chart.limits << SeriesChart::Limit{*limit, QStringLiteral("limit %1").arg(number(*limit, 2))};
    chart.answer = QStringLiteral("%1 in total").arg(number(judged.counts.cost, 2));
    chart.note = QStringLiteral("Rule cost: limit from the median of the first 20 runs; %1 above it.")
                     .arg(countOf(out, "run"));
    chart.fit(true);
    charts << chart;
}

} // namespace

QList<SeriesChart> measureCharts(const SeriesJudgement &judged, const QList<QDateTime> &places) {
    const auto chart = [&](const char *id, const char *title, const char *unit, int decimals) {
        return SeriesChart::over(QLatin1String(id), QLatin1String(title), QLatin1String(unit), decimals,
                                 places);
    };
    QList<SeriesChart> charts;
    addMeasure(charts, chart("latency-p50", "Latency, p50", " ms", 1), judged.runs, kLatencyP50,
               QStringLiteral("Acknowledged writes of phase 4"));
    addMeasure(charts, chart("latency-p99", "Latency, p99", " ms", 1), judged.runs, kLatencyP99,
               QStringLiteral("Acknowledged writes of phase 4"));
    addMeasure(charts, chart("settle", "Settle time", " s", 1), judged.runs, kSettleTime,
               QStringLiteral("From a burst's end until all nodes agree"));
    addLogKinds(charts, chart("log-kinds", "New kinds of log lines", "", 0), judged.runs);
    addCost(charts, chart("cost", "Cost of a run", "", 2), judged);
    return charts;
}

} // namespace slipway
