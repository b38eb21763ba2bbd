// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriespage.h"
#include "app/pages/write/htmlwriter.h"
#include "models/core/countof.h"
#include "models/core/quantitytext.h"
#include "models/evidence/bounds.h"
#include "models/series/seriescriteria.h"

#include <array>

namespace slipway {

namespace {

void writeBar(HtmlWriter &html) {
    html.open("header", {{"class", QStringLiteral("bar")}});
    html.open("nav", {{"aria-label", QStringLiteral("Runs")}});
    html.element("a", QStringLiteral("All runs"), {{"href", QStringLiteral("../../runs/index.html")}});
    html.close();
    html.open("nav", {{"aria-label", QStringLiteral("Sections")}, {"class", QStringLiteral("sections")}});
    for (const auto &[anchor, name] :
         {std::pair{"criteria", "Criteria"}, std::pair{"slots", "Slots"}, std::pair{"story", "What it means"},
          std::pair{"charts", "Charts"}, std::pair{"alarms", "Alarms"}, std::pair{"bound", "Bound"},
          std::pair{"runs", "Runs"}})
        html.element("a", QString::fromLatin1(name),
                     {{"href", QLatin1Char('#') + QString::fromLatin1(anchor)}});
    html.close();
    html.close();
}

// The verdict's sentence, with a capital letter and a full stop.
QString sentence(QString text) {
    if (text.isEmpty())
        return text;
    text[0] = text.at(0).toUpper();
    return text + QLatin1Char('.');
}

QString spanText(const SeriesJudgement &judged) {
    const QList<SeriesSlot> &all = judged.table.slotList;
    if (all.isEmpty())
        return QStringLiteral("No slot yet.");
    QString text = QStringLiteral("%1 to %2 UTC")
                       .arg(slotTimeText(all.constFirst().at), slotTimeText(all.constLast().at));
    if (judged.definition.schedule.isValid())
        text += QStringLiteral(", schedule %1%2")
                    .arg(judged.definition.schedule.text(), judged.definition.isScheduleInferred
                                                                ? QStringLiteral(" (inferred from the runs)")
                                                                : QString());
    return text + QLatin1Char('.');
}

// One number a tile: how many slots are in each state.
void writeCounts(HtmlWriter &html, const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    const std::array<std::pair<const char *, qint64>, 7> tiles{{{"slots", counts.slotsInAll},
                                                                {"without evidence", counts.withoutEvidence},
                                                                {"missed", counts.missed},
                                                                {"late", counts.late},
                                                                {"doubled", counts.doubled},
                                                                {"excused", counts.excused},
                                                                {"to come", counts.slotsToCome}}};
    html.open("dl", {{"class", QStringLiteral("tiles")}});
    for (const auto &[name, count] : tiles) {
        html.open("div");
        html.element("dt", QString::fromLatin1(name));
        html.element("dd", numberText(count));
        html.close();
    }
    html.close();
}

void writeFact(HtmlWriter &html, const QString &name, const QString &value) {
    html.element("dt", name);
    html.element("dd", value.isEmpty() ? QStringLiteral("not recorded") : value);
}

void writeFacts(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    const SeriesDefinition &definition = judged.definition;
    html.open("section", {{"id", QStringLiteral("facts")}, {"class", QStringLiteral("card")}});
    html.element("h2", QStringLiteral("Facts"));
    html.open("dl");
    writeFact(
        html, QStringLiteral("Claim"),
        QStringLiteral("%1 of the acknowledged writes converge, per cycle").arg(shareText(definition.claim)));
    writeFact(html, QStringLiteral("Ref"), definition.plan.ref);
    writeFact(
        html, QStringLiteral("Grace"),
        QStringLiteral("%1 after a slot").arg(durationText(definition.graceSeconds * 1000, SpanTo::Second)));
    writeFact(html, QStringLiteral("Runs"),
              QStringLiteral("%1, %2 published").arg(judged.counts.runs).arg(content.published.size()));
    writeFact(html, QStringLiteral("Last drill"), drillText(content.judged.lastDrill));
    html.close();
    html.element("p", QStringLiteral("Check it yourself, in a clone of this site:"),
                 {{"class", QStringLiteral("command")}});
    html.element("pre", QStringLiteral("slipwayctl verify ./series/%1").arg(definition.name));
    html.close();
}

} // namespace

void writeSeriesHeader(HtmlWriter &html, const SeriesPageContent &content) {
    const SeriesJudgement &judged = content.judged;
    writeBar(html);
    html.open("main");
    html.open("div", {{"class", QStringLiteral("answer")}});
    html.open("h1");
    html.open("span", {{"class", QStringLiteral("kicker")}});
    html.text(QStringLiteral("Series "));
    html.element("b", judged.definition.name);
    html.close();
    html.verdict(judged.verdict.verdict, "large");
    html.close();
    html.element("span",
                 QStringLiteral("%1 of %2 a pass")
                     .arg(judged.counts.claimedPass)
                     .arg(countOf(judged.counts.runs, "run claims", "runs claim")),
                 {{"class", QStringLiteral("claimed")}});
    html.element("p", sentence(judged.verdict.head), {{"class", QStringLiteral("why")}});
    html.element("p", spanText(judged), {{"class", QStringLiteral("claim")}});
    html.close();
    writeCounts(html, judged);
    html.open("div", {{"class", QStringLiteral("first")}});
    writeCriteria(html, content);
    writeFacts(html, content);
    html.close();
}

} // namespace slipway
