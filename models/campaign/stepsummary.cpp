// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/stepsummary.h"

#include "models/campaign/markdown.h"
#include "models/core/countof.h"
#include "models/evidence/decidingcheck.h"
#include "models/evidence/verdictclaim.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxClasses = 20;
constexpr qsizetype kMaxCycles = 600;
constexpr qsizetype kCyclesInLine = 60;

// A cell of a table ends at a bar, in a code span too (GitHub Flavored Markdown, "Tables").
QString cell(const QString &text) {
    return markdownCode(text).replace(QLatin1Char('|'), QLatin1String("\\|"));
}

QString phaseTable(const Judgement &judgement) {
    QString text = QStringLiteral("| phase | verdict | result | detail |\n|---|---|---|---|\n");
    for (const PhaseJudgement &phase : judgement.phases)
        text += QStringLiteral("| %1 | %2 | %3 | %4 |\n")
                    .arg(phase.phase)
                    .arg(verdictName(phase.verdict), cell(phase.headline), cell(phase.detail));
    return text;
}

QChar markOf(const Cycle &cycle) {
    if (cycle.ok.value_or(0) <= 0 || !cycle.converged || cycle.faultInjected == false)
        return u'?';
    return *cycle.converged < *cycle.ok ? u'x' : u'█';
}

QString cycleStrips(const QList<Cycle> &cycles) {
    QMap<QString, QString> strips;
    qsizetype leftOut = 0;
    for (const Cycle &cycle : cycles) {
        if (!strips.contains(cycle.fault) && strips.size() == kMaxClasses) {
            ++leftOut;
            continue;
        }
        QString &strip = strips[cycle.fault];
        if (strip.size() == kMaxCycles)
            ++leftOut;
        else
            strip += markOf(cycle);
    }
    QString text;
    for (auto it = strips.constBegin(); it != strips.constEnd(); ++it) {
        text += it.key().simplified() + QLatin1Char('\n');
        for (qsizetype from = 0; from < it.value().size(); from += kCyclesInLine)
            text += it.value().mid(from, kCyclesInLine) + QLatin1Char('\n');
    }
    if (leftOut > 0)
        text += QStringLiteral("… and %1\n").arg(countOf(leftOut, "more cycle"));
    return text;
}

} // namespace

QString stepSummary(const CampaignRecord &record) {
    if (!record.judgement)
        return QStringLiteral("## %1: not judged\n").arg(markdownCode(record.summary.id));
    const Judgement &judgement = *record.judgement;
    QString text = QStringLiteral("## %1: %2\n\n%3\n")
                       .arg(markdownCode(record.summary.id), verdictName(judgement.verdict),
                            markdownCode(judgement.reason));
    if (const QString claim = claimSentence(judgement.verdict, judgement.claim); !claim.isEmpty())
        text += QStringLiteral("\n%1\n").arg(markdownCode(claim));
    if (!record.summary.ref.isEmpty())
        text += QStringLiteral("\nref %1\n").arg(markdownCode(record.summary.ref));
    if (const Check *check = decidingCheck(judgement))
        text += QStringLiteral("\n### The check that decided\n\n") + checkAsMarkdown(record, *check, true);
    text += QStringLiteral("\n### Phases\n\n") + phaseTable(judgement);
    if (!record.cycles.isEmpty())
        text += QStringLiteral("\n### Cycles\n\n") + markdownFence(cycleStrips(record.cycles).trimmed()) +
                QStringLiteral(
                    "\n█ every acknowledged write on every survivor, x some are not, ? not measured\n");
    return text;
}

} // namespace slipway
