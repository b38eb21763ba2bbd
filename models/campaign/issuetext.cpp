// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/issuetext.h"
#include "models/campaign/markdown.h"
#include "models/evidence/verdictclaim.h"

namespace slipway {

namespace {

constexpr int kChecks = 20;

} // namespace

QString issueText(const CampaignRecord &record, const CampaignEntry &entry) {
    const CampaignSummary &summary = entry.summary;
    const QString verdict = summary.verdict ? verdictName(*summary.verdict) : runStateName(summary.state);
    const QString claim = summary.verdict ? claimSentence(*summary.verdict, summary.claim) : QString();
    QString text = QStringLiteral("## %1: %2\n\n%3\n\n")
                       .arg(markdownCode(summary.id), verdict, markdownCode(summary.reason));
    const auto line = [&text](const QString &title, const QString &value) {
        if (!value.isEmpty())
            text += QStringLiteral("- %1: %2\n").arg(title, value);
    };
    line(QStringLiteral("ref"), summary.ref.isEmpty() ? QString() : markdownCode(summary.ref));
    line(QStringLiteral("verdict of"), claim.isEmpty() ? QString() : markdownCode(claim));
    line(QStringLiteral("its summary says"), !summary.claimedPass   ? QStringLiteral("nothing")
                                             : *summary.claimedPass ? QStringLiteral("pass")
                                                                    : QStringLiteral("fail"));
    line(QStringLiteral("red since"),
         entry.needsLook()
             ? QStringLiteral("%1 (%2 runs)").arg(markdownCode(entry.redSince)).arg(entry.redRuns)
             : QString());
    line(QStringLiteral("failed the same way"),
         entry.alike > 1 ? QStringLiteral("%1 campaigns").arg(entry.alike) : QString());
    line(QStringLiteral("class"),
         summary.triage.failureClass ? failureClassName(*summary.triage.failureClass) : QString());
    line(QStringLiteral("note"),
         summary.triage.note.isEmpty() ? QString() : markdownCode(summary.triage.note));
    if (!record.judgement)
        return text;
    text += QStringLiteral("\nChecks that do not hold:\n\n");
    int listed = 0;
    for (const Check &check : record.judgement->checks) {
        if (check.outcome == Check::Outcome::Pass)
            continue;
        if (listed == kChecks) {
            text += QStringLiteral("- … and more\n");
            break;
        }
        text += checkAsMarkdown(record, check, check.phase == record.judgement->blamedPhase);
        ++listed;
    }
    return text +
           QStringLiteral("\nJudged by Slipway's rules %1 from the evidence alone; `slipwayctl show %2` "
                          "shows every check.\n")
               .arg(record.judgement->rulesVersion)
               .arg(summary.id);
}

} // namespace slipway
