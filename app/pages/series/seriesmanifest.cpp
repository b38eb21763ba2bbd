// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/seriesmanifest.h"

#include "models/core/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-series-manifest/1");
const QString kLayout = QStringLiteral("layout");
const QString kHash = QStringLiteral("manifest_sha256");

QJsonObject objectOf(const SeriesManifest &manifest) {
    QJsonObject runs;
    for (auto it = manifest.runs.constBegin(); it != manifest.runs.constEnd(); ++it)
        runs.insert(it.key(), *it);
    QJsonArray files;
    for (const ManifestFile &file : manifest.files)
        files << QJsonObject{{QStringLiteral("name"), file.name},
                             {QStringLiteral("bytes"), file.bytes},
                             {QStringLiteral("sha256"), file.sha256}};
    QJsonArray masked;
    for (const Masked &mask : manifest.masked)
        masked << QJsonObject{{QStringLiteral("file"), mask.file},
                              {QStringLiteral("kind"), mask.kind},
                              {QStringLiteral("offset"), mask.offset},
                              {QStringLiteral("length"), mask.length}};
    QJsonObject object{{QStringLiteral("schema"), kSchema},
                       {QStringLiteral("series"), manifest.series},
                       {QStringLiteral("tool_version"), manifest.toolVersion},
                       {QStringLiteral("rules_version"), manifest.rulesVersion},
                       {QStringLiteral("alarm_rules_version"), manifest.alarmRulesVersion},
                       {QStringLiteral("runs"), runs},
                       {QStringLiteral("files"), files},
                       {QStringLiteral("masked"), masked}};
    if (manifest.layout > 1) // the first had no such member
        object.insert(kLayout, manifest.layout);
    return object;
}

QString hashOf(const QJsonObject &object) {
    return sha256Of(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace

QByteArray seriesManifestBytes(const SeriesManifest &manifest) {
    QJsonObject object = objectOf(manifest);
    object.insert(kHash, hashOf(object));
    return QJsonDocument(object).toJson();
}

Result<SeriesManifest> readSeriesManifest(const QByteArray &bytes) {
    const auto object = parseJsonObject(bytes, kSeriesManifest);
    if (!object)
        return object.error();
    JsonFields fields(*object, QStringLiteral("manifest"));
    constexpr qint64 kMaxVersion = 1'000'000;
    const QString schema = fields.text(QStringLiteral("schema"));
    if (fields.problem().isEmpty() && schema != kSchema)
        return Error{ErrorCode::Unsupported,
                     QStringLiteral("manifest.schema is \"%1\", not \"%2\".").arg(schema, kSchema)};
    SeriesManifest manifest;
    manifest.series = fields.text(QStringLiteral("series"));
    manifest.toolVersion = fields.text(QStringLiteral("tool_version"));
    manifest.layout =
        object->contains(kLayout) ? static_cast<int>(fields.integer(kLayout, 2, kMaxVersion)) : 1;
    manifest.rulesVersion = static_cast<int>(fields.integer(QStringLiteral("rules_version"), 0, kMaxVersion));
    manifest.alarmRulesVersion =
        static_cast<int>(fields.integer(QStringLiteral("alarm_rules_version"), 0, kMaxVersion));
    const QJsonObject runs = fields.object(QStringLiteral("runs"));
    for (auto it = runs.constBegin(); it != runs.constEnd(); ++it)
        manifest.runs.insert(it.key(), it->toString());
    for (JsonFields file : fields.objects(QStringLiteral("files"))) {
        manifest.files.append({file.text(QStringLiteral("name")),
                               file.integer(QStringLiteral("bytes"), 0, qint64(1) << 32),
                               file.text(QStringLiteral("sha256"))});
        fields.adopt(file);
    }
    const QJsonArray masked = object->value(QLatin1String("masked")).toArray();
    for (const QJsonValue value : masked) {
        const QJsonObject mask = value.toObject();
        manifest.masked.append({mask.value(QLatin1String("file")).toString(),
                                mask.value(QLatin1String("kind")).toString(),
                                mask.value(QLatin1String("offset")).toInteger(),
                                mask.value(QLatin1String("length")).toInteger()});
    }
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    if (seriesManifestBytes(manifest) != bytes)
        return Error{
            ErrorCode::Corrupt,
            QStringLiteral("The manifest's own SHA-256 does not hold, or it has members of others.")};
    return manifest;
}

} // namespace slipway
