// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/manifest.h"
#include "models/core/wholenumber.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"
#include "models/evidence/recordedplan.h"
#include "models/observation/zstream.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-manifest/2");
const QString kOldSchema = QStringLiteral("slipway-manifest/1");
const QString kSeal = QStringLiteral("seal");
constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;
constexpr qint64 kSizeLimit = 1LL << 52;

template <typename List, typename ToJson>
QJsonArray arrayOf(const List &list, ToJson toJson) {
    QJsonArray array;
    for (const auto &entry : list)
        array.append(toJson(entry));
    return array;
}

template <typename Read>
void forEachObject(const QJsonObject &object, const char *key, Read read) {
    for (const QJsonValue entry : object.value(QLatin1String(key)).toArray())
        read(entry.toObject());
}

QString textOf(const QJsonObject &object, const char *key) {
    return object.value(QLatin1String(key)).toString();
}

QString timeText(const QDateTime &time) {
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QDateTime timeOf(const QJsonObject &object, const char *key) {
    return instantOf(textOf(object, key));
}

QJsonObject runJson(const ManifestRun &run) {
    return {{QStringLiteral("phase"), run.phase},
            {QStringLiteral("step"), run.step},
            {QStringLiteral("host"), run.host},
            {QStringLiteral("nonce"), run.nonce},
            {QStringLiteral("state"), run.state},
            {QStringLiteral("started_at"), timeText(run.startedAt)},
            {QStringLiteral("finished_at"), timeText(run.finishedAt)},
            {QStringLiteral("program_sha256"), run.programSha256},
            {QStringLiteral("observations_sha256"), run.observationsSha256}};
}

ManifestRun readRun(const QJsonObject &object) {
    return {static_cast<int>(wholeNumber(object.value(QLatin1String("phase"))).value_or(0)),
            textOf(object, "step"),
            textOf(object, "host"),
            textOf(object, "nonce"),
            textOf(object, "state"),
            timeOf(object, "started_at"),
            timeOf(object, "finished_at"),
            textOf(object, "program_sha256"),
            textOf(object, "observations_sha256")};
}

QJsonObject contentOf(const EvidenceManifest &manifest) {
    QJsonValue previous;
    if (manifest.previous)
        previous = QJsonObject{{QStringLiteral("campaign"), manifest.previous->campaign},
                               {QStringLiteral("evidence_sha256"), manifest.previous->evidenceSha256}};
    return {
        {QStringLiteral("schema"), kSchema},
        {QStringLiteral("campaign"), manifest.campaign},
        {QStringLiteral("evidence_sha256"), manifest.evidenceSha256},
        {QStringLiteral("tool"), QJsonObject{{QStringLiteral("name"), QStringLiteral("slipway")},
                                             {QStringLiteral("version"), manifest.toolVersion},
                                             {QStringLiteral("rules_version"), manifest.rulesVersion}}},
        {QStringLiteral("previous"), previous},
        {QStringLiteral("servers"), arrayOf(manifest.servers,
                                            [](const MeasuredServer &server) {
                                                return QJsonObject{
                                                    {QStringLiteral("host"), server.host},
                                                    {QStringLiteral("version"), server.version},
                                                    {QStringLiteral("sha256"), server.sha256}};
                                            })},
        {QStringLiteral("runs"), arrayOf(manifest.runs, runJson)},
        {QStringLiteral("masked"), arrayOf(manifest.masked,
                                           [](const Masked &masked) {
                                               return QJsonObject{{QStringLiteral("file"), masked.file},
                                                                  {QStringLiteral("kind"), masked.kind},
                                                                  {QStringLiteral("offset"), masked.offset},
                                                                  {QStringLiteral("length"), masked.length}};
                                           })},
        {QStringLiteral("absent"), arrayOf(manifest.absent,
                                           [](const EvidenceFile &file) {
                                               return QJsonObject{{QStringLiteral("name"), file.name},
                                                                  {QStringLiteral("problem"), file.problem}};
                                           })},
        {QStringLiteral("findings"), arrayOf(manifest.findings,
                                             [](const Finding &finding) {
                                                 return QJsonObject{
                                                     {QStringLiteral("check"), finding.check},
                                                     {QStringLiteral("reason"), finding.reason}};
                                             })},
        {QStringLiteral("files"), arrayOf(manifest.files,
                                          [](const ManifestFile &file) {
                                              return QJsonObject{{QStringLiteral("name"), file.name},
                                                                 {QStringLiteral("bytes"), file.bytes},
                                                                 {QStringLiteral("sha256"), file.sha256}};
                                          })},
    };
}

// What kOldSchema does not have stays empty.
void readRest(const QJsonObject &object, EvidenceManifest &manifest) {
    manifest.evidenceSha256 = textOf(object, "evidence_sha256");
    const QJsonObject tool = object.value(QLatin1String("tool")).toObject();
    manifest.toolVersion = textOf(tool, "version");
    manifest.rulesVersion =
        static_cast<int>(wholeNumber(tool.value(QLatin1String("rules_version"))).value_or(0));
    if (const QJsonValue previous = object.value(QLatin1String("previous")); previous.isObject())
        manifest.previous = PreviousRun{textOf(previous.toObject(), "campaign"),
                                        textOf(previous.toObject(), "evidence_sha256")};
    forEachObject(object, "servers", [&](const QJsonObject &server) {
        manifest.servers.append(
            {textOf(server, "host"), textOf(server, "version"), textOf(server, "sha256")});
    });
    forEachObject(object, "runs", [&](const QJsonObject &run) { manifest.runs.append(readRun(run)); });
    forEachObject(object, "masked", [&](const QJsonObject &masked) {
        manifest.masked.append({textOf(masked, "file"), textOf(masked, "kind"),
                                wholeNumber(masked.value(QLatin1String("offset"))).value_or(0),
                                wholeNumber(masked.value(QLatin1String("length"))).value_or(0)});
    });
    forEachObject(object, "absent", [&](const QJsonObject &file) {
        manifest.absent.append({textOf(file, "name"), {}, textOf(file, "problem")});
    });
    forEachObject(object, "findings", [&](const QJsonObject &finding) {
        manifest.findings.append({textOf(finding, "check"), textOf(finding, "reason")});
    });
}

bool isDerived(const QString &name) {
    return name == kPage || name == kBadge || name == QLatin1String("checks.json") || name == kManifest ||
           name == kManifestSignature;
}

} // namespace

