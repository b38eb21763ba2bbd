// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/releasesummary.h"

#include "app/pages/publish/jsonschema.h"
#include "models/core/instant.h"
#include "models/evidence/checksfile.h"
#include "models/evidence/derivation.h"
#include "models/insight/jsonsplice.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kLongestVersion = 64;

struct Span {
    QDateTime from;
    QDateTime to;

    void include(const QDateTime &start, const QDateTime &end) {
        if (start.isValid() && (!from.isValid() || start < from))
            from = start;
        if (end.isValid() && (!to.isValid() || end > to))
            to = end;
    }
    [[nodiscard]] std::optional<qint64> seconds() const {
        if (!from.isValid() || !to.isValid() || to < from)
            return std::nullopt;
        return qRound64(static_cast<double>(from.msecsTo(to)) / 1000.0);
    }
};

Span spanOfPhase(const CampaignRecord &record, int phase) {
    Span span;
    for (const PhaseRun &run : record.phaseRuns) {
        if (run.phase == phase)
            span.include(run.startedAt, run.finishedAt);
    }
    return span;
}

// A published folder does not say when it began; the curators of phase 1 wrote down when they did.
QDateTime firstRecorded(const CampaignRecord &record) {
    Span span;
    for (const EvidenceFile &file : record.files) {
        if (!file.name.startsWith(QLatin1String("phase1-")))
            continue;
        const QJsonObject curator =
            QJsonDocument::fromJson(file.bytes).object().value(QLatin1String("curator")).toObject();
        span.include(instantOf(curator.value(QLatin1String("started_at")).toString()), {});
    }
    return span.from;
}

// "5m24s", as the field writes it
QString humanText(qint64 seconds) {
    constexpr qint64 kMinute = 60;
    constexpr qint64 kHour = 3600;
    QString text;
    if (seconds >= kHour)
        text += QStringLiteral("%1h").arg(seconds / kHour);
    if (seconds % kHour >= kMinute)
        text += QStringLiteral("%1m").arg(seconds % kHour / kMinute);
    if (seconds % kMinute > 0 || text.isEmpty())
        text += QStringLiteral("%1s").arg(seconds % kMinute);
    return text;
}

QString phaseName(int phase) {
    constexpr std::array kNames{"functional", "federation", "migration", "chaos"};
    const auto index = static_cast<std::size_t>(phase) - 1;
    return index < kNames.size() ? QString::fromLatin1(kNames.at(index))
                                 : QStringLiteral("phase %1").arg(phase);
}

// Each once: a detail often is the reason already.
QString reasonOf(const Judgement &judgement, int phase, const QString &said) {
    QStringList reasons;
    for (const Check &check : judgement.checks) {
        if (check.phase == phase && check.flaw == Check::Flaw::Unsupported && !check.reason.isEmpty() &&
            !said.contains(check.reason) && !reasons.contains(check.reason))
            reasons << check.reason;
    }
    return reasons.join(QLatin1Char(' '));
}

const QString kUnproven = QStringLiteral("UNPROVEN PASS");
const QString kProven = QStringLiteral("PROVEN: ");
const QString kDash = QStringLiteral(" — ");

// What a person wrote, then ours; ours of an earlier time goes.
QString withOwnNote(const QString &written, const QString &own) {
    qsizetype end = written.size();
    for (const QString &mark : {kUnproven, kProven}) {
        if (written.startsWith(mark))
            end = 0;
        if (const qsizetype at = written.indexOf(kDash + mark); at >= 0)
            end = std::min(end, at);
    }
    const QString theirs = written.left(end).trimmed();
    return theirs.isEmpty() ? own : theirs + kDash + own;
}

// Where they are told by people, and Slipway was not there to measure: durations.
const QStringList kInferred{QStringLiteral("wall_seconds"), QStringLiteral("wall_human"),
                            QStringLiteral("headline")};

QJsonObject phaseOf(const CampaignRecord &record, const PhaseJudgement &phase, QJsonObject object) {
    const bool isUnproven = phase.verdict == Verdict::UnprovenPass;
    const QString found =
        phase.detail.isEmpty() ? phase.headline : phase.headline + QStringLiteral(", ") + phase.detail;
    const QString written = object.value(QLatin1String("notes")).toString();
    if (isUnproven)
        object.insert(
            QStringLiteral("notes"),
            withOwnNote(written, QStringLiteral("%1: %2 %3")
                                     .arg(kUnproven, found, reasonOf(*record.judgement, phase.phase, found))
                                     .simplified()));
    else if (written.isEmpty() || written.contains(kUnproven))
        object.insert(QStringLiteral("notes"), withOwnNote(written, found));
    object.insert(QStringLiteral("phase"), phase.phase);
    object.insert(QStringLiteral("pass"), isUnproven || phase.verdict == Verdict::Proven);
    if (object.value(QLatin1String("name")).toString().isEmpty())
        object.insert(QStringLiteral("name"), phaseName(phase.phase));
    if (const auto seconds = spanOfPhase(record, phase.phase).seconds()) {
        object.insert(QStringLiteral("wall_seconds"), *seconds);
        object.insert(QStringLiteral("wall_human"), humanText(*seconds));
    }
    return object;
}

// Ours over those that are there; of the same campaign those stay that we know nothing of.
QJsonArray phasesOf(const CampaignRecord &record, const QJsonArray &existing) {
    QJsonArray phases = existing;
    for (const PhaseJudgement &phase : record.judgement->phases) {
        const auto there = std::find_if(phases.begin(), phases.end(), [&](const QJsonValue &one) {
            return one.toObject().value(QLatin1String("phase")).toInt() == phase.phase;
        });
        const QJsonObject object =
            phaseOf(record, phase, there == phases.end() ? QJsonObject() : QJsonValue(*there).toObject());
        if (there == phases.end())
            phases.append(object);
        else
            *there = object;
    }
    return phases;
}

