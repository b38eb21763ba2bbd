// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/manifest.h"

#include "models/core/jsonfields.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-manifest/1");
constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;

QJsonObject runJson(const ManifestRun &run) {
    return {{QStringLiteral("phase"), run.phase},
            {QStringLiteral("step"), run.step},
            {QStringLiteral("host"), run.host},
            {QStringLiteral("nonce"), run.nonce},
            {QStringLiteral("state"), run.state},
            {QStringLiteral("started_at"), run.startedAt.toUTC().toString(Qt::ISODateWithMs)},
            {QStringLiteral("finished_at"), run.finishedAt.toUTC().toString(Qt::ISODateWithMs)}};
}

template <typename List, typename ToJson>
QJsonArray arrayOf(const List &list, ToJson toJson) {
    QJsonArray array;
    for (const auto &entry : list)
        array.append(toJson(entry));
    return array;
}

} // namespace

QString sha256Of(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray manifestBytes(const EvidenceManifest &manifest) {
    QJsonObject object{
        {QStringLiteral("schema"), kSchema},
        {QStringLiteral("campaign"), manifest.campaign},
        {QStringLiteral("tool"), QJsonObject{{QStringLiteral("name"), QStringLiteral("slipway")},
                                             {QStringLiteral("version"), manifest.toolVersion},
                                             {QStringLiteral("rules_version"), manifest.rulesVersion}}},
        {QStringLiteral("previous"), QJsonValue()},
    };
    if (manifest.previous)
        object.insert(QStringLiteral("previous"),
                      QJsonObject{{QStringLiteral("campaign"), manifest.previous->campaign},
                                  {QStringLiteral("manifest_sha256"), manifest.previous->manifestSha256}});
    object.insert(QStringLiteral("servers"), arrayOf(manifest.servers, [](const MeasuredServer &server) {
                      return QJsonObject{{QStringLiteral("host"), server.host},
                                         {QStringLiteral("version"), server.version},
                                         {QStringLiteral("sha256"), server.sha256}};
                  }));
    object.insert(QStringLiteral("runs"), arrayOf(manifest.runs, runJson));
    object.insert(QStringLiteral("masked"), arrayOf(manifest.masked, [](const Masked &masked) {
                      return QJsonObject{{QStringLiteral("file"), masked.file},
                                         {QStringLiteral("kind"), masked.kind},
                                         {QStringLiteral("offset"), masked.offset},
                                         {QStringLiteral("length"), masked.length}};
                  }));
    object.insert(QStringLiteral("absent"), arrayOf(manifest.absent, [](const EvidenceFile &file) {
                      return QJsonObject{{QStringLiteral("name"), file.name},
                                         {QStringLiteral("problem"), file.problem}};
                  }));
    object.insert(QStringLiteral("files"), arrayOf(manifest.files, [](const ManifestFile &file) {
                      return QJsonObject{{QStringLiteral("name"), file.name},
                                         {QStringLiteral("bytes"), file.bytes},
                                         {QStringLiteral("sha256"), file.sha256}};
                  }));
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
    if (fields.text(QStringLiteral("schema")) != kSchema)
        fields.fail(QStringLiteral("schema"), QStringLiteral("must be \"%1\"").arg(kSchema));
    if (object->value(QLatin1String("previous")).isObject()) {
        JsonFields previous(fields.object(QStringLiteral("previous")), QStringLiteral("previous"));
        manifest.previous = PreviousRun{previous.text(QStringLiteral("campaign")),
                                        previous.text(QStringLiteral("manifest_sha256"))};
        fields.adopt(previous);
    }
    for (JsonFields &entry : fields.objects(QStringLiteral("files"))) {
        manifest.files.append({entry.text(QStringLiteral("name")),
                               entry.integer(QStringLiteral("bytes"), 0, 1LL << 52),
                               entry.text(QStringLiteral("sha256"))});
        fields.adopt(entry);
    }
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1: %2").arg(kManifest, fields.problem())};
    return manifest;
}

} // namespace slipway
