// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/launchrequest.h"

#include "app/core/builtinprotocols.h"
#include "app/core/inputfile.h"

namespace slipway {

namespace {

constexpr qint64 kMaxProtocol = 1024LL * 1024; // bytes

Result<Protocol> readProtocol(const QString &path) {
    if (path.isEmpty())
        return builtInProtocol(QStringLiteral("ship-gate"));
    const auto bytes = readInput(path, kMaxProtocol);
    if (!bytes)
        return bytes.error();
    return parseProtocol(*bytes, path);
}

} // namespace

Result<LaunchPrograms> readPrograms(const LaunchChoice &choice) {
    LaunchPrograms programs;
    const auto protocol =
        choice.scripts.isEmpty() ? readProtocol(choice.protocol) : builtInProtocol(kFieldProtocol);
    if (!protocol)
        return protocol.error();
    programs.protocol = *protocol;
    // Wrong settings are reported before a sandbox is brought up for nothing.
    TRY(resolveParameters(programs.protocol, {}, choice.settings));
    if (!choice.scripts.isEmpty()) {
        auto field = readFieldScripts(choice.scripts);
        if (!field)
            return field.error();
        programs.field = std::move(*field);
    }
    return programs;
}

Result<LaunchRequest> launchRequest(const LaunchChoice &choice, const LaunchPrograms &programs,
                                    const Fleet &fleet) {
    const auto parameters = resolveParameters(programs.protocol, fleet.parameters, choice.settings);
    if (!parameters)
        return parameters.error();
    return LaunchRequest{choice, programs.protocol, programs.field, fleet, *parameters};
}

CampaignPlan planOf(const LaunchRequest &request) {
    CampaignPlan plan;
    plan.id = request.choice.id;
    plan.ref = request.choice.ref;
    plan.fleet = request.fleet;
    plan.protocol = request.protocol;
    plan.phases = request.choice.phases.isEmpty() ? request.protocol.phaseNumbers() : request.choice.phases;
    plan.parameters = request.parameters;
    plan.field = request.field;
    return plan;
}

} // namespace slipway
