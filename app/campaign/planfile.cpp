// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/planfile.h"

#include "app/core/outputfile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace slipway {

namespace {

constexpr qint64 kLimit = qint64(16) * 1024 * 1024;

// Hidden: what is not hidden in a spool folder is a stream.
QString fileIn(const QString &spoolDir) {
    return spoolDir + QStringLiteral("/.plan.json");
}

} // namespace

Result<void> savePlan(const CampaignPlan &plan) {
    QJsonObject parameters;
    for (auto it = plan.parameters.constBegin(); it != plan.parameters.constEnd(); ++it)
        parameters.insert(it.key(), it.value());
    QJsonArray phases;
    for (const int phase : plan.phases)
        phases.append(phase);
    QJsonObject scripts; // not the private key: the host that needs it has it, or the run cannot go on
    for (auto it = plan.field.programs.constBegin(); it != plan.field.programs.constEnd(); ++it)
        scripts.insert(QString::number(it.key()), QString::fromLatin1(it.value().toBase64()));
    const QJsonObject object{
        {QStringLiteral("field_scripts"), scripts},
        {QStringLiteral("id"), plan.id},
        {QStringLiteral("ref"), plan.ref},
        {QStringLiteral("run_token"), plan.runToken},
        {QStringLiteral("key"), plan.key},
        {QStringLiteral("phases"), phases},
        {QStringLiteral("parameters"), parameters},
        {QStringLiteral("fleet"), QString::fromUtf8(fleetToJson(plan.fleet))},
        {QStringLiteral("protocol"), QString::fromUtf8(plan.protocol.source)},
    };
    const QByteArray bytes = QJsonDocument(object).toJson();
    return writeFile(fileIn(plan.spoolDir), bytes, {.permissions = kOwnerOnly});
}

Result<CampaignPlan> loadPlan(const QString &spoolDir) {
    QFile file(fileIn(spoolDir));
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("There is no plan %1 to go on with: %2").arg(file.fileName(), file.errorString())};
    const QJsonObject object = QJsonDocument::fromJson(file.read(kLimit)).object();
    const auto text = [&](const char *name) { return object.value(QLatin1String(name)).toString(); };
    auto fleet = parseFleet(text("fleet").toUtf8(), file.fileName() + QStringLiteral(", fleet"));
    if (!fleet)
        return fleet.error();
    auto protocol = parseProtocol(text("protocol").toUtf8(), file.fileName() + QStringLiteral(", protocol"));
    if (!protocol)
        return protocol.error();
    QMap<QString, QString> settings;
    const QJsonObject parameters = object.value(QLatin1String("parameters")).toObject();
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it)
        settings.insert(it.key(), it.value().toString());
    const auto resolved = resolveParameters(*protocol, {}, settings);
    if (!resolved)
        return resolved.error();
    CampaignPlan plan;
    plan.id = text("id");
    plan.ref = text("ref");
    plan.runToken = text("run_token");
    plan.key = text("key");
    plan.fleet = std::move(*fleet);
    plan.protocol = std::move(*protocol);
    plan.parameters = *resolved;
    plan.spoolDir = spoolDir;
    const QJsonObject scripts = object.value(QLatin1String("field_scripts")).toObject();
    for (auto it = scripts.constBegin(); it != scripts.constEnd(); ++it)
        plan.field.programs.insert(it.key().toInt(),
                                   QByteArray::fromBase64(it.value().toString().toLatin1()));
    for (const QJsonValue number : object.value(QLatin1String("phases")).toArray())
        plan.phases << number.toInt();
    if (!isPlainName(plan.runToken))
        return Error{ErrorCode::Corrupt, QStringLiteral("%1 has no run_token").arg(file.fileName())};
    TRY(checkPlan(plan));
    return plan;
}

bool hasPlan(const QString &spoolDir) {
    return QFile::exists(fileIn(spoolDir));
}

} // namespace slipway
