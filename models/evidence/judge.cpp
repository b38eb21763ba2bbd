// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judge.h"

#include "models/cycles/cycleline.h"
#include "models/evidence/earlyend.h"
#include "models/evidence/rules.h"

#include <QRegularExpression>

#include <algorithm>
#include <functional>

namespace slipway {

namespace {

// The required phases, and those that left evidence though nobody asked.
QList<int> phasesToJudge(const QList<EvidenceFile> &files, const QList<int> &required) {
    QList<int> phases = required;
    for (const EvidenceFile &file : files) {
        if (const int phase = phaseOf(file); phase > 0 && !phases.contains(phase))
            phases << phase;
    }
    std::sort(phases.begin(), phases.end());
    return phases;
}

// An empty report of a phase that was not reached, as opposed to one that says something wrong.
bool isEmptyReport(const Check &check) {
    return check.id.contains(QLatin1String(".report")) && check.actual == rules::kBlank;
}

const Check *firstWith(const QList<Check> &checks, const std::function<bool(const Check &)> &matches) {
    const auto it = std::find_if(checks.begin(), checks.end(), matches);
    return it == checks.end() ? nullptr : &*it;
}

struct Decision {
    Verdict verdict = Verdict::Proven;
    std::optional<Check> because; ///< absent when nothing speaks against it
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
            return {Verdict::Fail, *failed};
    }
    if (invalid)
        return {Verdict::InvalidEvidence, *invalid};
    if (failed)
        return {Verdict::Fail, *failed};
    if (const Check *missing = firstWith(checks, flawed(Check::Flaw::Missing)))
        return {Verdict::Incomplete, *missing};
    // The last phase first: its claim is the one that needs a sample.
    const Check *unsupported = nullptr;
    for (const Check &check : checks) {
        if (flawed(Check::Flaw::Unsupported)(check) && (!unsupported || check.phase > unsupported->phase))
            unsupported = &check;
    }
    if (unsupported)
        return {Verdict::UnprovenPass, *unsupported};
    return {};
}

// "3 / 3 nodes": those of which every check holds.
QString nodesHeadline(const QList<Check> &checks) {
    QStringList nodes;
    QStringList bad;
    for (const Check &check : checks) {
        if (check.host.isEmpty())
            continue;
        if (!nodes.contains(check.host))
            nodes << check.host;
        if (check.outcome != Check::Outcome::Pass && check.flaw != Check::Flaw::Unsupported &&
            !bad.contains(check.host))
            bad << check.host;
    }
    return QStringLiteral("%1 / %2 nodes").arg(nodes.size() - bad.size()).arg(nodes.size());
}

// "166 / 200": the least that a peer holds of what was acknowledged.
QString deliveryHeadline(const QList<Check> &checks) {
    std::optional<qint64> min;
    qint64 acknowledged = 0;
    for (const Check &check : checks) {
        if (!check.id.startsWith(QLatin1String("phase2.delivery")))
            continue;
        bool isNumber = false;
        const qint64 held = check.actual.toLongLong(&isNumber);
        if (!isNumber)
            return QStringLiteral("? / %1").arg(check.n.value_or(0));
        min = std::min(min.value_or(held), held);
        acknowledged = check.n.value_or(0);
    }
    return min ? QStringLiteral("%1 / %2").arg(*min).arg(acknowledged) : QStringLiteral("?");
}

// "640 of 640" for one fault class, "1 of 2 classes" for several.
QString chaosHeadline(const QList<Check> &checks) {
    QList<Check> classes;
    std::copy_if(checks.begin(), checks.end(), std::back_inserter(classes), [](const Check &check) {
        return check.id.startsWith(QLatin1String("phase4.convergence."));
    });
    if (classes.isEmpty())
        return QStringLiteral("?");
    if (classes.size() == 1)
        return classes.constFirst().actual;
    const auto holding = std::count_if(classes.begin(), classes.end(), [](const Check &check) {
        return check.outcome == Check::Outcome::Pass;
    });
    return QStringLiteral("%1 of %2 classes").arg(holding).arg(classes.size());
}

QString headlineOf(int phase, const QList<Check> &checks) {
    const auto actual = [&](const QString &id) {
        const Check *check = firstWith(checks, [&](const Check &c) { return c.id == id; });
        return check ? check->actual : QStringLiteral("?");
    };
    switch (phase) {
    case 1:
        return nodesHeadline(checks);
    case 2:
        return deliveryHeadline(checks);
    case 3:
        return QStringLiteral("%1 = %2").arg(actual(QStringLiteral("phase3.source")),
                                             actual(QStringLiteral("phase3.destination")));
    case 4:
        return chaosHeadline(checks);
    default:
        return QStringLiteral("no rules");
    }
}

// No fault class of the phase was tested, and one was to be.
bool isUntested(const QList<Check> &checks) {
    int classes = 0;
    int untested = 0;
    for (const Check &check : checks) {
        if (!check.id.startsWith(QLatin1String("phase4.convergence.")))
            continue;
        ++classes;
        untested += check.actual == rules::kNoEvidence ? 1 : 0;
    }
    return classes > 0 && untested == classes;
}

PhaseJudgement phaseJudgement(int phase, const QList<Check> &all) {
    QList<Check> checks;
    std::copy_if(all.begin(), all.end(), std::back_inserter(checks),
                 [phase](const Check &check) { return check.phase == phase; });
    PhaseJudgement judgement;
    judgement.phase = phase;
    const bool absent = std::all_of(checks.begin(), checks.end(), [](const Check &check) {
        return check.flaw == Check::Flaw::Missing && check.id.contains(QLatin1String(".report"));
    });
    const Decision decision = decide(checks);
    judgement.verdict = absent || (decision.verdict == Verdict::Incomplete && isUntested(checks))
                            ? Verdict::NoEvidence
                            : decision.verdict;
    const qint64 holding = std::count_if(checks.begin(), checks.end(), [](const Check &check) {
        return check.outcome == Check::Outcome::Pass;
    });
    judgement.detail =
        decision.because ? decision.because->reason : QStringLiteral("%1 checks hold").arg(holding);
    judgement.headline = absent ? QStringLiteral("no evidence") : headlineOf(phase, checks);
    return judgement;
}

// The sentence for a person, with the phase that is to blame.
QString sentence(const Check &check) {
    QString reason = check.reason;
    if (check.phase > 0)
        return QStringLiteral("Phase %1: %2").arg(check.phase).arg(reason);
    if (!reason.section(QLatin1Char(' '), 0, 0).contains(QLatin1Char('.'))) // a file's name stays as it is
        reason[0] = reason.at(0).toUpper();
    return reason;
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
    if (parameters.contains(QStringLiteral("losses_max")))
        expectation.lossesMax = number("losses_max");
    expectation.canaries = number("canaries");
    expectation.stopEarly = mayEndEarly(parameters);
    expectation.mcpMinTools = number("mcp_min_tools");
    expectation.memories = number("memories");
    expectation.byIdentity = true;
    return expectation;
}

namespace {

// A phase that a protocol has and this version has no rules for is measured by nothing.
void judgeUnknownPhase(int phase, QList<Check> &checks) {
    rules::Checks list(checks, phase);
    Check &check = list.add(QStringLiteral("phase%1.rules").arg(phase), QString(),
                            QStringLiteral("The phase can be judged."), QStringLiteral("rules for it"));
    rules::Checks::unknown(check, Check::Flaw::Unsupported, QStringLiteral("none"),
                           QStringLiteral("this version has no rules for phase %1").arg(phase));
}

void judgePhase(int phase, const QList<EvidenceFile> &files, const Expectation &expectation,
                QList<Check> &checks) {
    switch (phase) {
    case 1:
        rules::judgeFunctional(files, expectation, checks);
        break;
    case 2:
        rules::judgeFederation(files, expectation, checks);
        break;
    case 3:
        rules::judgeMigration(files, expectation, checks);
        break;
    case 4:
        rules::judgeChaos(files, expectation, checks);
        break;
    default:
        judgeUnknownPhase(phase, checks);
        break;
    }
}

} // namespace

int phaseOf(const EvidenceFile &file) {
    if (!faultOfCycleFile(file.name).isEmpty())
        return 4;
    static const QRegularExpression report(QStringLiteral("^phase([1-4])(-.+)?\\.json$"));
    return report.match(file.name).captured(1).toInt();
}

bool hasReports(const QList<EvidenceFile> &files) {
    return std::any_of(files.begin(), files.end(), [](const EvidenceFile &file) {
        return phaseOf(file) > 0 || file.name == kFolderItself; // which may hold some
    });
}

void judgePhases(const QList<EvidenceFile> &files, const Expectation &expectation, Judgement &judgement) {
    for (const int phase : phasesToJudge(files, expectation.requiredPhases)) {
        judgePhase(phase, files, expectation, judgement.checks);
        judgement.phases.append(phaseJudgement(phase, judgement.checks));
    }
}

void conclude(Judgement &judgement, bool hasReports) {
    judgement.rulesVersion = kRulesVersion;
    // There was evidence, where a finding says what became of it.
    const bool isFound = firstWith(judgement.checks, [](const Check &check) {
                             return check.id.startsWith(QLatin1String("campaign.finding."));
                         }) != nullptr;
    const Decision decision =
        hasReports || isFound ? decide(judgement.checks) : Decision{Verdict::NoEvidence, {}};
    const bool isNothingTested =
        decision.because && decision.because->actual == rules::kNoEvidence &&
        std::all_of(judgement.phases.begin(), judgement.phases.end(),
                    [](const PhaseJudgement &phase) { return phase.verdict == Verdict::NoEvidence; });
    judgement.verdict = isNothingTested ? Verdict::NoEvidence : decision.verdict;
    judgement.blamedPhase = decision.because ? decision.because->phase : 0;
    if (decision.because) {
        judgement.reason = sentence(*decision.because);
    } else if (judgement.verdict == Verdict::NoEvidence) {
        judgement.reason =
            judgement.claimedPass == true
                ? QStringLiteral("No phase left a report; the summary claims a pass all the same")
                : QStringLiteral("No phase left a report");
    } else {
        judgement.reason = QStringLiteral("All %1 checks hold, and the sample supports the claim at 95 %")
                               .arg(judgement.checks.size());
    }
}

Judgement judgeReports(const QList<EvidenceFile> &files, const Expectation &expectation,
                       const QList<Check> &folder) {
    Judgement judgement;
    judgement.checks = folder;
    const rules::Report summary(files, QStringLiteral("campaign-summary.json"));
    if (const QJsonValue claimed = summary.value(QStringLiteral("overall_pass")); claimed.isBool())
        judgement.claimedPass = claimed.toBool();
    rules::judgeManifest(files, judgement.checks); // before all that stands on its files
    judgePhases(files, expectation, judgement);
    rules::judgeCampaign(files, expectation, judgement.checks);
    const bool anyReport = hasReports(files);
    conclude(judgement, anyReport);
    const qsizetype judged = judgement.checks.size();
    rules::judgeSummaryClaim(files, judgement.verdict, judgement.checks);
    // A claim that less was reached than the evidence shows is a contradiction; the other way round it is
    // only a claim, and changes nothing.
    if (judgement.checks.size() > judged && judgement.checks.constLast().flaw == Check::Flaw::Invalid) {
        judgement.verdict = Verdict::InvalidEvidence;
        judgement.blamedPhase = 0;
        judgement.reason = sentence(judgement.checks.constLast());
    }
    return judgement;
}

} // namespace slipway
