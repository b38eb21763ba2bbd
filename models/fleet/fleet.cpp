// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleet.h"

#include "models/core/jsonfields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

const QString kSchema = QStringLiteral("slipway-fleet/1");

bool matches(const QString &pattern, const QString &text) {
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

// Host names, IPv4 and IPv6 literals. Nothing that a shell, ssh or a URL could take for something else.
bool isAddress(const QString &text) {
    return matches(
        QStringLiteral("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?"), text);
}

bool isAbsolutePath(const QString &text) {
    return text.startsWith(QLatin1Char('/')) && !text.contains(QLatin1Char('\n')) && !text.contains(QChar(0));
}

Host readHost(JsonFields &fields) {
    fields.refuseOthers({QStringLiteral("name"), QStringLiteral("role"), QStringLiteral("address"),
                         QStringLiteral("port"), QStringLiteral("user"), QStringLiteral("privateAddress"),
                         QStringLiteral("identityFile"), QStringLiteral("hostKeys"),
                         QStringLiteral("serverPath"), QStringLiteral("workDir"), QStringLiteral("id"),
                         QStringLiteral("sshConfig")});
    Host host;
    host.name = fields.text(QStringLiteral("name"));
    if (!isPlainName(host.name))
        fields.fail(QStringLiteral("name"),
                    QStringLiteral("may hold letters, digits, dot, dash and underscore only"));
    const QString role = fields.text(QStringLiteral("role"));
    if (role != QLatin1String("peer") && role != QLatin1String("chaos"))
        fields.fail(QStringLiteral("role"), QStringLiteral("must be \"peer\" or \"chaos\""));
    host.role = role == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
    host.id = fields.text(QStringLiteral("id"), QString());
    if (!host.id.isEmpty() && !isPlainName(host.id))
        fields.fail(QStringLiteral("id"),
                    QStringLiteral("may hold letters, digits, dot, dash and underscore only"));
    host.address = fields.text(QStringLiteral("address"));
    if (!isAddress(host.address))
        fields.fail(QStringLiteral("address"), QStringLiteral("is neither a host name nor an IP address"));
    host.port = static_cast<quint16>(fields.integer(QStringLiteral("port"), 1, 65535, 0));
    host.user = fields.text(QStringLiteral("user"), QString());
    if (!host.user.isEmpty() && !matches(QStringLiteral("[A-Za-z_][A-Za-z0-9._-]{0,31}"), host.user))
        fields.fail(QStringLiteral("user"), QStringLiteral("is not a user name"));
    host.privateAddress = fields.text(QStringLiteral("privateAddress"), host.address);
    if (!isAddress(host.privateAddress))
        fields.fail(QStringLiteral("privateAddress"),
                    QStringLiteral("is neither a host name nor an IP address"));
    host.identityFile = fields.text(QStringLiteral("identityFile"), QString());
    host.hostKeys = fields.texts(QStringLiteral("hostKeys"));
    host.sshConfig = fields.text(QStringLiteral("sshConfig"), QString());
    if (!host.sshConfig.isEmpty() && host.sshConfig != QLatin1String("none") &&
        !isAbsolutePath(host.sshConfig))
        fields.fail(QStringLiteral("sshConfig"), QStringLiteral("must be an absolute path or \"none\""));
    host.serverPath = fields.text(QStringLiteral("serverPath"), QStringLiteral("/usr/local/bin/ai-memory"));
    host.workDir = fields.text(QStringLiteral("workDir"), QStringLiteral("/tmp"));
    for (const auto &[key, path] : {std::pair{QStringLiteral("serverPath"), host.serverPath},
                                    std::pair{QStringLiteral("workDir"), host.workDir}}) {
        if (!isAbsolutePath(path))
            fields.fail(key, QStringLiteral("must be an absolute path"));
    }
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

bool isPlainName(const QString &name) {
    return matches(QStringLiteral("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"), name);
}

Result<Fleet> parseFleet(const QByteArray &json, const QString &what) {
    auto object = parseJsonObject(json, what);
    if (!object)
        return object.error();
    JsonFields fields(*object, QString());
    fields.refuseOthers({QStringLiteral("schema"), QStringLiteral("name"), QStringLiteral("hosts"),
                         QStringLiteral("parameters")});
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
            {QStringLiteral("role"),
             host.role == HostRole::Peer ? QStringLiteral("peer") : QStringLiteral("chaos")},
            {QStringLiteral("address"), host.address},
            {QStringLiteral("privateAddress"), host.privateAddress},
            {QStringLiteral("serverPath"), host.serverPath},
            {QStringLiteral("workDir"), host.workDir},
        };
        for (const auto &[key, text] :
             {std::pair{QStringLiteral("id"), host.id}, std::pair{QStringLiteral("user"), host.user},
              std::pair{QStringLiteral("identityFile"), host.identityFile},
              std::pair{QStringLiteral("sshConfig"), host.sshConfig}}) {
            if (!text.isEmpty())
                entry.insert(key, text);
        }
        if (host.port != 0)
            entry.insert(QStringLiteral("port"), host.port);
        if (!host.hostKeys.isEmpty())
            entry.insert(QStringLiteral("hostKeys"), QJsonArray::fromStringList(host.hostKeys));
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
