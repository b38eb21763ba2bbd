// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"

#include <QFile>

namespace slipway {

namespace {

Result<QByteArray> resource(const QString &path) {
    QFile file(QStringLiteral(":/slipway/") + path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no %1 in this build.").arg(path)};
    return file.readAll();
}

} // namespace

QList<Host> hostsOfStep(const Fleet &fleet, const Step &step) {
    if (step.on == QLatin1String("chaos"))
        return fleet.withRole(HostRole::Chaos).mid(0, 1);
    QList<Host> peers = fleet.withRole(HostRole::Peer);
    if (step.on == QLatin1String("peers"))
        return peers;
    return peers.mid(step.on.mid(5).toInt() - 1, 1); // "peer:N"
}

QStringList peerNames(const Fleet &fleet) {
    QStringList names;
    for (const Host &host : fleet.withRole(HostRole::Peer))
        names << host.name;
    return names;
}

Result<void> checkPlan(const CampaignPlan &plan) {
    if (!isPlainName(plan.id)) {
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is no campaign id: 1 to 64 letters, digits, dots, dashes and underscores, "
                           "beginning with a letter or digit.")
                .arg(plan.id)};
    }
    if (plan.phases.isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("No phase is chosen.")};
    for (const int number : plan.phases) {
        const Phase *phase = plan.protocol.phase(number);
        if (!phase)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("Protocol %1 has no phase %2.").arg(plan.protocol.name).arg(number)};
        for (const Step &step : phase->steps) {
            if (hostsOfStep(plan.fleet, step).isEmpty()) {
                return Error{ErrorCode::InvalidInput,
                             QStringLiteral("Fleet %1 has no host for phase %2, step %3: it wants \"%4\".")
                                 .arg(plan.fleet.name)
                                 .arg(number)
                                 .arg(step.name, step.on)};
            }
            if (const auto program = phaseProgram(step.program); !program)
                return program.error();
        }
    }
    return {};
}

QList<std::pair<QByteArray, QByteArray>> stepEnvironment(const CampaignPlan &plan, const Phase &phase,
                                                         const Step &step, const Host &host) {
    QStringList peers;
    for (const Host &peer : plan.fleet.withRole(HostRole::Peer))
        peers << peer.name + QLatin1Char('=') + peer.privateAddress;
    QList<std::pair<QByteArray, QByteArray>> environment{
        {"SLIPWAY_CAMPAIGN", plan.id.toUtf8()},
        {"SLIPWAY_RUN", plan.runToken.toUtf8()},
        {"SLIPWAY_PHASE", QByteArray::number(phase.number)},
        {"SLIPWAY_STEP", step.name.toUtf8()},
        {"SLIPWAY_ACTION", step.action.toUtf8()},
        {"SLIPWAY_HOST", host.name.toUtf8()},
        {"SLIPWAY_ADDRESS", host.privateAddress.toUtf8()},
        {"SLIPWAY_SERVER", host.serverPath.toUtf8()},
        {"SLIPWAY_WORK", host.workDir.toUtf8()},
        {"SLIPWAY_PEERS", peers.join(QLatin1Char(' ')).toUtf8()},
    };
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        environment.append({"SLIPWAY_" + it.key().toUpper().toUtf8(), it.value().toUtf8()});
    return environment;
}

Result<QByteArray> phaseProgram(const QString &name) {
    const auto common = resource(QStringLiteral("phases/common.sh"));
    if (!common)
        return common.error();
    const auto program = resource(QStringLiteral("phases/") + name);
    if (!program)
        return program.error();
    return *common + '\n' + *program;
}

Result<Protocol> builtInProtocol(const QString &name) {
    const QString path = QStringLiteral("protocols/%1.json").arg(name);
    const auto bytes = resource(path);
    if (!bytes)
        return bytes.error();
    return parseProtocol(*bytes, path);
}

} // namespace slipway
