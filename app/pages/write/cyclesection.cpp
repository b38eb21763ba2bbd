// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/causepicture.h"
#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "app/pages/write/linechart.h"
#include "models/cycles/cycletablemodel.h"

#include <QSet>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qsizetype kClasses = 4; // that have a line each
constexpr qsizetype kRows = 2400; // of all tables together; all of them are in the files of this folder

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

// A row: what a reader looks for in a cycle; all of it is in the file itself.
struct CycleColumn {
    const char *name;
    std::optional<qint64> (*value)(const Cycle &);
};

constexpr std::array<CycleColumn, 4> kColumns{
    {{"Acknowledged", [](const Cycle &cycle) { return cycle.ok; }},
     {"Converged", [](const Cycle &cycle) { return cycle.converged; }},
     {"In flight", [](const Cycle &cycle) { return cycle.inFlight; }},
     {"Settled in ms", [](const Cycle &cycle) { return cycle.settleMs; }}}};

void writeRow(HtmlWriter &html, const QString &anchor, const Cycle &cycle) {
    const CycleOutcome outcome = outcomeOf(cycle);
    html.open("tr", {{"id", anchor}});
    html.element("td", QString::number(cycle.number));
    if (outcome == CycleOutcome::Kept)
        html.element("td", QStringLiteral("✓"));
    else if (outcome == CycleOutcome::Lost)
        html.element("td", QStringLiteral("✗ lost some"), {{"class", QStringLiteral("result fail")}});
    else
        html.element("td", QStringLiteral("– not known"), {{"class", QStringLiteral("result none")}});
    for (const CycleColumn &column : kColumns) {
        const std::optional<qint64> value = column.value(cycle);
        html.element("td", value ? QString::number(*value) : QStringLiteral("–"));
    }
    html.close();
}

// Those that did not keep all come into the table first, so that no limit leaves one out before another.
QList<Cycle> shownOf(const QList<Cycle> &cycles, qsizetype limit) {
    if (cycles.size() <= limit)
        return cycles;
    QList<Cycle> shown = cycles;
    std::stable_partition(shown.begin(), shown.end(),
                          [](const Cycle &cycle) { return outcomeOf(cycle) != CycleOutcome::Kept; });
    shown.resize(limit);
    std::sort(shown.begin(), shown.end(),
              [](const Cycle &a, const Cycle &b) { return a.source.offset < b.source.offset; });
    return shown;
}

void writeTable(HtmlWriter &html, const QString &fault, const QList<Cycle> &cycles) {
    QStringList columns{QStringLiteral("Cycle"), QStringLiteral("Kept all")};
    for (const CycleColumn &column : kColumns)
        columns << QString::fromLatin1(column.name);
    openTable(html, QStringLiteral("Cycles of %1").arg(fault), "cycles", columns);
    QSet<int> known; // a file may name a number twice; an anchor leads to one place
    for (const Cycle &cycle : cycles) {
        const bool isKnown = known.contains(cycle.number);
        known.insert(cycle.number);
        writeRow(html,
                 isKnown ? cycleAnchor(cycle) + QStringLiteral("~again-%1").arg(cycle.source.offset)
                         : cycleAnchor(cycle),
                 cycle);
    }
    closeTable(html);
}

void writeClass(HtmlWriter &html, const RunPageContent &content, const CycleFile &read, qsizetype limit) {
    std::optional<double> bound;
    for (const Check &check : content.run.judgement.checks) {
        if (check.id == QStringLiteral("phase4.bound.") + read.fault)
            bound = check.bound;
    }
    if (!read.problem.isEmpty())
        html.element("p", read.problem);
    if (read.cycles.isEmpty())
        return;
    html.open("details", {{"id", QStringLiteral("cycles-") + anchorOf(read.fault)}});
    html.element("summary", QStringLiteral("All %1 cycles of %2, as a chart and as a table")
                                .arg(read.cycles.size())
                                .arg(read.fault));
    html.open("figure");
    writeChart(html, chartOf(read.cycles, read.fault, expectationOf(content.plan).convergenceMin, bound));
    html.close();
    writeTable(html, read.fault, shownOf(read.cycles, limit));
    if (read.cycles.size() > limit)
        html.element("p", QStringLiteral("%1 of %2, those that lost something first; all of them are in "
                                         "cycles-%3.jsonl.")
                              .arg(limit)
                              .arg(read.cycles.size())
                              .arg(read.fault));
    html.close();
}

} // namespace

void writeCycles(HtmlWriter &html, const RunPageContent &content) {
    const QList<CycleFile> &files = content.cycles;
    const bool isFolded = files.size() > kClasses;
    if (isFolded) {
        html.open("details");
        html.element("summary", QStringLiteral("Cycles of %1 fault classes").arg(files.size()));
    }
    for (const CycleFile &file : files)
        writeClass(html, content, file, kRows / files.size());
    if (isFolded)
        html.close();
}

} // namespace slipway
