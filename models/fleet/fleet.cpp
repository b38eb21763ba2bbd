// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleet.h"

#include "models/core/jsonfields.h"
#include "models/fleet/fleetfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <span>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-fleet/1");

QStringList namesOf(std::span<const FleetField> fields) {
    QStringList names;
    for (const FleetField &field : fields)
        names << QString::fromLatin1(field.name);
    return names;
}

Host readHost(JsonFields &fields) {
    fields.refuseOthers(namesOf(kHostFields));
    Host host;
    host.name = fields.text(QStringLiteral("name"));
    const QString role = fields.text(QStringLiteral("role"));
    if (role != QLatin1String("peer") && role != QLatin1String("chaos"))
        fields.fail(QStringLiteral("role"), QStringLiteral("must be \"peer\" or \"chaos\""));
    host.role = role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
    host.id = fields.text(QStringLiteral("id"), QString());
    host.address = fields.text(QStringLiteral("address"));
    host.port = static_cast<quint16>(fields.integer(QStringLiteral("port"), 1, 65535, 0));
    host.user = fields.text(QStringLiteral("user"), QString());
    host.privateAddress = fields.text(QStringLiteral("privateAddress"), host.address);
    host.identityFile = fields.text(QStringLiteral("identityFile"), QString());
    host.hostKeys = fields.texts(QStringLiteral("hostKeys"));
    host.sshConfig = fields.text(QStringLiteral("sshConfig"), QString());
    host.serverPath = fields.text(QStringLiteral("serverPath"), kDefaultServerPath);
    host.workDir = fields.text(QStringLiteral("workDir"), kDefaultWorkDir);
    host.group = fields.text(QStringLiteral("group"), QString());
    host.tags = fields.texts(QStringLiteral("tags"));
    if (const auto problem = hostProblem(host))
        fields.fail(problem->field, problem->why);
    return host;
}

} // namespace

const Host *Fleet::find(const QString &hostName) const {
    const auto it =
        std::find_if(hosts.begin(), hosts.end(), [&](const Host &host) { return host.name == hostName; });
    return it == hosts.end() ? nullptr : &*it;
}

QList<Host> Fleet::withRole(HostRole role) const {
    QList<Host> list;
    std::copy_if(hosts.begin(), hosts.end(), std::back_inserter(list),
                 [role](const Host &host) { return host.role == role; });
    return list;
}

Result<Fleet> parseFleet(const QByteArray &json, const QString &what) {
    auto object = parseJsonObject(json, what);
    if (!object)
        return object.error();
    JsonFields fields(*object, QString());
    fields.refuseOthers(namesOf(kFleetFields));
    if (fields.text(QStringLiteral("schema")) != kSchema)
        fields.fail(QStringLiteral("schema"), QStringLiteral("must be \"%1\"").arg(kSchema));
    Fleet fleet;
    fleet.name = fields.text(QStringLiteral("name"));
    if (!isPlainName(fleet.name))
        fields.fail(QStringLiteral("name"),
                    QStringLiteral("may hold letters, digits, dot, dash and underscore only"));
    QSet<QString> names;
    for (JsonFields &entry : fields.objects(QStringLiteral("hosts"))) {
        Host host = readHost(entry);
        if (names.contains(host.name))
            entry.fail(QStringLiteral("name"), QStringLiteral("\"%1\" is there twice").arg(host.name));
        names.insert(host.name);
        fields.adopt(entry);
        fleet.hosts.append(std::move(host));
    }
    const QJsonObject parameters = fields.object(QStringLiteral("parameters"));
    for (auto it = parameters.constBegin(); it != parameters.constEnd(); ++it) {
        if (!it.value().isString())
            fields.fail(QStringLiteral("parameters.") + it.key(), QStringLiteral("must be a string"));
        fleet.parameters.insert(it.key(), it.value().toString());
    }
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, what + QStringLiteral(": ") + fields.problem()};
    return fleet;
}

QByteArray fleetToJson(const Fleet &fleet) {
    QJsonArray hosts;
    for (const Host &host : fleet.hosts) {
        QJsonObject entry{
            {QStringLiteral("name"), host.name},
            {QStringLiteral("role"), hostRoleName(host.role)},
            {QStringLiteral("address"), host.address},
            {QStringLiteral("privateAddress"), host.privateAddress},
            {QStringLiteral("serverPath"), host.serverPath},
            {QStringLiteral("workDir"), host.workDir},
        };
        for (const auto &[key, text] :
             {std::pair{QStringLiteral("id"), host.id}, std::pair{QStringLiteral("user"), host.user},
              std::pair{QStringLiteral("identityFile"), host.identityFile},
              std::pair{QStringLiteral("sshConfig"), host.sshConfig},
              std::pair{QStringLiteral("group"), host.group}}) {
            if (!text.isEmpty())
                entry.insert(key, text);
        }
        if (host.port != 0)
            entry.insert(QStringLiteral("port"), host.port);
        if (!host.hostKeys.isEmpty())
            entry.insert(QStringLiteral("hostKeys"), QJsonArray::fromStringList(host.hostKeys));
        if (!host.tags.isEmpty())
            entry.insert(QStringLiteral("tags"), QJsonArray::fromStringList(host.tags));
        hosts.append(entry);
    }
    QJsonObject parameters;
    for (auto it = fleet.parameters.constBegin(); it != fleet.parameters.constEnd(); ++it)
        parameters.insert(it.key(), it.value());
    return QJsonDocument(QJsonObject{{QStringLiteral("schema"), kSchema},
                                     {QStringLiteral("name"), fleet.name},
                                     {QStringLiteral("hosts"), hosts},
                                     {QStringLiteral("parameters"), parameters}})
        .toJson();
}

} // namespace slipway
