// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/htmlwriter.h"
#include "app/exporter/runpage.h"
#include "models/campaign/publishedsummary.h"
#include "models/evidence/verdictclaim.h"

namespace slipway {

namespace {

QString saidSentence(const std::optional<bool> &claimed) {
    if (!claimed)
        return QStringLiteral("nothing: no summary says how it ended");
    return *claimed ? QStringLiteral("PASS") : QStringLiteral("FAIL");
}

void term(HtmlWriter &html, const QString &name, const QString &value) {
    if (value.isEmpty())
        return;
    html.element("dt", name);
    html.element("dd", value);
}

// Where a campaign of ours was smaller than the field's; a reader should know before believing a tick.
QString smallerThanTheField(const Expectation &own) {
    const Expectation field = Expectation::published();
    QStringList parts;
    const auto compare = [&](const char *what, qint64 value, qint64 usual) {
        if (value < usual)
            parts << QStringLiteral("%1 %2 (the field: %3)").arg(value).arg(QLatin1String(what)).arg(usual);
    };
    compare("cycles for each fault", own.cycles, field.cycles);
    compare("writes in a cycle", own.writesPerCycle, field.writesPerCycle);
    compare("writes in phase 2", own.federationWrites, field.federationWrites);
    compare("memories in phase 3", own.memories, field.memories);
    return parts.join(QStringLiteral(", "));
}

void writePhaseLinks(HtmlWriter &html, const Judgement &judgement) {
    html.open("nav", {{"aria-label", QStringLiteral("Phases")}});
    html.open("ul", {{"class", QStringLiteral("phases")}});
    for (const PhaseJudgement &phase : judgement.phases) {
        html.open("li");
        html.element("a", QStringLiteral("Phase %1").arg(phase.phase),
                     {{"href", QStringLiteral("#phase-%1").arg(phase.phase)}});
        html.verdict(phase.verdict);
        html.element("span", phase.headline);
        html.close();
    }
    html.close();
    html.close();
}

} // namespace

void writeHeader(HtmlWriter &html, const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    const PublishedSummary summary = readPublishedSummary(content.run.files);
    const QString ref = summary.ref.isEmpty() ? content.record.summary.ref : summary.ref;
    const QDateTime completed =
        summary.completedAt.isValid() ? summary.completedAt : content.record.summary.finishedAt;
    html.open("header");
    html.element("a", QStringLiteral("All runs"), {{"href", QStringLiteral("../index.html")}});
    html.element("h1", QStringLiteral("Campaign %1").arg(content.run.id));
    html.open("div", {{"class", QStringLiteral("verdicts")}});
    html.verdict(judgement.verdict, "large");
    html.element("span", QStringLiteral("The summary says ") + saidSentence(judgement.claimedPass),
                 {{"class", QStringLiteral("claim")}});
    html.close();
    html.element("p", judgement.reason + QStringLiteral("."));
    if (const QString claim = claimSentence(judgement.verdict, judgement.claim); !claim.isEmpty())
        html.element("p", claim);
    html.open("dl");
    term(html, QStringLiteral("ai-memory ref"), ref);
    if (completed.isValid())
        term(html, QStringLiteral("Completed at"),
             completed.toUTC().toString(Qt::ISODate) +
                 (summary.completedAt.isValid() && summary.isUtcAssumed
                      ? QStringLiteral(" (it tells no time zone, so UTC is assumed)")
                      : QString()));
    term(html, QStringLiteral("Overall pass"), saidSentence(judgement.claimedPass));
    term(html, QStringLiteral("Judged"),
         QStringLiteral("from the bytes in this folder, by rules version %1").arg(judgement.rulesVersion));
    qint64 seconds = 0;
    for (const PhaseSpan &span : content.spans)
        seconds += span.startedAt.secsTo(span.finishedAt);
    if (seconds > 0)
        term(html, QStringLiteral("Phases took"), secondsText(seconds));
    if (content.plan)
        term(html, QStringLiteral("Smaller than the field's"),
             smallerThanTheField(expectationOf(content.plan)));
    html.close();
    writePhaseLinks(html, judgement);
    html.close();
}

} // namespace slipway
