// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/rules_plan.h"

#include "models/protocol/stephosts.h"

#include <QSet>

#include <algorithm>

namespace slipway::rules {

namespace {

// Clocks of hosts are at most 2 s off when a campaign starts; what is later than this was not before.
constexpr qint64 kRecordedSlackMs = 600'000;
constexpr qint64 kLongestDays = 31; // of a campaign that was resumed again and again
constexpr qint64 kDayMs = 86'400'000;

QString runText(int phase, const QString &step, const QString &host) {
    return QStringLiteral("phase %1, step %2 on %3").arg(phase).arg(step, host);
}

// The chaos host is the one that the plan starts chaos steps on.
QString chaosHostOf(const RecordedPlan &plan, const Protocol &protocol) {
    for (const PlannedRun &run : plan.runs) {
        const Phase *phase = protocol.phase(run.phase);
        const QList<Step> steps = phase ? phase->steps : QList<Step>();
        if (std::any_of(steps.begin(), steps.end(), [&](const Step &step) {
                return step.name == run.step && step.on == QLatin1String("chaos");
            }))
            return run.host;
    }
    return {};
}

// What a host knows a job by is of one run.
QString sharedToken(const RecordedPlan &plan) {
    QSet<QString> tokens;
    for (const PlannedRun &run : plan.runs) {
        if (tokens.contains(run.token))
            return runText(run.phase, run.step, run.host);
        tokens.insert(run.token);
    }
    return {};
}

// The first way in which the plan's runs are not the protocol's; empty when they are.
QString strangeRun(const RecordedPlan &plan, const Protocol &protocol) {
    if (const QString shared = sharedToken(plan); !shared.isEmpty())
        return QStringLiteral("%1 has the launch token of another run").arg(shared);
    const QStringList chaos{chaosHostOf(plan, protocol)};
    qsizetype at = 0;
    for (const int number : plan.phases) {
        const Phase *phase = protocol.phase(number);
        for (const Step &step : phase ? phase->steps : QList<Step>()) {
            for (const QString &host : hostsOfStep<QString>(step, plan.peers, chaos)) {
                const PlannedRun run = plan.runs.value(at++);
                if (run.phase != number || run.step != step.name || run.host != host ||
                    run.program != step.program ||
                    run.observed != (step.output == Step::Output::Observations))
                    return QStringLiteral("the protocol has %1 there").arg(runText(number, step.name, host));
            }
        }
    }
    if (at == plan.runs.size())
        return {};
    const PlannedRun &more = plan.runs.at(at);
    return QStringLiteral("the protocol has no %1").arg(runText(more.phase, more.step, more.host));
}

void judgeRuns(const RecordedPlan &plan, const Protocol &protocol, Checks &checks) {
    Check &check = checks.add(
        QStringLiteral("campaign.plan_runs"), QString(),
        QStringLiteral("The plan starts every step of the protocol's phases, each on the hosts it is for."),
        QStringLiteral("the protocol's steps"));
    check.source = {kPlanFile, 0, 0};
    check.n = plan.runs.size();
    const QString actual = QStringLiteral("%1 runs").arg(plan.runs.size());
    if (const QString strange = strangeRun(plan, protocol); !strange.isEmpty())
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("the runs of plan.json are not those of %1 %2: %3")
                            .arg(plan.protocol, plan.protocolVersion, clipped(strange)));
    else
        Checks::pass(check, actual);
}

// Whoever launches a campaign gives each parameter a value of its type and range, and no other.
void judgeParameters(const RecordedPlan &plan, const Protocol &protocol, Checks &checks) {
    Check &check =
        checks.add(QStringLiteral("campaign.parameters"), QString(),
                   QStringLiteral("The plan's parameters are the protocol's, each with a value that "
                                  "the protocol allows."),
                   QStringLiteral("the protocol's parameters"));
    check.source = {kPlanFile, 0, 0};
    check.n = plan.parameters.size();
    const QString actual = QStringLiteral("%1 parameters").arg(plan.parameters.size());
    const auto resolved = resolveParameters(protocol, {}, plan.parameters);
    if (!resolved)
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("plan.json has a parameter that no launch takes: %1")
                            .arg(clipped(resolved.error().text)));
    else if (*resolved != plan.parameters)
        Checks::unknown(check, Check::Flaw::Invalid, actual,
                        QStringLiteral("plan.json leaves out parameters of %1 %2")
                            .arg(plan.protocol, plan.protocolVersion));
    else
        Checks::pass(check, actual);
}

