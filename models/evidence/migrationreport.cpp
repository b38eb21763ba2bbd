// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"
#include "models/evidence/reportbuilder.h"

#include "models/observation/writeledger.h"

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

// Behind the derived content stands what migrations get wrong (resources/phases/phase3.sh).
bool isAsSeeded(const QJsonObject &memory, const QString &key) {
    const QString tail = QStringLiteral(": \"quoted\", line\nend, Grüße, 日本語, 🚢");
    const QString content = memory.value(QLatin1String("content")).toString();
    const QString title = memory.value(QLatin1String("title")).toString();
    const qsizetype length = content.size() - tail.size();
    return content.endsWith(tail) &&
           content.left(length) == QString::fromLatin1(writtenContent(key, title, length));
}

// `key`: empty for a stream from before contents were derived.
void addPage(const Observation &observation, const QString &key, Memories &memories) {
    const auto page = answeredObject(observation);
    if (!page)
        return;
    for (const QJsonValue entry : page->value(QLatin1String("memories")).toArray()) {
        const QJsonObject memory = entry.toObject();
        const QString title = memory.value(QLatin1String("title")).toString();
        // One that is not what was written, or is reported in two ways, is there and is not the same.
        const QString reported = key.isEmpty() || isAsSeeded(memory, key) ? fingerprint(memory) : QString();
        const bool isSame = !memories.contains(title) || memories.value(title) == reported;
        memories.insert(title, isSame ? reported : QString());
    }
}

// Why a migration left no report, in the words of whoever ran it.
QString failure(const Observation &observation) {
    return QStringLiteral("it ended with %1: %2")
        .arg(observation.integer("exit").value_or(-1))
        .arg(observation.text("stderr"));
}

std::optional<qint64> total(const Observation &observation) {
    const auto stats = answeredObject(observation);
    const auto count = stats ? wholeNumber(stats->value(QLatin1String("total"))) : std::nullopt;
    return count && *count >= 0 ? count : std::nullopt;
}

} // namespace

QJsonObject migrationReport(const ObservedStream &stream, qint64 memories) {
    QJsonObject report{{QStringLiteral("phase"), 3}};
    Memories source;
    Memories roundTrip;
    QString contentKey;
    bool complete = false;
    forEachObservation(stream.file, [&](const Observation &observation) {
        const QString name = observation.text("name");
        if (observation.kind == QLatin1String("end")) {
            complete = true;
        } else if (observation.kind == QLatin1String("begin")) {
            contentKey = contentKey.isEmpty() ? observation.text("key") : contentKey;
            report.insert(QStringLiteral("server_sha256"), observation.text("server_sha256"));
        } else if (observation.kind == QLatin1String("server")) {
            report.insert(QStringLiteral("server_trouble"),
                          observation.text("node") + QStringLiteral(": ") + observation.text("text"));
        } else if (observation.kind == QLatin1String("output")) {
            if (name == QLatin1String("forward") || name == QLatin1String("idempotent") ||
                name == QLatin1String("reverse")) {
                if (const auto answer = answeredObject(observation))
                    report.insert(QStringLiteral("report_") + name, *answer);
                else
                    report.insert(QStringLiteral("error_") + name, failure(observation));
            } else if (name == QLatin1String("src-stats") || name == QLatin1String("dst-stats")) {
                if (const auto count = total(observation))
                    report.insert(name.left(3) + QStringLiteral("_count"), *count);
            } else if (name.startsWith(QLatin1String("source-page-"))) {
                addPage(observation, contentKey, source);
            } else if (name.startsWith(QLatin1String("roundtrip-page-"))) {
                addPage(observation, contentKey, roundTrip);
            }
        }
    });
    if (!source.isEmpty()) {
        qint64 equal = 0;
        for (auto it = source.constBegin(); it != source.constEnd(); ++it)
            equal += !it.value().isEmpty() && roundTrip.value(it.key()) == it.value() ? 1 : 0;
        for (auto it = roundTrip.constBegin(); it != roundTrip.constEnd(); ++it)
            equal -= source.contains(it.key()) ? 0 : 1; // what came back and never went
        equal = std::max<qint64>(equal, 0);
        report.insert(QStringLiteral("roundtrip_equal"), equal);
    }

    QStringList reasons;
    if (const QString trouble = report.value(QLatin1String("server_trouble")).toString(); !trouble.isEmpty())
        reasons << QStringLiteral("the server for ") + trouble;
    if (!complete)
        reasons << QStringLiteral("the phase program did not come to its end");
    for (const auto &key : {QStringLiteral("report_forward"), QStringLiteral("report_idempotent"),
                            QStringLiteral("report_reverse")}) {
        if (const QString error = report.value(QLatin1String("error_") + key.mid(7)).toString();
            !error.isEmpty())
            reasons << key.mid(7) + QStringLiteral(": ") + error;
        const QJsonObject migration = report.value(key).toObject();
        const qint64 written = wholeNumber(migration.value(QLatin1String("memories_written"))).value_or(-1);
        if (written != memories || !migration.value(QLatin1String("errors")).toArray().isEmpty())
            reasons << QStringLiteral("%1: %2 of %3 written without error")
                           .arg(key)
                           .arg(std::max<qint64>(written, 0))
                           .arg(memories);
    }
    const auto sourceCount = wholeNumber(report.value(QLatin1String("src_count")));
    if (!sourceCount || sourceCount != wholeNumber(report.value(QLatin1String("dst_count"))))
        reasons << QStringLiteral("source and destination do not hold the same number");
    if (wholeNumber(report.value(QLatin1String("roundtrip_equal"))) != memories)
        reasons << QStringLiteral("not every memory came back as it went");
    report.insert(QStringLiteral("pass"), reasons.isEmpty());
    report.insert(QStringLiteral("reasons"), reasonsArray(reasons));
    return report;
}

} // namespace slipway
