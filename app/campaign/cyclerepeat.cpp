// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/cyclerepeat.h"

#include "app/core/builtinprotocols.h"
#include "models/cycles/faultclass.h"
#include "models/evidence/streamfacts.h"
#include "models/observation/observation.h"
#include "models/observation/zstream.h"

#include <QRandomGenerator>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kDigitsShown = 16; // of a hash

const EvidenceFile *chaosStream(const RecordedPlan &plan, const QList<EvidenceFile> &files) {
    for (const PlannedRun &run : plan.runs) {
        if (run.phase != 4 || !run.observed)
            continue;
        if (const EvidenceFile *file = findStream(files, run))
            return file;
    }
    return nullptr;
}

Observation beginOf(const EvidenceFile &stream) {
    Observation begin;
    forEachObservation(stream, [&](const Observation &observation) {
        if (begin.kind.isEmpty() && observation.kind == QLatin1String("begin"))
            begin = observation;
    });
    return begin;
}

// The class that was meant, or why none was.
Result<QString> chosenFault(const RecordedPlan &plan, const QString &fault) {
    const QStringList faults = faultsIn(plan.parameters);
    const QString all = faults.join(QStringLiteral(", "));
    if (fault.isEmpty() && faults.size() != 1)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("Campaign %1 has %2 fault classes; choose one with --class: %3.")
                         .arg(plan.campaign)
                         .arg(faults.size())
                         .arg(all)};
    if (!fault.isEmpty() && !faults.contains(fault))
        return Error{ErrorCode::NotFound, QStringLiteral("Campaign %1 has no fault class \"%2\"; it has %3.")
                                              .arg(plan.campaign, fault.left(60), all)};
    return fault.isEmpty() ? faults.constFirst() : fault;
}

} // namespace

Result<RecordedCycle> recordedCycle(const QList<EvidenceFile> &files, const QString &fault, int number) {
    const EvidenceFile *planFile = findFile(files, kPlanFile);
    if (!planFile)
        return Error{ErrorCode::NotFound,
                     QStringLiteral("The campaign has no plan.json: reports alone, as the field's, do not "
                                    "say how a cycle was run, so none can be run again.")};
    auto plan = readPlan(planFile->bytes);
    if (!plan)
        return plan.error();
    RecordedCycle recorded;
    recorded.plan = std::move(*plan);
    const auto chosen = chosenFault(recorded.plan, fault);
    if (!chosen)
        return chosen.error();
    recorded.fault = *chosen;
    recorded.number = number;
    const EvidenceFile *stream = chaosStream(recorded.plan, files);
    if (!stream)
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("Campaign %1 has no observations of phase 4.").arg(recorded.plan.campaign)};
    const Observation begin = beginOf(*stream);
    recorded.serverVersion = begin.text("version");
    recorded.serverSha256 = begin.text("server_sha256");
    const QList<CycleFacts> facts = factsOf(*stream, recorded.fault, number);
    if (facts.isEmpty())
        return Error{ErrorCode::NotFound,
                     QStringLiteral("Campaign %1 has no cycle %2 of %3 that came to its end; its plan has %4 "
                                    "cycles of each class.")
                         .arg(recorded.plan.campaign)
                         .arg(number)
                         .arg(recorded.fault, recorded.plan.parameters.value(QStringLiteral("cycles")))};
    recorded.facts = facts.constFirst();
    return recorded;
}

Result<CampaignPlan> repeatPlan(const RecordedCycle &recorded, const Fleet &fleet, int times) {
    auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
    if (!protocol)
        return protocol.error();
    CampaignPlan plan;
    plan.protocol = std::move(*protocol);
    // As recorded, but for what says where things are, which is the fleet's.
    QMap<QString, QString> settings;
    for (const Parameter &parameter : std::as_const(plan.protocol.parameters)) {
        if (!parameter.isPlace && recorded.plan.parameters.contains(parameter.name))
            settings.insert(parameter.name, recorded.plan.parameters.value(parameter.name));
    }
    auto parameters = resolveParameters(plan.protocol, fleet.parameters, settings);
    if (!parameters)
        return parameters.error();
    plan.parameters = std::move(*parameters);
    plan.id = QStringLiteral("repro-%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0'));
    plan.ref = recorded.plan.ref;
    plan.fleet = fleet;
    plan.fleet.hosts.removeIf([](const Host &host) { return host.role != HostRole::Chaos; });
    plan.phases = {4};
    plan.runToken = recorded.plan.run;
    plan.key = recorded.plan.key;
    plan.only = OneCycle{recorded.fault, recorded.number, times};
    TRY(checkPlan(plan));
    return plan;
}

RepeatedCycle repeatedCycle(const EndedStream &ended, const RecordedCycle &recorded) {
    const EvidenceFile stream{ended.name + kCompressedSuffix, ended.compressed};
    return {beginOf(stream).text("server_sha256"), factsOf(stream, recorded.fault, recorded.number)};
}

QString otherServer(const RecordedCycle &recorded, const QString &host, const QString &sha256) {
    if (!sha256.isEmpty() && sha256 == recorded.serverSha256)
        return {};
    const auto shortHash = [](const QString &hash) {
        return hash.isEmpty() ? QStringLiteral("not known") : hash.left(kDigitsShown);
    };
    return QStringLiteral("The server on %1 is another one than was measured: its SHA-256 is %2, that of the "
                          "recorded cycle %3 (%4). Put that one there, or bring up a sandbox with it: "
                          "slipwayctl sandbox up --server FILE.")
        .arg(host, shortHash(sha256), shortHash(recorded.serverSha256), recorded.serverVersion.left(80));
}

} // namespace slipway