// Who writes, strikes and counts is none of those that are counted.
void judgeChaosHost(const RecordedPlan &plan, const Protocol &protocol, Checks &checks) {
    const QString host = chaosHostOf(plan, protocol);
    if (host.isEmpty())
        return; // it has no such step
    Check &check = checks.add(QStringLiteral("campaign.chaos_host"), QString(),
                              QStringLiteral("The chaos host is none of the peers."),
                              QStringLiteral("a host of its own"));
    check.source = {kPlanFile, 0, 0};
    if (plan.peers.contains(host))
        Checks::unknown(check, Check::Flaw::Unsupported, host,
                        QStringLiteral("%1 is a peer and the chaos host, so it measures itself").arg(host));
    else
        Checks::pass(check, host);
}

void judgePrograms(const RecordedPlan &plan, const Protocol &protocol, Checks &checks) {
    Check &check = checks.add(
        QStringLiteral("campaign.programs"), QString(),
        QStringLiteral("The programs that observed are those that this version sends, to the byte."),
        QStringLiteral("this version's programs"));
    check.source = {kPlanFile, 0, 0};
    check.n = plan.programs.size();
    for (auto it = plan.programs.constBegin(); it != plan.programs.constEnd(); ++it) {
        if (protocol.programs.value(it.key()) == it.value())
            continue;
        Checks::unknown(check, Check::Flaw::Unsupported, clipped(it.value()),
                        QStringLiteral("what %1 observes is not known: it is not the program of this version "
                                       "(SHA-256 %2). The version that ran it can tell")
                            .arg(clipped(it.key()), clipped(it.value().left(16))));
        return;
    }
    Checks::pass(check, QStringLiteral("%1 programs").arg(plan.programs.size()));
}

void judgeTimes(const RecordedPlan &plan, const QList<StreamFacts> &streams, Checks &checks) {
    QDateTime first;
    QDateTime last;
    for (const StreamFacts &stream : streams) {
        if (!stream.beganAt.isValid())
            continue;
        first = first.isValid() ? std::min(first, stream.beganAt) : stream.beganAt;
        last = last.isValid() ? std::max(last, stream.endedAt) : stream.endedAt;
    }
    if (!first.isValid())
        return; // nothing ran, which is said elsewhere
    Check &check = checks.add(
        QStringLiteral("campaign.plan_time"), QString(),
        QStringLiteral("The plan was recorded before its first run began, and its runs are of one time."),
        QStringLiteral("recorded first, over in %1 days").arg(kLongestDays));
    check.source = {kPlanFile, 0, 0};
    const QString reported = QStringLiteral("recorded %1, first run %2, end %3")
                                 .arg(plan.recordedAt.toString(Qt::ISODate), first.toString(Qt::ISODate),
                                      last.toString(Qt::ISODate));
    if (plan.recordedAt.msecsTo(first) > kLongestDays * kDayMs)
        Checks::unknown(check, Check::Flaw::Unsupported, reported,
                        QStringLiteral("plan.json was recorded %1 days before the first of its runs, so they "
                                       "are hardly of one campaign")
                            .arg(plan.recordedAt.msecsTo(first) / kDayMs));
    else if (first.msecsTo(plan.recordedAt) > kRecordedSlackMs)
        Checks::unknown(
            check, Check::Flaw::Unsupported, reported,
            QStringLiteral("plan.json was recorded after the first of its runs had begun, so it may "
                           "have been made to fit"));
    else if (first.msecsTo(last) > kLongestDays * kDayMs)
        Checks::unknown(check, Check::Flaw::Unsupported, reported,
                        QStringLiteral("its runs lie %1 days apart, so they are hardly of one campaign")
                            .arg(first.msecsTo(last) / kDayMs));
    else
        Checks::pass(check, reported);
}

} // namespace

void judgePlan(const RecordedPlan &plan, const Protocol *protocol, const QList<StreamFacts> &streams,
               QList<Check> &checks) {
    Checks list(checks, 0);
    if (protocol) {
        judgeRuns(plan, *protocol, list);
        judgeParameters(plan, *protocol, list);
        judgeChaosHost(plan, *protocol, list);
        judgePrograms(plan, *protocol, list);
    }
    judgeTimes(plan, streams, list);
}

} // namespace slipway::rules
