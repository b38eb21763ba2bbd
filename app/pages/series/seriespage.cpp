// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriespage.h"

#include "app/pages/series/seriesmanifest.h"
#include "app/pages/series/slotcalendar.h"
#include "app/pages/series/timechart.h"
#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "models/evidence/judge.h"
#include "models/series/alarmrules.h"
#include "models/series/seriescriteria.h"

namespace slipway {

namespace {

void writeStory(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesStory story = storyOf(content.judged);
    html.open("section", {{"id", QStringLiteral("story")}, {"class", QStringLiteral("card story")}});
    html.element("h2", QStringLiteral("What it means"));
    html.open("div", {{"class", QStringLiteral("columns")}});
    for (const auto &[audience, text] : {std::pair{"For everybody", story.forEverybody},
                                         std::pair{"For decision makers", story.forDecisions},
                                         std::pair{"For engineers", story.forEngineers}}) {
        html.open("div");
        html.element("h3", QString::fromLatin1(audience));
        html.element("p", text);
        html.close();
    }
    html.close();
    html.close();
}

void writeCharts(HtmlWriter &html, const SeriesPageContent &content) {
    html.open("section", {{"id", QStringLiteral("charts")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Bound, evidence and durations"));
    html.element(
        "p",
        QStringLiteral("All charts have the same axis of time, UTC. A dot is a run, a cross lies beyond a "
                       "limit, and what was not measured is hatched."),
        {{"class", QStringLiteral("muted")}});
    for (const SeriesChart &chart : chartsOf(content.judged))
        writeTimeChart(html, content, chart);
    html.close();
}

} // namespace

QByteArray seriesPage(const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    HtmlWriter html;
    writeSeriesHeader(html, content);
    writeSlotCalendar(html, content);
    writeStory(html, content);
    writeHoles(html, content);
    writeCharts(html, content);
    writeAlarms(html, content);
    writePools(html, content);
    writeChanges(html, content);
    writeRuns(html, content);
    html.close(); // main, which the header opens
    html.open("footer");
    html.element(
        "p", QStringLiteral(
                 "Written by Slipway %1 from the published runs and this folder's %2, as of %3 UTC; "
                 "layout %4, rules version %5, alarm rules version %6. \"slipwayctl verify\" derives all of "
                 "it again.")
                 .arg(content.toolVersion, kSeriesSource, dayTimeText(content.source.judgedAt))
                 .arg(kReportLayout)
                 .arg(kRulesVersion)
                 .arg(kAlarmRulesVersion));
    html.close();
    return html.page(
        {QStringLiteral("%1: %2").arg(verdictName(judged.verdict.verdict), judged.definition.name),
         judged.verdict.head, QStringLiteral("../../runs/"), QString(), false, QStringLiteral("series.css")});
}

QString runAddress(const SeriesPageContent &content, const SeriesRun &run) {
    if (!content.published.contains(run.id))
        return {};
    return QStringLiteral("../../runs/%1/%2")
        .arg(QString::fromLatin1(run.id.toUtf8().toPercentEncoding()),
             content.withPage.contains(run.id) ? QStringLiteral("index.html") : QString());
}

void writeRunLink(HtmlWriter &html, const SeriesPageContent &content, const SeriesRun &run,
                  const QString &label) {
    const QString address = runAddress(content, run);
    if (address.isEmpty())
        html.text(label);
    else
        html.element("a", label, {{"href", address}});
}

QString dayTimeText(const QDateTime &at) {
    return at.isValid() ? at.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                        : QStringLiteral("not recorded");
}

void writeTable(HtmlWriter &html, const QString &caption, const QStringList &head,
                const QList<QStringList> &rows) {
    openTable(html, caption, "plain", head);
    for (const QStringList &row : rows) {
        html.open("tr");
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == 0)
                html.element("th", row.at(i), {{"scope", QStringLiteral("row")}});
            else
                html.element("td", row.at(i));
        }
        html.close();
    }
    closeTable(html);
}

} // namespace slipway