bool isOfCampaign(const QJsonObject &summary, const QString &id) {
    const QString folder =
        summary.value(QLatin1String("evidence")).toObject().value(QLatin1String("campaign_dir")).toString();
    return summary.value(QLatin1String("campaign_run_id")).toString() == id ||
           folder == QStringLiteral("runs/") + id;
}

// "v0.6.3" of "v0.6.3", "release/v0.6.3" and "refs/tags/v0.6.3".
bool isRefOf(const QString &ref, const QString &version) {
    return ref.section(QLatin1Char('/'), -1) == version;
}

// "ai-memory 0.6.3" of "v0.6.3": the number as a word of its own.
bool isServerOf(const QString &server, const QString &version) {
    const QRegularExpression number(QStringLiteral("(^|[^0-9A-Za-z.])v?%1($|[^0-9A-Za-z.-])")
                                        .arg(QRegularExpression::escape(version.mid(1))));
    return number.match(server).hasMatch();
}

// A release is a statement about bytes: about those that the campaign measured.
Result<void> allowIdentity(const CampaignRecord &record, const ReleaseRequest &request) {
    const QString &ref = record.summary.ref;
    if (ref.isEmpty() && !isRefOf(request.acceptedRef, request.version))
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 was run without --ref, so nothing says what it is a campaign of. If that is "
                           "%2, say --ref %2.")
                .arg(record.summary.id, request.version)};
    if (!ref.isEmpty() && !isRefOf(ref, request.version) && ref != request.acceptedRef)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is a campaign of ref \"%2\", not of %3. If that is what %3 is made of, say "
                           "--ref %2.")
                .arg(record.summary.id, ref, request.version)};
    const QList<MeasuredServer> servers = serversOf(record.files);
    if (servers.isEmpty())
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 does not say which server it measured.").arg(record.summary.id)};
    for (const MeasuredServer &server : servers) {
        if (!isServerOf(server.version, request.version) && server.version != request.acceptedServer)
            return Error{
                ErrorCode::InvalidInput,
                QStringLiteral("%1 measured \"%2\" on %3, whose version is not %4. If that is what %4 is, "
                               "say --server \"%2\".")
                    .arg(record.summary.id, server.version, server.host, request.version)};
    }
    return {};
}

// The claim is the protocol's; what asks for less releases nothing, whoever says yes.
Result<void> allowClaim(const CampaignRecord &record) {
    for (const Check &check : record.judgement->checks) {
        if (check.id == QLatin1String("campaign.plan_claim") && check.outcome != Check::Outcome::Pass)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1 cannot be released: %2. Run a campaign that "
                                        "asks for all of the claim.")
                             .arg(record.summary.id, check.reason)};
    }
    return {};
}

Result<void> allow(const CampaignRecord &record, const ReleaseRequest &request) {
    static const QRegularExpression version(
        QStringLiteral("^v\\d+\\.\\d+\\.\\d+(?:\\.\\d+)?(?:-[A-Za-z0-9.-]+)?\\z"));
    if (request.version.size() > kLongestVersion || !version.match(request.version).hasMatch())
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is not a version; v0.6.3 or v0.6.3.1-rc1 is one.").arg(request.version)};
    const Verdict verdict = record.judgement ? record.judgement->verdict : Verdict::NoEvidence;
    const QString reason = record.judgement ? record.judgement->reason : QString();
    if (verdict == Verdict::Proven || (verdict == Verdict::UnprovenPass && request.acceptUnproven)) {
        TRY(allowClaim(record));
        return allowIdentity(record, request);
    }
    if (verdict == Verdict::UnprovenPass)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 is an UNPROVEN PASS: %2. --accept-unproven releases it all the same, and says "
                           "so in its notes.")
                .arg(record.summary.id, reason)};
    return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is not released: its verdict is %2. %3")
                                              .arg(record.summary.id, verdictName(verdict), reason)};
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
    TRY(allow(record, request));
    const CampaignSummary &summary = record.summary;
    const QJsonObject before = QJsonDocument::fromJson(existing).object();
    const bool isSame = isOfCampaign(before, summary.id);
    const bool isMeasured = !record.phaseRuns.isEmpty();
    Span span;
    span.include(summary.startedAt.isValid() ? summary.startedAt : firstRecorded(record), summary.finishedAt);
    for (const PhaseSpan &phase : publishedSpans(record.files)) // of a campaign that was imported
        span.include(phase.startedAt, phase.finishedAt);
    const auto seconds = span.seconds();
    if (!seconds)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("Nothing in %1 tells how long it took, and a release must say it.")
                         .arg(summary.id)};
    const QJsonArray phases =
        phasesOf(record, isSame ? before.value(QLatin1String("phases")).toArray() : QJsonArray());
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
        {QStringLiteral("wall_human"), jsonString(humanText(*seconds))},
        {QStringLiteral("pass_count"), QByteArray::number(static_cast<qint64>(passed))},
        {QStringLiteral("fail_count"), QByteArray::number(static_cast<qint64>(phases.size() - passed))},
        {QStringLiteral("verdict"), "\"pass\""},
        {QStringLiteral("nhi_verdict"), "null"},
        {QStringLiteral("headline"), jsonString(QStringLiteral("%1 — %2 — %3 wall — %4")
                                                    .arg(request.version, found, humanText(*seconds), date))},
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
