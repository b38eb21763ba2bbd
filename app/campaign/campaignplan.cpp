// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"

#include "app/core/builtinprotocols.h"
#include "models/cycles/faultclass.h"
#include "models/evidence/campaignid.h"
#include "models/evidence/filename.h"
#include "models/evidence/manifest.h"
#include "models/protocol/stephosts.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

// What protocol.md says of each phase in the field, and nothing else.
QList<std::pair<QByteArray, QByteArray>> fieldEnvironment(const CampaignPlan &plan, const Phase &phase) {
    QList<std::pair<QByteArray, QByteArray>> environment;
    if (phase.number != 2 && phase.number != 4)
        return environment;
    char letter = 'A';
    for (const Host &peer : plan.fleet.withRole(HostRole::Peer)) {
        const QByteArray name = QByteArray("NODE_") + letter++;
        environment.append({name + "_IP", peer.address.toUtf8()});
        if (phase.number == 2)
            environment.append({name + "_PRIV", peer.privateAddress.toUtf8()});
    }
    const auto set = [&](const char *name, const char *parameter) {
        environment.append({name, plan.parameters.value(QLatin1String(parameter)).toUtf8()});
    };
    if (phase.number == 2) {
        set("SETTLE_SECS", "settle_seconds");
    } else {
        set("CYCLES", "cycles");
        set("FAULTS", "faults");
        set("WRITES", "writes");
    }
    return environment;
}

// The job that a step runs along with, on the same host.
QByteArray tokenOfNext(const CampaignPlan &plan, const Phase &phase, const Step &step, const Host &host) {
    const auto at = std::find_if(phase.steps.begin(), phase.steps.end(),
                                 [&](const Step &other) { return other.name == step.name; });
    if (at == phase.steps.end() || at + 1 == phase.steps.end())
        return {};
    PhaseRun next;
    next.phase = phase.number;
    next.step = (at + 1)->name;
    next.host = host.name;
    return launchToken(plan, next).toLatin1();
}

} // namespace

QList<Host> hostsOfStep(const Fleet &fleet, const Step &step) {
    return hostsOfStep(step, fleet.withRole(HostRole::Peer), fleet.withRole(HostRole::Chaos));
}

QStringList peerNames(const Fleet &fleet) {
    QStringList names;
    for (const Host &host : fleet.withRole(HostRole::Peer))
        names << host.name;
    return names;
}

Result<void> checkPlan(const CampaignPlan &plan) {
    if (const QString problem = campaignIdProblem(plan.id); !problem.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("\"%1\" %2. Choose another id.").arg(plan.id, problem)};
    // Files of the evidence are called after hosts.
    QMap<QString, QString> hosts;
    for (const Host &host : plan.fleet.hosts) {
        const QString other = hosts.value(foldedName(host.name));
        if (!other.isEmpty())
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("The hosts %1 and %2 of fleet %3 differ by upper and lower case alone, "
                               "so that their reports would be one file on many machines. Rename one.")
                    .arg(other, host.name, plan.fleet.name)};
        hosts.insert(foldedName(host.name), host.name);
    }
    if (plan.phases.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("No phase is chosen.")};
    if (plan.phases.contains(4) && plan.parameters.contains(QStringLiteral("faults"))) {
        const QString problem = faultsProblem(plan.parameters, plan.protocol.name == kFieldProtocol);
        if (!problem.isEmpty())
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("Parameter faults of phase 4: %1.").arg(problem)};
    }
    for (const int number : plan.phases) {
        const Phase *phase = plan.protocol.phase(number);
        if (!phase)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("Protocol %1 has no phase %2.").arg(plan.protocol.name).arg(number)};
        for (const Step &step : phase->steps) {
            if (hostsOfStep(plan.fleet, step).isEmpty()) {
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("Fleet %1 has no host for phase %2, step %3: it needs \"%4\".")
                                 .arg(plan.fleet.name)
                                 .arg(number)
                                 .arg(step.name, step.on)};
            }
            if (const auto program = stepProgram(plan, *phase, step); !program)
                return program.error();
        }
    }
    return {};
}

