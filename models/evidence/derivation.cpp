// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/derivation.h"

#include "models/evidence/reportbuilder.h"
#include "models/evidence/rules_plan.h"
#include "models/evidence/rules_streams.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace slipway {

namespace {

const Protocol *protocolOf(const RecordedPlan &plan, const QList<Protocol> &protocols) {
    const auto known = std::find_if(protocols.begin(), protocols.end(), [&](const Protocol &protocol) {
        return protocol.name == plan.protocol && protocol.version == plan.protocolVersion &&
               protocol.sha256() == plan.protocolSha256;
    });
    return known == protocols.end() ? nullptr : &*known;
}

// A plan says what it asks for; what a PROVEN means is said by the protocol, which a folder cannot change.
void judgeClaim(const RecordedPlan &plan, const Protocol *protocol, Judgement &judgement) {
    rules::Checks list(judgement.checks, 0);
    Check &check = list.add(QStringLiteral("campaign.plan_claim"), QString(),
                            QStringLiteral("The plan asks for all that the protocol's claim asks for."),
                            QStringLiteral("%1 %2").arg(plan.protocol, plan.protocolVersion));
    check.source = {kPlanFile, 0, 0};
    if (!protocol) {
        judgement.claim =
            QStringLiteral("The claim of protocol %1, version %2, is not known to this version.")
                .arg(plan.protocol, plan.protocolVersion);
        rules::Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("not known"),
                               rules::clipped(judgement.claim));
        return;
    }
    judgement.claim = protocol->claim.text;
    const QStringList weaker = weakerThanClaim(protocol->claim, plan.parameters, plan.peers);
    if (weaker.isEmpty()) {
        rules::Checks::pass(check, QStringLiteral("as the claim asks"));
        return;
    }
    judgement.claim =
        QStringLiteral("Weaker than the protocol's claim: %1.").arg(weaker.join(QStringLiteral("; ")));
    rules::Checks::unknown(check, Check::Flaw::Unsupported, weaker.join(QStringLiteral("; ")),
                           QStringLiteral("the plan asks for less than the protocol's claim: %1")
                               .arg(weaker.join(QStringLiteral("; "))));
}

Judgement judgeDerived(const RecordedPlan &plan, const Derivation &derived, const Protocol *protocol,
                       const QList<Finding> &findings) {
    Judgement judgement;
    rules::judgeFindings(findings, judgement.checks);
    rules::judgeStreams(derived.streams, judgement.checks);
    judgeClaim(plan, protocol, judgement);
    rules::judgePlan(plan, protocol, derived.streams, judgement.checks);
    // Every phase of the protocol is required, also where only some were asked for: those are then missing.
    const QList<int> required = protocol ? protocol->phaseNumbers() : plan.phases;
    const Expectation expectation = Expectation::fromParameters(plan.parameters, plan.peers, required);
    judgePhases(derived.reports, expectation, judgement);
    rules::judgeCampaign(derived.reports, expectation, judgement.checks);
    conclude(judgement, hasReports(derived.reports));
    return judgement;
}

} // namespace

QList<MeasuredServer> serversOf(const QList<EvidenceFile> &reports) {
    QList<MeasuredServer> servers;
    for (const EvidenceFile &file : reports) {
        if (!file.name.startsWith(QLatin1String("phase1-")) || !file.name.endsWith(QLatin1String(".json")))
            continue;
        const QJsonObject report = QJsonDocument::fromJson(file.bytes).object();
        if (const QString version = report.value(QLatin1String("version")).toString(); !version.isEmpty())
            servers.append({report.value(QLatin1String("host")).toString(), version,
                            report.value(QLatin1String("server_sha256")).toString()});
    }
    return servers;
}

Derivation derive(const RecordedPlan &plan, const QList<EvidenceFile> &files,
                  const QList<Protocol> &protocols, const QList<Finding> &findings) {
    Derivation derived;
    derived.plan = plan;
    const Protocol *protocol = protocolOf(plan, protocols);
    derived.streams = streamFacts(plan, files, protocol ? protocol->programs : QMap<QString, QString>());
    derived.reports = buildReports(observedStreams(plan, files), plan.parameters, plan.peers);
    derived.judgement = judgeDerived(plan, derived, protocol, findings);
    const Verdict verdict = derived.judgement.verdict;
    const bool pass = verdict == Verdict::Proven || verdict == Verdict::UnprovenPass;
    derived.judgement.claimedPass = pass;
    derived.summary = buildSummary(
        {plan.campaign, plan.ref, completedAt(derived.streams), pass, verdictName(verdict)}, derived.reports);
    derived.checks = {kChecks,
                      checksBytes(plan.campaign, derived.judgement, std::nullopt, spansOf(derived.streams))};
    return derived;
}

} // namespace slipway
