// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/reportbuilder.h"

#include "models/cycles/cyclebuilder.h"
#include "models/cycles/cycleline.h"
#include "models/fleet/fleet.h"

#include <QJsonDocument>

#include <algorithm>

namespace slipway {

namespace {

EvidenceFile jsonFile(const QString &name, const QJsonObject &object) {
    return {name, QJsonDocument(object).toJson()};
}

QList<ObservedStream> ofPhase(const QList<ObservedStream> &streams, int phase) {
    QList<ObservedStream> list;
    std::copy_if(streams.begin(), streams.end(), std::back_inserter(list),
                 [phase](const ObservedStream &stream) {
                     return stream.phase == phase && !stream.file.bytes.isEmpty();
                 });
    return list;
}

void addCycleFiles(const QList<Cycle> &cycles, QList<EvidenceFile> &files) {
    QMap<QString, QByteArray> byFault;
    // The fault's name comes from a host and becomes part of a file name.
    for (const Cycle &cycle : cycles) {
        if (isPlainName(cycle.fault))
            byFault[cycle.fault] += cycleToLine(cycle) + '\n';
    }
    for (auto it = byFault.constBegin(); it != byFault.constEnd(); ++it)
        files.append({QStringLiteral("cycles-%1.jsonl").arg(it.key()), it.value()});
}

} // namespace

QJsonArray reasonsArray(const QStringList &reasons) {
    return reasons.isEmpty() ? QJsonArray{QString()} : QJsonArray::fromStringList(reasons);
}

QList<EvidenceFile> buildReports(const QList<ObservedStream> &streams,
                                 const QMap<QString, QString> &parameters, const QStringList &peers) {
    QList<EvidenceFile> files;
    for (const ObservedStream &stream : ofPhase(streams, 1)) {
        files.append(
            jsonFile(QStringLiteral("phase1-%1.json").arg(stream.host),
                     functionalReport(stream, parameters.value(QStringLiteral("mcp_min_tools")).toInt())));
    }
    if (const auto federation = ofPhase(streams, 2); !federation.isEmpty()) {
        files.append(jsonFile(QStringLiteral("phase2.json"),
                              federationReport(federation, peers,
                                               parameters.value(QStringLiteral("delivery_min")).toDouble())));
    }
    for (const ObservedStream &stream : ofPhase(streams, 3)) {
        files.append(
            jsonFile(QStringLiteral("phase3.json"),
                     migrationReport(stream, parameters.value(QStringLiteral("memories")).toLongLong())));
    }
    for (const ObservedStream &stream : ofPhase(streams, 4)) {
        QStringList notes;
        QList<CanaryCycle> canaries;
        const QList<Cycle> cycles = cyclesFromStream(stream.file, &notes, &canaries);
        files.append(
            jsonFile(QStringLiteral("phase4.json"), chaosReport(cycles, parameters, notes, canaries)));
        addCycleFiles(cycles, files);
    }
    return files;
}

EvidenceFile buildSummary(const SummaryFacts &facts, const QList<EvidenceFile> &reports) {
    QJsonArray phases;
    for (const EvidenceFile &report : reports) {
        const QJsonDocument document = QJsonDocument::fromJson(report.bytes);
        if (document.isObject() && report.name.startsWith(QLatin1String("phase")))
            phases.append(document.object());
    }
    return jsonFile(QStringLiteral("campaign-summary.json"),
                    {{QStringLiteral("campaign_id"), facts.campaignId},
                     {QStringLiteral("ai_memory_git_ref"), facts.ref},
                     {QStringLiteral("completed_at"), facts.completedAt.toUTC().toString(Qt::ISODate)},
                     {QStringLiteral("overall_pass"), facts.overallPass},
                     {QStringLiteral("verdict"), facts.verdict},
                     {QStringLiteral("phases"), phases}});
}

} // namespace slipway