QList<std::pair<QByteArray, QByteArray>> stepEnvironment(const CampaignPlan &plan, const Phase &phase,
                                                         const Step &step, const Host &host) {
    if (step.program == kFieldScript)
        return fieldEnvironment(plan, phase);
    QStringList peers;
    for (const Host &peer : plan.fleet.withRole(HostRole::Peer))
        peers << peer.name + QLatin1Char('=') + peer.privateAddress;
    QList<std::pair<QByteArray, QByteArray>> environment{
        {"SLIPWAY_CAMPAIGN", plan.id.toUtf8()},
        {"SLIPWAY_RUN", plan.runToken.toUtf8()},
        {"SLIPWAY_KEY", plan.key.toUtf8()},
        {"SLIPWAY_PHASE", QByteArray::number(phase.number)},
        {"SLIPWAY_STEP", step.name.toUtf8()},
        {"SLIPWAY_ACTION", step.action.toUtf8()},
        {"SLIPWAY_HOST", host.name.toUtf8()},
        {"SLIPWAY_ADDRESS", host.privateAddress.toUtf8()},
        {"SLIPWAY_SERVER", host.serverPath.toUtf8()},
        {"SLIPWAY_WORK", host.workDir.toUtf8()},
        {"SLIPWAY_PEERS", peers.join(QLatin1Char(' ')).toUtf8()},
    };
    if (plan.only && phase.number == 4)
        environment.append({"SLIPWAY_ONLY", QStringLiteral("%1 %2 %3")
                                                .arg(plan.only->fault)
                                                .arg(plan.only->number)
                                                .arg(plan.only->times)
                                                .toUtf8()});
    if (step.program == QLatin1String("field-login.sh")) {
        environment.append({"SLIPWAY_LOGIN_PUBLIC", plan.field.loginPublic});
        if (step.action == QLatin1String("hold"))
            environment.append({"SLIPWAY_LOGIN_PRIVATE", plan.field.loginPrivate});
    }
    if (step.concurrent)
        environment.append({"SLIPWAY_WATCHED", tokenOfNext(plan, phase, step, host)});
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        environment.append({"SLIPWAY_" + it.key().toUpper().toUtf8(), it.value().toUtf8()});
    return environment;
}

Result<QByteArray> stepProgram(const CampaignPlan &plan, const Phase &phase, const Step &step) {
    if (step.program == kFieldScript) {
        const QByteArray program = plan.field.programs.value(phase.number);
        if (program.isEmpty())
            return Error{ErrorCode::NotFound,
                         QStringLiteral("There is no field script for phase %1.").arg(phase.number)};
        return program;
    }
    return builtInProgram(step.program);
}

QString launchToken(const CampaignPlan &plan, const PhaseRun &run) {
    const QString whole = plan.id + QLatin1Char('/') + run.streamName();
    return QStringLiteral("p%1-%2-%3-%4")
        .arg(run.phase)
        .arg(run.step.left(16), plan.runToken)
        .arg(QString::fromLatin1(
            QCryptographicHash::hash(whole.toUtf8(), QCryptographicHash::Sha256).toHex().left(16)));
}

Result<std::optional<RecordedPlan>> recordPlan(const CampaignPlan &plan, const QDateTime &now) {
    if (plan.protocol.name == kFieldProtocol)
        return std::optional<RecordedPlan>();
    RecordedPlan recorded;
    recorded.campaign = plan.id;
    recorded.ref = plan.ref;
    recorded.run = plan.runToken;
    recorded.key = plan.key;
    recorded.protocol = plan.protocol.name;
    recorded.protocolVersion = plan.protocol.version;
    recorded.protocolSha256 = plan.protocol.sha256();
    recorded.parameters = plan.parameters;
    recorded.peers = peerNames(plan.fleet);
    recorded.phases = plan.phases;
    recorded.recordedAt = now.toUTC();
    for (const int number : plan.phases) {
        const Phase *phase = plan.protocol.phase(number);
        for (const Step &step : phase ? phase->steps : QList<Step>()) {
            const auto program = stepProgram(plan, *phase, step);
            if (!program)
                return program.error();
            recorded.programs.insert(step.program, sha256Of(*program));
            for (const Host &host : hostsOfStep(plan.fleet, step)) {
                PhaseRun run;
                run.phase = number;
                run.step = step.name;
                run.host = host.name;
                recorded.runs.append({number, step.name, host.name, step.program, launchToken(plan, run),
                                      step.output == Step::Output::Observations});
            }
        }
    }
    return std::optional(recorded);
}

QString makeCampaignKey() {
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(words.data()), sizeof(words)).toHex());
}

} // namespace slipway
