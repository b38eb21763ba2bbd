// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/campaign/campaignrunner.h"
#include "app/campaign/fleetcheck.h"
#include "app/cli/commands.h"
#include "app/cli/loginanswer.h"
#include "app/cli/reprotext.h"
#include "app/cli/terminal.h"
#include "app/core/paths.h"
#include "app/core/stopsignal.h"
#include "app/session/fleetsource.h"
#include "app/ssh/sshshell.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTimer>

namespace slipway::cli {

namespace {

constexpr int kMaxTimes = 1000;

struct Options {
    QString campaign;
    QString fault;
    QString fleet;
    int cycle = 0;
    int times = 1;
    bool acceptNew = false;
    bool quiet = false;
    HostPreparation::Options hosts;
};

Result<int> numberOf(const QCommandLineParser &parser, const QString &name, int unset, int max) {
    if (!parser.isSet(name))
        return unset;
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber || number < 1 || number > max)
        return Error{ErrorCode::InvalidInput, QStringLiteral("--%1 \"%2\" is not a number from 1 to %3")
                                                  .arg(name, parser.value(name).left(40))
                                                  .arg(max)};
    return number;
}

Result<Options> optionsOf(const QCommandLineParser &parser) {
    Options options;
    options.campaign = parser.positionalArguments().constFirst();
    options.fault = parser.value(QStringLiteral("class"));
    options.fleet = parser.isSet(QStringLiteral("fleet")) ? parser.value(QStringLiteral("fleet"))
                                                          : QStringLiteral("sandbox");
    const auto cycle = numberOf(parser, QStringLiteral("cycle"), 0, 1'000'000);
    if (!cycle)
        return cycle.error();
    if (*cycle == 0)
        return Error{ErrorCode::InvalidInput, QStringLiteral("--cycle is missing")};
    options.cycle = *cycle;
    const auto times = numberOf(parser, QStringLiteral("times"), 1, kMaxTimes);
    if (!times)
        return times.error();
    options.times = *times;
    options.acceptNew = parser.isSet(QStringLiteral("accept-new"));
    options.quiet = parser.isSet(QStringLiteral("quiet"));
    options.hosts.takeOver = parser.isSet(QStringLiteral("take-over"));
    return options;
}

Result<RecordedCycle> readRecorded(const Paths &paths, const Options &options) {
    const auto archive = Archive::openToRead(paths);
    if (!archive)
        return archive.error();
    const auto record = CampaignReader(**archive).loadEvidence(options.campaign);
    if (!record)
        return record.error();
    return recordedCycle(record->files + record->observations, options.fault, options.cycle);
}

const Error kStopped{ErrorCode::Cancelled, QStringLiteral("Stopped before the cycle had come to its end.")};

// The chaos host's server must be the one that was measured, before anything is begun.
Result<void> checkServer(const CampaignPlan &plan, const RecordedCycle &recorded,
                         const ShellFactory &shells) {
    FleetCheck check(plan.fleet, needsOf(plan), shells);
    Result<void> result = kStopped;
    QObject::connect(&check, &FleetCheck::finished, &check, [&](const QList<HostHealth> &hosts) {
        const HostHealth &health = hosts.constFirst();
        const QString other = otherServer(recorded, health.host, health.serverSha256);
        if (health.serverSha256.isEmpty() && !health.problem.isEmpty())
            result = Error{ErrorCode::Io, QStringLiteral("%1: %2").arg(health.host, health.problem)};
        else if (!other.isEmpty())
            result = Error{ErrorCode::InvalidInput, other};
        else
            result = Result<void>();
        QCoreApplication::quit();
    });
    const StopSignal stop([] { QCoreApplication::quit(); });
    QTimer::singleShot(0, &check, [&check] { check.start(); });
    QCoreApplication::exec();
    return result;
}

Result<QList<CycleFacts>> runAgain(const CampaignPlan &plan, const RecordedCycle &recorded,
                                   const Options &options, const ShellFactory &shells) {
    CampaignRunner runner(plan, shells);
    Result<QList<CycleFacts>> result = kStopped;
    QString trouble;
    bool isStopped = false;
    QObject::connect(&runner, &CampaignRunner::prepared, &runner, [&](const Result<void> &prepared, bool) {
        if (prepared) {
            runner.start();
            return;
        }
        result = prepared.error();
        QCoreApplication::quit();
    });
    QObject::connect(&runner, &CampaignRunner::problemFound, &runner,
                     [](const Error &error) { printNote(error.text); });
    QObject::connect(&runner, &CampaignRunner::runChanged, &runner, [&](const PhaseRun &run) {
        if (!run.message.isEmpty())
            trouble = QStringLiteral("%1: %2").arg(run.host, run.message);
    });
    int count = 0;
    QObject::connect(&runner, &CampaignRunner::cyclesArrived, &runner, [&](const QList<Cycle> &cycles) {
        count += static_cast<int>(cycles.size());
        if (!options.quiet)
            printProgress(QStringLiteral("%1, cycle %2: time %3 of %4")
                              .arg(recorded.fault)
                              .arg(recorded.number)
                              .arg(count)
                              .arg(options.times));
    });
    QObject::connect(&runner, &CampaignRunner::streamsEnded, &runner, [&](const QList<EndedStream> &streams) {
        const RepeatedCycle again = repeatedCycle(streams.constFirst(), recorded);
        if (const QString other =
                otherServer(recorded, plan.fleet.hosts.constFirst().name, again.serverSha256);
            !again.serverSha256.isEmpty() && !other.isEmpty())
            result = Error{ErrorCode::InvalidInput, other};
        else
            result = again.times;
    });
    QObject::connect(&runner, &CampaignRunner::finished, &runner, [&] { runner.cleanHosts(); });
    QObject::connect(&runner, &CampaignRunner::cleaned, &runner, [] { QCoreApplication::quit(); });
    const StopSignal stop([&] {
        isStopped = true;
        printNote(QStringLiteral("Stopping the cycle on its host; once more to leave it running there."));
        runner.stop();
    });
    QTimer::singleShot(0, &runner, [&] { runner.prepare(options.hosts); });
    QCoreApplication::exec();
    if (isStopped)
        return kStopped;
    if (result && result->isEmpty())
        return Error{ErrorCode::Io, QStringLiteral("The cycle did not come to its end%1.")
                                        .arg(trouble.isEmpty() ? QString() : QStringLiteral(": ") + trouble)};
    return result;
}

Result<QList<CycleFacts>> repeat(const RecordedCycle &recorded, const Options &options, const Paths &paths) {
    const auto fleet = openFleet(options.fleet, paths);
    if (!fleet)
        return fleet.error();
    auto plan = repeatPlan(recorded, *fleet, options.times);
    if (!plan)
        return plan.error();
    const QTemporaryDir spools;
    if (!spools.isValid())
        return Error{ErrorCode::Io,
                     QStringLiteral("No folder can be made for the logs: %1.").arg(spools.errorString())};
    plan->spoolDir = spools.path();
    SshOptions ssh;
    ssh.pinFile = paths.pinFile();
    ssh.prompt = std::make_shared<LoginPrompt>();
    const LoginHandler logins(ssh.prompt, loginAnswer(options.acceptNew, &printNote));
    const ShellFactory shells = [ssh](const Host &host) { return std::make_unique<SshShell>(host, ssh); };
    TRY(checkServer(*plan, recorded, shells));
    return runAgain(*plan, recorded, options, shells);
}

ExitCode codeOf(const Error &error) {
    if (error.code == ErrorCode::Cancelled)
        return ExitCode::Stopped;
    return error.code == ErrorCode::InvalidInput ? ExitCode::Usage : ExitCode::NotDone;
}

} // namespace

ExitCode repro(const Context &context, const QCommandLineParser &parser) {
    const auto options = optionsOf(parser);
    if (!options)
        return failUsage(context, options.error().text);
    const auto paths = dataPaths(context.dataDir);
    if (!paths)
        return fail(paths.error(), ExitCode::NotDone);
    const auto recorded = readRecorded(*paths, *options);
    if (!recorded)
        return fail(recorded.error(), codeOf(recorded.error()));
    const auto times = repeat(*recorded, *options, *paths);
    if (!times)
        return fail(times.error(), codeOf(times.error()));
    print(parser.isSet(QStringLiteral("json")) ? jsonText(QJsonDocument(reproJson(*recorded, *times)))
                                               : reproText(*recorded, *times));
    return sameResults(*recorded, *times) > 0 ? ExitCode::Done : ExitCode::No;
}

} // namespace slipway::cli
