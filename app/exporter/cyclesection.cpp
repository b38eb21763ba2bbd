// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/htmlwriter.h"
#include "app/exporter/linechart.h"
#include "app/exporter/runpage.h"
#include "models/cycles/cycleline.h"
#include "models/cycles/cycletablemodel.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kRows = 1000; // of the table; all of them are in the file beside

// What a cycle kept of what it acknowledged; by counts of rows where writes were not looked for.
std::optional<double> shareOf(const Cycle &cycle) {
    if (!cycle.ok || *cycle.ok < 1)
        return std::nullopt;
    const auto acked = static_cast<double>(*cycle.ok);
    if (cycle.converged)
        return static_cast<double>(*cycle.converged) / acked;
    if (!cycle.rows.at(1) || !cycle.rows.at(2))
        return std::nullopt;
    return std::min(1.0, static_cast<double>(std::min(*cycle.rows.at(1), *cycle.rows.at(2))) / acked);
}

LineChart chartOf(const QList<Cycle> &cycles, const QString &fault, double threshold,
                  std::optional<double> bound) {
    LineChart chart;
    chart.title =
        QStringLiteral("Share of the acknowledged writes that every survivor holds, cycle by cycle: %1")
            .arg(fault);
    chart.threshold = threshold;
    chart.thresholdName = QStringLiteral("threshold %1").arg(threshold);
    chart.bound = bound;
    if (bound)
        chart.boundName = QStringLiteral("95 % bound %1").arg(boundText(*bound));
    chart.xName = QStringLiteral("cycle");
    for (const Cycle &cycle : cycles)
        chart.points.append({static_cast<double>(cycle.number), shareOf(cycle)});
    return chart;
}

void writeRows(HtmlWriter &html, const QList<Cycle> &cycles) {
    CycleTableModel model;
    model.setCycles(cycles.first(std::min(cycles.size(), kRows)));
    html.open("table");
    html.element("caption", QStringLiteral("Cycles"));
    html.open("thead");
    html.open("tr");
    html.element("th", QStringLiteral("Kept"), {{"scope", QStringLiteral("col")}});
    for (int column = 0; column < model.columnCount(); ++column)
        html.element("th", model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                     {{"scope", QStringLiteral("col")}, {"class", QStringLiteral("number")}});
    html.close();
    html.close();
    html.open("tbody");
    for (int row = 0; row < model.rowCount(); ++row) {
        const CycleOutcome outcome = outcomeOf(model.cycles().at(row));
        html.open("tr");
        html.element("td",
                     outcome == CycleOutcome::Kept   ? QStringLiteral("✓ all")
                     : outcome == CycleOutcome::Lost ? QStringLiteral("✗ lost some")
                                                     : QStringLiteral("– not known"),
                     {{"class", outcome == CycleOutcome::Kept   ? QStringLiteral("result proven")
                                : outcome == CycleOutcome::Lost ? QStringLiteral("result fail")
                                                                : QStringLiteral("result none")}});
        for (int column = 0; column < model.columnCount(); ++column)
            html.element("td", model.data(model.index(row, column), Qt::DisplayRole).toString(),
                         {{"class", QStringLiteral("number")}});
        html.close();
    }
    html.close();
    html.close();
}

} // namespace

void writeCycles(HtmlWriter &html, const RunPageContent &content, const QString &fault) {
    const auto file = std::find_if(content.run.files.begin(), content.run.files.end(),
                                   [&](const EvidenceFile &f) { return faultOfCycleFile(f.name) == fault; });
    const CycleFile read = readCycleFile(*file);
    std::optional<double> bound;
    for (const Check &check : content.run.judgement.checks) {
        if (check.id == QStringLiteral("phase4.bound.") + fault)
            bound = check.bound;
    }
    html.element("h3", QStringLiteral("Cycles: %1").arg(fault));
    if (!read.problem.isEmpty())
        html.element("p", read.problem);
    if (read.cycles.isEmpty())
        return;
    html.open("figure");
    writeChart(html, chartOf(read.cycles, fault, expectationOf(content.plan).convergenceMin, bound));
    html.close();
    html.open("details");
    html.element("summary",
                 QStringLiteral("All %1 cycles of %2 as a table").arg(read.cycles.size()).arg(fault));
    html.open("div", {{"class", QStringLiteral("wide")},
                      {"tabindex", QStringLiteral("0")},
                      {"role", QStringLiteral("region")},
                      {"aria-label", QStringLiteral("Cycles of %1").arg(fault)}});
    writeRows(html, read.cycles);
    html.close();
    if (read.cycles.size() > kRows)
        html.element("p", QStringLiteral("The first %1; all of them are in %2.").arg(kRows).arg(file->name));
    html.close();
}

} // namespace slipway
