// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/reportbuilder.h"

#include "models/core/wholenumber.h"
#include "models/evidence/curatorerrors.h"

#include <QJsonDocument>

#include <algorithm>

namespace slipway {

namespace {

// The answer to request 2 (tools/list) in a conversation of JSON-RPC lines.
std::optional<qsizetype> toolCount(const QByteArray &conversation) {
    for (const QByteArray &line : conversation.split('\n')) {
        const QJsonObject message = QJsonDocument::fromJson(line).object();
        const QJsonValue tools =
            message.value(QLatin1String("result")).toObject().value(QLatin1String("tools"));
        if (wholeNumber(message.value(QLatin1String("id"))) == 2 && tools.isArray())
            return tools.toArray().size();
    }
    return std::nullopt;
}

void readOutput(const Observation &observation, QJsonObject &report, QString &manifestHash) {
    const QString name = observation.text("name");
    const auto answer = answeredObject(observation);
    if (name == QLatin1String("mcp") || name == QLatin1String("mcp-full")) {
        // Newer servers list a small core unless they are asked for all.
        const auto count = toolCount(outputBytes(observation));
        const qint64 known = wholeNumber(report.value(QLatin1String("mcp_tool_count"))).value_or(0);
        if (count && *count >= known)
            report.insert(QStringLiteral("mcp_tool_count"), *count);
        if (count && name == QLatin1String("mcp"))
            report.insert(QStringLiteral("mcp_core_tool_count"), *count);
        return;
    }
    if (!answer)
        return;
    if (name == QLatin1String("recall") && answer->value(QLatin1String("memories")).isArray())
        report.insert(QStringLiteral("recall_count"),
                      answer->value(QLatin1String("memories")).toArray().size());
    else if (name == QLatin1String("stats") || name == QLatin1String("curator"))
        report.insert(name, *answer);
    else if (name == QLatin1String("manifest"))
        manifestHash = answer->value(QLatin1String("sha256")).toString();
}

} // namespace

QJsonObject functionalReport(const ObservedStream &stream, int minTools) {
    QJsonObject report{{QStringLiteral("phase"), 1}, {QStringLiteral("host"), stream.host}};
    QString snapshotHash;
    QString manifestHash;
    QStringList failed; // of what is asked to be done before anything is looked at
    bool complete = false;
    forEachObservation(stream.file, [&](const Observation &observation) {
        if (observation.kind == QLatin1String("begin")) {
            report.insert(QStringLiteral("version"), observation.text("version"));
            report.insert(QStringLiteral("server_sha256"), observation.text("server_sha256"));
        } else if (observation.kind == QLatin1String("output")) {
            readOutput(observation, report, manifestHash);
            const QString name = observation.text("name");
            if ((name == QLatin1String("store") || name == QLatin1String("backup")) &&
                observation.integer("exit") != 0)
                failed << name;
        } else if (observation.kind == QLatin1String("count")) {
            const bool snapshots = observation.text("name") == QLatin1String("snapshots");
            report.insert(snapshots ? QStringLiteral("snapshot_count") : QStringLiteral("manifest_count"),
                          observation.fields.value(QLatin1String("value")));
        } else if (observation.kind == QLatin1String("hash")) {
            snapshotHash = observation.text("sha256");
        } else if (observation.kind == QLatin1String("end")) {
            complete = true;
        }
    });
    if (!snapshotHash.isEmpty())
        report.insert(QStringLiteral("snapshot_hash_matches"), snapshotHash == manifestHash);

    QStringList reasons;
    const auto require = [&](bool holds, const QString &reason) {
        if (!holds)
            reasons << reason;
    };
    const auto number = [](const QJsonObject &object, const char *key) {
        return wholeNumber(object.value(QLatin1String(key))).value_or(0);
    };
    require(complete, QStringLiteral("the phase program did not come to its end"));
    for (const QString &name : std::as_const(failed))
        require(false, QStringLiteral("%1 did not end with 0").arg(name));
    require(number(report, "recall_count") >= 1, QStringLiteral("recall found nothing"));
    require(number(report.value(QLatin1String("stats")).toObject(), "total") >= 1,
            QStringLiteral("stats count no memory"));
    require(number(report, "snapshot_count") == 1, QStringLiteral("not exactly one snapshot"));
    require(number(report, "manifest_count") == 1, QStringLiteral("not exactly one manifest"));
    require(report.value(QLatin1String("snapshot_hash_matches")).toBool(),
            QStringLiteral("the snapshot is not what its manifest says"));
    require(
        report.contains(QLatin1String("curator")) &&
            seriousErrors(
                report.value(QLatin1String("curator")).toObject().value(QLatin1String("errors")).toArray()) ==
                0,
        QStringLiteral("the curator reported errors or nothing"));
    require(number(report, "mcp_tool_count") >= minTools,
            QStringLiteral("fewer than %1 MCP tools").arg(minTools));
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
