// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/checktables.h"
#include "app/pages/write/htmlwriter.h"
#include "models/evidence/verdictclaim.h"

#include <algorithm>

namespace slipway {

namespace {

// So much of a sentence that what follows it stays on the first screen; its check says all of it.
constexpr qsizetype kReasonLength = 150;
constexpr qsizetype kClaimLength = 240;

QString claimedText(const Judgement &judgement) {
    if (!judgement.claimedPass)
        return QStringLiteral("No summary says how it ended");
    const QString otherwise = claimedOtherwise(judgement.verdict, judgement.claimedPass);
    return QStringLiteral("The summary ") + (!otherwise.isEmpty()     ? otherwise
                                             : *judgement.claimedPass ? QStringLiteral("claims a pass, too")
                                                                      : QStringLiteral("claims a fail, too"));
}

void writeBar(HtmlWriter &html, const RunPageContent &content) {
    const auto section = [&](const QString &anchor, const QString &name) {
        html.element("a", name, {{"href", QLatin1Char('#') + anchor}});
    };
    html.open("header", {{"class", QStringLiteral("bar")}});
    html.open("nav", {{"aria-label", QStringLiteral("Runs")}});
    html.element("a", QStringLiteral("All runs"),
                 {{"href", QStringLiteral("../index.html#run-") + anchorOf(content.run.id)}});
    if (content.manifest.previous) {
        const QString &previous = content.manifest.previous->campaign;
        html.element("a", QStringLiteral("Before: %1").arg(clippedText(previous, 40)),
                     {{"href", QStringLiteral("../%1/index.html")
                                   .arg(QString::fromLatin1(previous.toUtf8().toPercentEncoding()))}});
    }
    html.close();
    html.open("nav", {{"aria-label", QStringLiteral("Sections")}, {"class", QStringLiteral("sections")}});
    section(QStringLiteral("cause"), content.run.judgement.verdict == Verdict::Proven
                                         ? QStringLiteral("What is proven")
                                         : QStringLiteral("Cause"));
    if (content.record.insight)
        section(QStringLiteral("focus"), QStringLiteral("Analysis"));
    for (int phase = 1; phase <= 4; ++phase)
        section(QStringLiteral("phase-%1").arg(phase), phaseName(phase));
    section(QStringLiteral("files"), QStringLiteral("Artefacts"));
    html.close();
    html.close();
}

// One line: what a phase came to.
QString stepText(const RunPageContent &content, const PhaseJudgement *judgement, int phase) {
    if (!judgement)
        return QStringLiteral("not part of this campaign");
    QList<Check> checks;
    qsizetype missing = 0;
    for (const Check &check : content.run.judgement.checks) {
        if (check.phase != phase)
            continue;
        checks.append(check);
        missing += check.flaw == Check::Flaw::Missing ? 1 : 0;
    }
    if (missing == checks.size() && missing > 0)
        return missing == 1 ? checks.constFirst().reason
                            : QStringLiteral("%1 reports are missing").arg(missing);
    return countText(checks);
}

void writeSteps(HtmlWriter &html, const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    html.open("nav", {{"aria-label", QStringLiteral("Phases")}});
    html.open("ol", {{"class", QStringLiteral("steps")}});
    for (int phase = 1; phase <= 4; ++phase) {
        const PhaseJudgement *of = phaseJudgementOf(content, phase);
        const Verdict verdict = of ? of->verdict : Verdict::NoEvidence;
        const bool isBlamed = judgement.blamedPhase == phase && judgement.verdict != Verdict::Proven;
        html.open("li", {{"class", isBlamed ? QStringLiteral("blamed ") + verdictClass(judgement.verdict)
                                            : QString()}});
        html.open("a", {{"href", QStringLiteral("#phase-%1").arg(phase)}});
        html.mark(verdict);
        html.element("b", phaseName(phase));
        html.element("span", verdictName(verdict),
                     {{"class", QStringLiteral("word ") + verdictClass(verdict)}});
        html.element("span", clippedText(stepText(content, of, phase), 60),
                     {{"class", QStringLiteral("detail")}});
        html.close();
        html.close();
    }
    html.close();
    html.close();
}

} // namespace

void writeHeader(HtmlWriter &html, const RunPageContent &content) {
    const Judgement &judgement = content.run.judgement;
    writeBar(html, content);
    html.open("main");
    html.open("div", {{"class", QStringLiteral("answer")}});
    html.open("h1");
    html.open("span", {{"class", QStringLiteral("kicker")}});
    html.text(QStringLiteral("Campaign "));
    html.element("b", content.run.id);
    html.close();
    html.verdict(judgement.verdict, "large");
    html.close();
    html.element("span", claimedText(judgement), {{"class", QStringLiteral("claimed")}});
    html.element("p", clippedText(judgement.reason, kReasonLength) + QLatin1Char('.'),
                 {{"class", QStringLiteral("why")}});
    if (const QString claim = claimSentence(judgement.verdict, judgement.claim); !claim.isEmpty())
        html.element("p", clippedText(claim, kClaimLength), {{"class", QStringLiteral("claim")}});
    html.close();
    writeSteps(html, content);
}

} // namespace slipway
