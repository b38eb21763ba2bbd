// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/recordedplan.h"
#include "models/core/wholenumber.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-plan/1");
constexpr qsizetype kLimit = qsizetype(4) * 1024 * 1024;

QJsonObject textObject(const QMap<QString, QString> &texts) {
    QJsonObject object;
    for (auto it = texts.constBegin(); it != texts.constEnd(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QMap<QString, QString> textMap(const QJsonObject &object) {
    QMap<QString, QString> texts;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it)
        texts.insert(it.key(), it.value().toString());
    return texts;
}

} // namespace

QString PlannedRun::streamFile() const {
    return QStringLiteral("%1phase%2-%3-%4.obs.jsonl").arg(kObservationFolder).arg(phase).arg(step, host);
}

QByteArray planBytes(const RecordedPlan &plan) {
    QJsonArray phases;
    for (const int phase : plan.phases)
        phases.append(phase);
    QJsonArray runs;
    for (const PlannedRun &run : plan.runs) {
        runs.append(QJsonObject{{QStringLiteral("phase"), run.phase},
                                {QStringLiteral("step"), run.step},
                                {QStringLiteral("host"), run.host},
                                {QStringLiteral("program"), run.program},
                                {QStringLiteral("token"), run.token},
                                {QStringLiteral("observed"), run.observed}});
    }
    return QJsonDocument(
               QJsonObject{
                   {QStringLiteral("schema"), kSchema},
                   {QStringLiteral("campaign"), plan.campaign},
                   {QStringLiteral("ref"), plan.ref},
                   {QStringLiteral("run"), plan.run},
                   {QStringLiteral("key"), plan.key},
                   {QStringLiteral("protocol"), QJsonObject{{QStringLiteral("name"), plan.protocol},
                                                            {QStringLiteral("version"), plan.protocolVersion},
                                                            {QStringLiteral("sha256"), plan.protocolSha256}}},
                   {QStringLiteral("parameters"), textObject(plan.parameters)},
                   {QStringLiteral("peers"), QJsonArray::fromStringList(plan.peers)},
                   {QStringLiteral("phases"), phases},
                   {QStringLiteral("programs"), textObject(plan.programs)},
                   {QStringLiteral("runs"), runs},
                   {QStringLiteral("recorded_at"), plan.recordedAt.toUTC().toString(Qt::ISODateWithMs)}})
        .toJson();
}

Result<RecordedPlan> readPlan(const QByteArray &bytes) {
    if (bytes.size() > kLimit)
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1 has %2 bytes, at most %3 are read")
                                                  .arg(kPlanFile)
                                                  .arg(bytes.size())
                                                  .arg(kLimit)};
    const auto object = parseJsonObject(bytes, kPlanFile);
    if (!object)
        return object.error();
    JsonFields fields(*object, QString());
    RecordedPlan plan;
    if (fields.text(QStringLiteral("schema")) != kSchema)
        fields.fail(QStringLiteral("schema"), QStringLiteral("must be \"%1\"").arg(kSchema));
    plan.campaign = fields.text(QStringLiteral("campaign"));
    JsonFields protocol(fields.object(QStringLiteral("protocol")), QStringLiteral("protocol"));
    plan.protocol = protocol.text(QStringLiteral("name"));
    plan.protocolVersion = protocol.text(QStringLiteral("version"));
    plan.protocolSha256 = protocol.text(QStringLiteral("sha256"));
    fields.adopt(protocol);
    const auto text = [&](const char *key) { return object->value(QLatin1String(key)).toString(); };
    plan.ref = text("ref");
    plan.run = text("run");
    plan.key = text("key");
    plan.parameters = textMap(object->value(QLatin1String("parameters")).toObject());
    plan.programs = textMap(object->value(QLatin1String("programs")).toObject());
    for (const QJsonValue peer : object->value(QLatin1String("peers")).toArray())
        plan.peers << peer.toString();
    for (const QJsonValue phase : object->value(QLatin1String("phases")).toArray())
        plan.phases << static_cast<int>(wholeNumber(phase).value_or(0));
    for (JsonFields &entry : fields.objects(QStringLiteral("runs"))) {
        plan.runs.append({static_cast<int>(entry.integer(QStringLiteral("phase"), 1, 1000)),
                          entry.text(QStringLiteral("step")), entry.text(QStringLiteral("host")),
                          entry.text(QStringLiteral("program")), entry.text(QStringLiteral("token")),
                          entry.flag(QStringLiteral("observed"), true)});
        fields.adopt(entry);
    }
    plan.recordedAt = instantOf(text("recorded_at"));
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, QStringLiteral("%1: %2").arg(kPlanFile, fields.problem())};
    // Whatever the fields above let through, a wrong type or a member too many, is not what was written.
    if (planBytes(plan) != bytes)
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 is not as Slipway wrote it: a member is missing, unknown, doubled or "
                                    "of another type")
                         .arg(kPlanFile)};
    return plan;
}

} // namespace slipway