QString sha256Of(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray manifestBytes(const EvidenceManifest &manifest) {
    QJsonObject object = contentOf(manifest);
    object.insert(kSeal, sha256Of(QJsonDocument(object).toJson(QJsonDocument::Compact)));
    return QJsonDocument(object).toJson();
}

Result<EvidenceManifest> readManifest(const QByteArray &bytes) {
    if (bytes.size() > kLimit)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 has %2 bytes").arg(kManifest).arg(bytes.size())};
    const auto object = parseJsonObject(bytes, kManifest);
    if (!object)
        return object.error();
    JsonFields fields(*object, QString());
    EvidenceManifest manifest;
    manifest.campaign = fields.text(QStringLiteral("campaign"));
    const QString schema = fields.text(QStringLiteral("schema"));
    if (schema != kSchema && schema != kOldSchema)
        fields.fail(QStringLiteral("schema"), QStringLiteral("must be \"%1\"").arg(kSchema));
    for (JsonFields &entry : fields.objects(QStringLiteral("files"))) {
        manifest.files.append({entry.text(QStringLiteral("name")),
                               entry.integer(QStringLiteral("bytes"), 0, kSizeLimit),
                               entry.text(QStringLiteral("sha256"))});
        fields.adopt(entry);
    }
    if (schema == kSchema)
        readRest(*object, manifest);
    else if (const QJsonValue previous = object->value(QLatin1String("previous")); previous.isObject())
        manifest.previous = PreviousRun{textOf(previous.toObject(), "campaign"), QString()};
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1: %2").arg(kManifest, fields.problem())};
    // Whatever the fields above let through, a wrong type or a member too many, is not what was written.
    if (schema == kSchema && manifestBytes(manifest) != bytes)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 is not as Slipway wrote it: its seal does not fit, or a member is "
                                    "missing, unknown, doubled or of another type")
                         .arg(kManifest)};
    return manifest;
}

QString evidenceHash(const QList<EvidenceFile> &files) {
    const bool hasPlan = findFile(files, kPlanFile) != nullptr;
    QMap<QString, QByteArray> hashes;
    for (const EvidenceFile &file : files) {
        if (hasPlan ? file.name != kPlanFile && !file.name.startsWith(kObservationFolder)
                    : isDerived(file.name))
            continue;
        if (!file.name.endsWith(kCompressedSuffix)) {
            hashes.insert(file.name, sha256Of(file.bytes).toLatin1());
            continue;
        }
        // Of the plain bytes: another version of the library may compress them otherwise.
        QCryptographicHash hash(QCryptographicHash::Sha256);
        const auto read = forEachLine(file, [&](QByteArrayView line, qint64) {
            hash.addData(line);
            hash.addData("\n");
            return true;
        });
        hashes.insert(uncompressedName(file.name), read ? hash.result().toHex() : QByteArray("unreadable"));
    }
    QCryptographicHash all(QCryptographicHash::Sha256);
    for (auto it = hashes.constBegin(); it != hashes.constEnd(); ++it)
        all.addData(it.key().toUtf8() + '\0' + it.value() + '\n');
    return QString::fromLatin1(all.result().toHex());
}

} // namespace slipway
