// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judge.h"

#include "models/evidence/rules.h"

#include <algorithm>
#include <functional>

namespace slipway {

namespace {

constexpr int kRulesVersion = 1;

bool isReport(const EvidenceFile &file) {
    return file.name.startsWith(QLatin1String("phase")) && file.name.endsWith(QLatin1String(".json"));
}

// An empty report of a phase that was not reached, as opposed to one that says something wrong.
bool isEmptyReport(const Check &check) {
    return check.id.contains(QLatin1String(".report")) && check.actual == QLatin1String("0 bytes");
}

const Check *firstWith(const QList<Check> &checks, const std::function<bool(const Check &)> &matches) {
    const auto it = std::find_if(checks.begin(), checks.end(), matches);
    return it == checks.end() ? nullptr : &*it;
}

struct Decision {
    Verdict verdict = Verdict::Proven;
    const Check *because = nullptr;
};

Decision decide(const QList<Check> &checks) {
    const auto flawed = [](Check::Flaw flaw) {
        return [flaw](const Check &check) {
            return check.outcome == Check::Outcome::Unknown && check.flaw == flaw;
        };
    };
    const Check *failed =
        firstWith(checks, [](const Check &check) { return check.outcome == Check::Outcome::Fail; });
    const Check *invalid = firstWith(checks, flawed(Check::Flaw::Invalid));
    if (failed && invalid) {
        // A proven failure stays one when later phases were merely not reached.
        const Check *other = firstWith(checks, [&](const Check &check) {
            return flawed(Check::Flaw::Invalid)(check) &&
                   !(check.phase > failed->phase && isEmptyReport(check));
        });
        if (!other)
            return {Verdict::Fail, failed};
    }
    if (invalid)
        return {Verdict::InvalidEvidence, invalid};
    if (failed)
        return {Verdict::Fail, failed};
    if (const Check *missing = firstWith(checks, flawed(Check::Flaw::Missing)))
        return {Verdict::Incomplete, missing};
    if (const Check *unsupported = firstWith(checks, flawed(Check::Flaw::Unsupported)))
        return {Verdict::UnprovenPass, unsupported};
    return {};
}

qint64 numberOf(const QList<Check> &checks, const QString &idPart, const QString &suffix) {
    qint64 count = 0;
    for (const Check &check : checks)
        count +=
            check.id.startsWith(idPart) && check.id.endsWith(suffix) && check.outcome == Check::Outcome::Pass
                ? 1
                : 0;
    return count;
}

PhaseJudgement phaseJudgement(int phase, const QList<Check> &all, const Expectation &expectation) {
    QList<Check> checks;
    std::copy_if(all.begin(), all.end(), std::back_inserter(checks),
                 [phase](const Check &check) { return check.phase == phase; });
    PhaseJudgement judgement;
    judgement.phase = phase;
    const bool absent = std::all_of(checks.begin(), checks.end(), [](const Check &check) {
        return check.flaw == Check::Flaw::Missing && check.id.contains(QLatin1String(".report"));
    });
    const Decision decision = decide(checks);
    judgement.verdict = absent ? Verdict::NoEvidence : decision.verdict;
    const qint64 holding = std::count_if(checks.begin(), checks.end(), [](const Check &check) {
        return check.outcome == Check::Outcome::Pass;
    });
    judgement.detail =
        decision.because ? decision.because->reason : QStringLiteral("%1 checks hold").arg(holding);
    if (absent) {
        judgement.headline = QStringLiteral("no evidence");
        return judgement;
    }
    const auto actual = [&](const QString &prefix) {
        const Check *check = firstWith(checks, [&](const Check &c) { return c.id.startsWith(prefix); });
        return check ? check->actual : QStringLiteral("?");
    };
    switch (phase) {
    case 1: {
        qint64 sound = 0;
        for (const QString &peer : expectation.peers) {
            sound += std::all_of(checks.begin(), checks.end(),
                                 [&](const Check &check) {
                                     return check.host != peer || check.outcome == Check::Outcome::Pass;
                                 })
                         ? 1
                         : 0;
        }
        judgement.headline = QStringLiteral("%1 / %2 nodes").arg(sound).arg(expectation.peers.size());
        break;
    }
    case 2:
        judgement.headline = QStringLiteral("%1 / %2 peers")
                                 .arg(numberOf(checks, QStringLiteral("phase2.delivery"), QString()))
                                 .arg(expectation.peers.size());
        break;
    case 3:
        judgement.headline = QStringLiteral("%1 = %2").arg(actual(QStringLiteral("phase3.source")),
                                                           actual(QStringLiteral("phase3.destination")));
        break;
    default:
        judgement.headline = actual(QStringLiteral("phase4.convergence"));
        break;
    }
    return judgement;
}

} // namespace

Expectation Expectation::fromParameters(const QMap<QString, QString> &parameters, const QStringList &peers,
                                        const QList<int> &phases) {
    const auto number = [&](const char *name) { return parameters.value(QLatin1String(name)).toLongLong(); };
    Expectation expectation;
    expectation.requiredPhases = phases;
    expectation.peers = peers;
    expectation.faults =
        parameters.value(QStringLiteral("faults")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    expectation.cycles = number("cycles");
    expectation.writesPerCycle = number("writes");
    expectation.federationWrites = number("agents") * number("writes_per_agent");
    expectation.deliveryMin = parameters.value(QStringLiteral("delivery_min")).toDouble();
    expectation.convergenceMin = parameters.value(QStringLiteral("convergence_min")).toDouble();
    expectation.mcpMinTools = number("mcp_min_tools");
    expectation.memories = number("memories");
    return expectation;
}

Judgement judge(const QList<EvidenceFile> &files, const Expectation &expectation) {
    Judgement judgement;
    judgement.rulesVersion = kRulesVersion;
    const rules::Report summary(files, QStringLiteral("campaign-summary.json"));
    if (const QJsonValue claimed = summary.value(QStringLiteral("overall_pass")); claimed.isBool())
        judgement.claimedPass = claimed.toBool();

    for (const int phase : expectation.requiredPhases) {
        switch (phase) {
        case 1:
            rules::judgeFunctional(files, expectation, judgement.checks);
            break;
        case 2:
            rules::judgeFederation(files, expectation, judgement.checks);
            break;
        case 3:
            rules::judgeMigration(files, expectation, judgement.checks);
            break;
        case 4:
            rules::judgeChaos(files, expectation, judgement.checks);
            break;
        default:
            break;
        }
        judgement.phases.append(phaseJudgement(phase, judgement.checks, expectation));
    }
    if (std::none_of(files.begin(), files.end(), isReport)) {
        judgement.verdict = Verdict::NoEvidence;
        judgement.reason = QStringLiteral("No phase left a report");
        if (judgement.claimedPass == true)
            judgement.reason += QStringLiteral("; the summary claims a pass all the same");
        return judgement;
    }
    const Decision decision = decide(judgement.checks);
    judgement.verdict = decision.verdict;
    if (decision.because) {
        judgement.blamedPhase = decision.because->phase;
        judgement.reason =
            QStringLiteral("Phase %1: %2").arg(decision.because->phase).arg(decision.because->reason);
    } else {
        judgement.reason = QStringLiteral("All %1 checks hold, and the sample supports the claim at 95 %")
                               .arg(judgement.checks.size());
    }
    return judgement;
}

} // namespace slipway
