// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/reportbuilder.h"

#include <QHash>
#include <QJsonDocument>

#include <algorithm>

namespace slipway {

namespace {

// What must survive a round trip; ids and times may be the backend's own.
QString fingerprint(const QJsonObject &memory) {
    QJsonArray kept;
    for (const char *key : {"namespace", "title", "content", "tier", "tags", "priority"})
        kept.append(memory.value(QLatin1String(key)));
    return QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact));
}

using Memories = QHash<QString, QString>; // by title

void addPage(const Observation &observation, Memories &memories) {
    const auto page = answerObject(outputBytes(observation));
    if (!page)
        return;
    for (const QJsonValue entry : page->value(QLatin1String("memories")).toArray())
        memories.insert(entry.toObject().value(QLatin1String("title")).toString(),
                        fingerprint(entry.toObject()));
}

std::optional<qint64> total(const Observation &observation) {
    const auto stats = answerObject(outputBytes(observation));
    if (!stats || !stats->value(QLatin1String("total")).isDouble())
        return std::nullopt;
    return stats->value(QLatin1String("total")).toInteger();
}

} // namespace

QJsonObject migrationReport(const ObservedStream &stream, qint64 memories) {
    QJsonObject report{{QStringLiteral("phase"), 3}};
    Memories source;
    Memories roundTrip;
    bool complete = false;
    forEachObservation(stream.file, [&](const Observation &observation) {
        const QString name = observation.text("name");
        if (observation.kind == QLatin1String("end")) {
            complete = true;
        } else if (observation.kind == QLatin1String("output")) {
            if (name == QLatin1String("forward") || name == QLatin1String("idempotent") ||
                name == QLatin1String("reverse")) {
                if (const auto answer = answerObject(outputBytes(observation)))
                    report.insert(QStringLiteral("report_") + name, *answer);
            } else if (name == QLatin1String("src-stats") || name == QLatin1String("dst-stats")) {
                if (const auto count = total(observation))
                    report.insert(name.left(3) + QStringLiteral("_count"), *count);
            } else if (name.startsWith(QLatin1String("source-page-"))) {
                addPage(observation, source);
            } else if (name.startsWith(QLatin1String("roundtrip-page-"))) {
                addPage(observation, roundTrip);
            }
        }
    });
    if (!source.isEmpty()) {
        qint64 equal = 0;
        for (auto it = source.constBegin(); it != source.constEnd(); ++it)
            equal += roundTrip.value(it.key()) == it.value() ? 1 : 0;
        report.insert(QStringLiteral("roundtrip_equal"), equal);
    }

    QStringList reasons;
    if (!complete)
        reasons << QStringLiteral("the phase program did not come to its end");
    for (const auto &key : {QStringLiteral("report_forward"), QStringLiteral("report_idempotent"),
                            QStringLiteral("report_reverse")}) {
        const QJsonObject migration = report.value(key).toObject();
        const qint64 written = migration.value(QLatin1String("memories_written")).toInteger(-1);
        if (written != memories || !migration.value(QLatin1String("errors")).toArray().isEmpty())
            reasons << QStringLiteral("%1: %2 of %3 written without error")
                           .arg(key)
                           .arg(std::max<qint64>(written, 0))
                           .arg(memories);
    }
    const qint64 sourceCount = report.value(QLatin1String("src_count")).toInteger(-1);
    if (sourceCount < 0 || sourceCount != report.value(QLatin1String("dst_count")).toInteger(-2))
        reasons << QStringLiteral("source and destination do not hold the same number");
    if (report.value(QLatin1String("roundtrip_equal")).toInteger(-1) != memories)
        reasons << QStringLiteral("not every memory came back as it went");
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
