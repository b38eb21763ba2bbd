// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judgeevidence.h"

#include "models/evidence/recoveryfindings.h"
#include "models/evidence/rules.h"
#include "models/evidence/rules_folder.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

std::optional<bool> claimedPass(const QList<EvidenceFile> &files) {
    const rules::Report summary(files, QStringLiteral("campaign-summary.json"));
    const QJsonValue claimed = summary.value(QStringLiteral("overall_pass"));
    return claimed.isBool() ? std::optional(claimed.toBool()) : std::nullopt;
}

Judgement unreadablePlan(const QString &why) {
    Judgement judgement;
    rules::Checks list(judgement.checks, 0);
    Check &check = list.add(QStringLiteral("campaign.plan"), QString(),
                            QStringLiteral("The plan that was recorded before the start can be read."),
                            QStringLiteral("a plan"));
    check.source = {kPlanFile, 0, 0};
    rules::Checks::unknown(check, Check::Flaw::Invalid, QStringLiteral("unreadable"), why);
    conclude(judgement, true);
    return judgement;
}

// Reports without their observations: whoever wrote them could have written anything.
Judgement judgeClaim(const QList<EvidenceFile> &files, const JudgeContext &context) {
    const auto plan = context.plan ? context.plan : publishedPlan(files);
    Expectation expectation = expectationOf(plan);
    if (context.plan)
        expectation = Expectation::fromParameters(plan->parameters, plan->peers, expectation.requiredPhases);
    if (plan && plan->protocol == kFieldProtocol)
        expectation.judgeAsField();
    QList<Check> folder;
    rules::judgeFolderOfClaims(files, context, folder);
    Judgement judgement = judgeReports(files, expectation, folder);
    for (PhaseJudgement &phase : judgement.phases) {
        if (phase.verdict == Verdict::Proven)
            phase.verdict = Verdict::UnprovenPass;
    }
    if (judgement.verdict != Verdict::NoEvidence)
        judgement.claim = QStringLiteral("The reports claim it; no observations support them.");
    return judgement;
}

} // namespace

QList<Finding> findingsIn(const QList<EvidenceFile> &files) {
    const EvidenceFile *file = findFile(files, kManifest);
    const auto manifest = file ? readManifest(file->bytes) : Error{};
    QList<Finding> findings = recoveryFindingsIn(files);
    for (const Finding &finding : manifest ? manifest->findings : QList<Finding>()) {
        if (!findings.contains(finding))
            findings.append(finding);
    }
    return findings;
}

void addFindings(const QList<Finding> &findings, Judgement &judgement) {
    QList<Check> checks;
    rules::Checks list(checks, 0);
    for (const Finding &finding : findings) {
        const QString id = QStringLiteral("campaign.finding.") + finding.check;
        const auto isThere = [&](const Check &check) {
            return check.id == id && check.reason == finding.reason;
        };
        if (std::any_of(judgement.checks.cbegin(), judgement.checks.cend(), isThere))
            continue;
        Check &check = list.add(id, QString(), QStringLiteral("What the archive holds is what was recorded."),
                                QStringLiteral("no finding"));
        rules::Checks::unknown(check, Check::Flaw::Invalid, finding.reason, finding.reason);
    }
    if (checks.isEmpty())
        return;
    judgement.checks = checks + judgement.checks;
    conclude(judgement, true);
}

Judgement judgeEvidence(const QList<EvidenceFile> &files, const JudgeContext &context) {
    const EvidenceFile *planFile = findFile(files, kPlanFile);
    if (!planFile)
        return judgeClaim(files, context);
    const auto plan =
        planFile->problem.isEmpty()
            ? readPlan(planFile->bytes)
            : Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(kPlanFile, planFile->problem)};
    if (!plan)
        return unreadablePlan(plan.error().text);
    return judgeEvidence(files, derive(*plan, files, context.protocols, findingsIn(files)), context);
}

Judgement judgeEvidence(const QList<EvidenceFile> &files, const Derivation &derived,
                        const JudgeContext &context) {
    Judgement judgement = derived.judgement;
    judgement.checks.clear();
    rules::judgeFolder(files, derived, context, judgement.checks);
    judgement.checks += derived.judgement.checks;
    judgement.claimedPass = claimedPass(files);
    conclude(judgement, hasReports(derived.reports) || hasReports(files));
    return judgement;
}

} // namespace slipway
