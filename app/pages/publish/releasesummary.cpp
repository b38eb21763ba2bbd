// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/releasesummary.h"

#include "app/pages/publish/jsonschema.h"
#include "app/pages/publish/releasephases.h"
#include "models/core/instant.h"
#include "models/evidence/checksfile.h"
#include "models/evidence/derivation.h"
#include "models/insight/jsonsplice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

// Where people wrote them, and Slipway was not there to measure: durations.
const QStringList kInferred{QStringLiteral("wall_seconds"), QStringLiteral("wall_human"),
                            QStringLiteral("headline")};

// A published folder does not say when it began; the curators of phase 1 wrote down when they did.
QDateTime firstRecorded(const CampaignRecord &record) {
    WallSpan span;
    for (const EvidenceFile &file : record.files) {
        if (!file.name.startsWith(QLatin1String("phase1-")))
            continue;
        const QJsonObject curator =
            QJsonDocument::fromJson(file.bytes).object().value(QLatin1String("curator")).toObject();
        span.include(instantOf(curator.value(QLatin1String("started_at")).toString()), {});
    }
    return span.from;
}

bool isOfCampaign(const QJsonObject &summary, const QString &id) {
    const QString folder =
        summary.value(QLatin1String("evidence")).toObject().value(QLatin1String("campaign_dir")).toString();
    return summary.value(QLatin1String("campaign_run_id")).toString() == id ||
           folder == QStringLiteral("runs/") + id;
}

QByteArray bytesOf(const QJsonValue &value) {
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.mid(1, text.size() - 2);
}

// A long value is in the diff.
QString replacedText(const QString &key, const QJsonValue &before, const QByteArray &after) {
    constexpr qsizetype kLong = 60;
    const QByteArray was = bytesOf(before);
    return was.size() > kLong || after.size() > kLong
               ? key
               : QStringLiteral("%1: %2, now %3").arg(key, QString::fromUtf8(was), QString::fromUtf8(after));
}

// As people read it: a phase a line.
QByteArray phasesText(const QJsonArray &phases) {
    QByteArray text = "[";
    for (const QJsonValue phase : phases)
        text += (text.size() > 1 ? ",\n    " : "\n    ") + bytesOf(phase);
    return text + "\n  ]";
}

} // namespace

QString releaseFile(const QString &version) {
    return QStringLiteral("releases/%1/summary.json").arg(version);
}

Result<ReleaseText> releaseSummary(const CampaignRecord &record, const ReleaseRequest &request,
                                   const QByteArray &existing, const QByteArray &schema,
                                   const std::function<bool(const QString &path)> &isPublished) {
    TRY(checkRelease(record, request));
    const CampaignSummary &summary = record.summary;
    const QJsonObject before = QJsonDocument::fromJson(existing).object();
    const bool isSame = isOfCampaign(before, summary.id);
    const bool isMeasured = !record.phaseRuns.isEmpty();
    WallSpan span;
    span.include(summary.startedAt.isValid() ? summary.startedAt : firstRecorded(record), summary.finishedAt);
    for (const PhaseSpan &phase : publishedSpans(record.files)) // of a campaign that was imported
        span.include(phase.startedAt, phase.finishedAt);
    const auto seconds = span.seconds();
    if (!seconds)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("Nothing in %1 says how long it took, and a release must say it.")
                         .arg(summary.id)};
    const QJsonArray phases =
        releasePhases(record, isSame ? before.value(QLatin1String("phases")).toArray() : QJsonArray());
    const auto passed = std::count_if(phases.begin(), phases.end(), [](const QJsonValue &phase) {
        return phase.toObject().value(QLatin1String("pass")).toBool();
    });
    const auto proven =
        std::count_if(record.judgement->phases.begin(), record.judgement->phases.end(),
                      [](const PhaseJudgement &phase) { return phase.verdict == Verdict::Proven; });
    const QString found =
        record.judgement->verdict == Verdict::Proven
            ? QStringLiteral("%1/%2 phases proven").arg(proven).arg(phases.size())
            : QStringLiteral("%1: %2/%3 phases proven").arg(kUnproven).arg(proven).arg(phases.size());
    const QString date = summary.finishedAt.toUTC().date().toString(Qt::ISODate);
    const QString folder = QStringLiteral("runs/") + summary.id;
    const bool isUnproven = record.judgement->verdict == Verdict::UnprovenPass;
    QString note =
        isUnproven
            ? kUnproven +
                  QStringLiteral(", released by a person's explicit yes: %1").arg(record.judgement->reason)
            : kProven + record.judgement->reason;
    if (summary.ref.isEmpty())
        note += QStringLiteral(" Its ref is what a person said at the release.");
    QList<std::pair<QString, QByteArray>> members{
        {QStringLiteral("version"), jsonString(request.version)},
        {QStringLiteral("campaign_run_id"), jsonString(summary.id)},
        {QStringLiteral("date"), jsonString(date)},
        {QStringLiteral("ai_memory_git_ref"),
         jsonString(summary.ref.isEmpty() ? request.acceptedRef : summary.ref)},
        {QStringLiteral("wall_seconds"), QByteArray::number(*seconds)},
        {QStringLiteral("wall_human"), jsonString(WallSpan::text(*seconds))},
        {QStringLiteral("pass_count"), QByteArray::number(static_cast<qint64>(passed))},
        {QStringLiteral("fail_count"), QByteArray::number(static_cast<qint64>(phases.size() - passed))},
        {QStringLiteral("verdict"), "\"pass\""},
        {QStringLiteral("nhi_verdict"), "null"},
        {QStringLiteral("headline"),
         jsonString(QStringLiteral("%1 — %2 — %3 wall — %4")
                        .arg(request.version, found, WallSpan::text(*seconds), date))},
        {QStringLiteral("notes"),
         jsonString(withOwnNote(isSame ? before.value(QLatin1String("notes")).toString() : QString(), note))},
        {QStringLiteral("phases"), phasesText(phases)},
    };
    members.removeIf([&](const std::pair<QString, QByteArray> &member) {
        return isSame && !isMeasured && kInferred.contains(member.first) && before.contains(member.first);
    });
    QByteArray evidence = memberValue(existing, QStringLiteral("evidence"));
    for (const auto &[key, path] :
         {std::pair{QStringLiteral("campaign_dir"), folder},
          std::pair{QStringLiteral("campaign_summary_json"),
                    folder + QStringLiteral("/campaign-summary.json")},
          std::pair{QStringLiteral("offline_html"), folder + QStringLiteral("/index.html")}}) {
        if (path != folder && !isPublished(path))
            continue;
        const auto with =
            withMember(evidence.isEmpty() ? QByteArray("{\n  }") : evidence, key, jsonString(path));
        if (!with)
            return Error{ErrorCode::InvalidInput, QStringLiteral("evidence: ") + with.error().text};
        evidence = *with;
    }
    members.append({QStringLiteral("evidence"), evidence});
    ReleaseText text{existing, {}};
    for (const auto &[key, value] : members) {
        const auto with = withMember(text.bytes, key, value);
        if (!with)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1: %2").arg(releaseFile(request.version), with.error().text)};
        if (*with != text.bytes && before.contains(key))
            text.replaced << replacedText(key, before.value(key), value);
        text.bytes = *with;
    }
    if (const auto checked = checkSchema(schema, text.bytes); !checked)
        return Error{checked.error().code,
                     QStringLiteral("%1 would not be as %2 asks: %3")
                         .arg(releaseFile(request.version), kReleaseSchema, checked.error().text)};
    return text;
}

} // namespace slipway
