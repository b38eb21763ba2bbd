// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/digitalocean/dropletclient.h"

#include "app/cloud/digitalocean/cloudjson.h"
#include "app/cloud/digitalocean/firewallrules.h"

namespace slipway {

namespace {

constexpr int kPageSize = 200;
constexpr int kMaxPages = 500;
constexpr int kListTries = 3;

QString encoded(const QString &word) {
    return QString::fromLatin1(QUrl::toPercentEncoding(word));
}

Error unreadable(const QString &path, const QString &why) {
    // A POST's answer that cannot be read does not say that nothing was made.
    return {ErrorCode::ConnectionLost,
            QStringLiteral("The answer to %1 is not as documented: %2.").arg(path, why)};
}

Result<QString> parseTag(const QJsonObject &object) {
    const QString name = object.value(QStringLiteral("name")).toString();
    if (name.isEmpty())
        return Error{ErrorCode::Corrupt, QStringLiteral("its \"name\" is not a text")};
    return name;
}

Result<QString> parseUrn(const QJsonObject &object) {
    return object.value(QStringLiteral("urn")).toString();
}

} // namespace

// Every page or an error. The links' query is followed, never their host, which is not ours to trust.
Result<QJsonArray> DropletClient::page(const QString &path, QUrlQuery query, const QString &key) {
    QJsonArray all;
    query.addQueryItem(QStringLiteral("per_page"), QString::number(kPageSize));
    for (int pages = 0; pages < kMaxPages; ++pages) {
        const auto answer = m_transport.send({"GET", path, query});
        if (!answer)
            return answer.error();
        const QJsonValue items = answer->value(key);
        if (!items.isArray())
            return unreadable(path, QStringLiteral("it has no list \"%1\"").arg(key));
        for (const QJsonValue item : items.toArray())
            all.append(item);
        const QString next = answer->value(QStringLiteral("links"))
                                 .toObject()
                                 .value(QStringLiteral("pages"))
                                 .toObject()
                                 .value(QStringLiteral("next"))
                                 .toString();
        if (next.isEmpty()) {
            const qint64 total =
                answer->value(QStringLiteral("meta")).toObject().value(QStringLiteral("total")).toInteger();
            if (all.size() < total)
                return unreadable(path, QStringLiteral("it says %1 and lists %2").arg(total).arg(all.size()));
            return all;
        }
        const QUrlQuery following(QUrl(next).query());
        if (following == query)
            return unreadable(path, QStringLiteral("its next page is the same page"));
        query = following;
    }
    return unreadable(path, QStringLiteral("it has more than %1 pages").arg(kMaxPages));
}

template <typename T>
Result<QList<T>> DropletClient::list(const QString &path, const QString &key,
                                     Result<T> (*parse)(const QJsonObject &), const QUrlQuery &query) {
    Result<QJsonArray> all = page(path, query, key);
    // Something that vanished between two pages makes them disagree; only a list that stays so is an error.
    for (int attempt = 1; attempt < kListTries && !all && all.error().code == ErrorCode::ConnectionLost &&
                          !m_transport.stop().stop_requested();
         ++attempt)
        all = page(path, query, key);
    if (!all)
        return all.error();
    QList<T> values;
    for (qsizetype i = 0; i < all->size(); ++i) {
        auto value = parse(all->at(i).toObject());
        if (!value)
            return unreadable(path, QStringLiteral("%1[%2]: %3").arg(key).arg(i).arg(value.error().text));
        values.append(std::move(*value));
    }
    return values;
}

template <typename T>
Result<T> DropletClient::one(const ApiRequest &request, const QString &key,
                             Result<T> (*parse)(const QJsonObject &)) {
    const auto answer = m_transport.send(request);
    if (!answer)
        return answer.error();
    auto value = parse(key.isEmpty() ? *answer : answer->value(key).toObject());
    if (!value)
        return unreadable(request.path, QStringLiteral("%1: %2").arg(key, value.error().text));
    return value;
}

Result<void> DropletClient::remove(const QString &path) {
    const auto answer = m_transport.send({"DELETE", path});
    if (!answer && answer.error().code != ErrorCode::NotFound)
        return answer.error();
    return {};
}

Result<Account> DropletClient::account() {
    return one<Account>({"GET", QStringLiteral("/v2/account")}, QStringLiteral("account"), parseAccount);
}

Result<Balance> DropletClient::balance() {
    return one<Balance>({"GET", QStringLiteral("/v2/customers/my/balance")}, {}, parseBalance);
}

Result<QList<Region>> DropletClient::regions() {
    return list<Region>(QStringLiteral("/v2/regions"), QStringLiteral("regions"), parseRegion);
}

Result<QList<Size>> DropletClient::sizes() {
    return list<Size>(QStringLiteral("/v2/sizes"), QStringLiteral("sizes"), parseSize);
}

Result<Image> DropletClient::image(const QString &slugOrId) {
    return one<Image>({"GET", QStringLiteral("/v2/images/") + encoded(slugOrId)}, QStringLiteral("image"),
                      parseImage);
}

Result<QList<SshKey>> DropletClient::keys() {
    if (!m_keys) {
        const auto keys =
            list<SshKey>(QStringLiteral("/v2/account/keys"), QStringLiteral("ssh_keys"), parseSshKey);
        if (!keys)
            return keys.error();
        m_keys = *keys;
    }
    return *m_keys;
}

Result<SshKey> DropletClient::addKey(const QString &name, const QString &publicKey) {
    m_keys.reset();
    return one<SshKey>({"POST",
                        QStringLiteral("/v2/account/keys"),
                        {},
                        {{QStringLiteral("name"), name}, {QStringLiteral("public_key"), publicKey}}},
                       QStringLiteral("ssh_key"), parseSshKey);
}

Result<QStringList> DropletClient::tags() {
    return list<QString>(QStringLiteral("/v2/tags"), QStringLiteral("tags"), parseTag);
}

Result<QString> DropletClient::createTag(const QString &name) {
    return one<QString>({"POST", QStringLiteral("/v2/tags"), {}, {{QStringLiteral("name"), name}}},
                        QStringLiteral("tag"), parseTag);
}

Result<void> DropletClient::deleteTag(const QString &name) {
    return remove(QStringLiteral("/v2/tags/") + encoded(name));
}

Result<QList<CloudNetwork>> DropletClient::networks() {
    return list<CloudNetwork>(QStringLiteral("/v2/vpcs"), QStringLiteral("vpcs"), parseNetwork);
}

Result<CloudNetwork> DropletClient::network(const QString &id) {
    return one<CloudNetwork>({"GET", QStringLiteral("/v2/vpcs/") + encoded(id)}, QStringLiteral("vpc"),
                             parseNetwork);
}

Result<CloudNetwork> DropletClient::createNetwork(const QString &name, const QString &region,
                                                  const QString &range, const QString &description) {
    return one<CloudNetwork>({"POST",
                              QStringLiteral("/v2/vpcs"),
                              {},
                              {{QStringLiteral("name"), name},
                               {QStringLiteral("region"), region},
                               {QStringLiteral("ip_range"), range},
                               {QStringLiteral("description"), description}}},
                             QStringLiteral("vpc"), parseNetwork);
}

Result<int> DropletClient::networkMembers(const QString &id) {
    const auto members = list<QString>(QStringLiteral("/v2/vpcs/%1/members").arg(encoded(id)),
                                       QStringLiteral("members"), parseUrn);
    if (!members)
        return members.error();
    return static_cast<int>(members->size());
}

Result<void> DropletClient::deleteNetwork(const QString &id) {
    return remove(QStringLiteral("/v2/vpcs/") + encoded(id));
}

Result<QList<Firewall>> DropletClient::firewalls() {
    return list<Firewall>(QStringLiteral("/v2/firewalls"), QStringLiteral("firewalls"), parseFirewall);
}

Result<Firewall> DropletClient::firewall(const QString &id) {
    return one<Firewall>({"GET", QStringLiteral("/v2/firewalls/") + encoded(id)}, QStringLiteral("firewall"),
                         parseFirewall);
}

Result<Firewall> DropletClient::createFirewall(const FirewallRequest &request) {
    return one<Firewall>({"POST", QStringLiteral("/v2/firewalls"), {}, firewallRules(request)},
                         QStringLiteral("firewall"), parseFirewall);
}

Result<void> DropletClient::deleteFirewall(const QString &id) {
    return remove(QStringLiteral("/v2/firewalls/") + encoded(id));
}

Result<QList<CloudServer>> DropletClient::servers() {
    return list<CloudServer>(QStringLiteral("/v2/droplets"), QStringLiteral("droplets"), parseServer);
}

Result<QList<CloudServer>> DropletClient::serversWithTag(const QString &tag) {
    if (tag.isEmpty())
        return Error{ErrorCode::Internal, QStringLiteral("Droplets were asked for by an empty tag.")};
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("tag_name"), encoded(tag));
    return list<CloudServer>(QStringLiteral("/v2/droplets"), QStringLiteral("droplets"), parseServer, query);
}

Result<CloudServer> DropletClient::server(qint64 id) {
    return one<CloudServer>({"GET", QStringLiteral("/v2/droplets/%1").arg(id)}, QStringLiteral("droplet"),
                            parseServer);
}

Result<CloudServer> DropletClient::createServer(const ServerRequest &request) {
    QJsonObject body{{QStringLiteral("name"), request.name},
                     {QStringLiteral("region"), request.region},
                     {QStringLiteral("size"), request.size},
                     {QStringLiteral("ssh_keys"), QJsonArray{request.keyFingerprint}},
                     {QStringLiteral("vpc_uuid"), request.networkId},
                     {QStringLiteral("tags"), QJsonArray::fromStringList(request.tags)},
                     {QStringLiteral("user_data"), QString::fromLatin1(request.userData)}};
    bool isId = false;
    const qint64 imageId = request.image.toLongLong(&isId);
    body.insert(QStringLiteral("image"), isId ? QJsonValue(imageId) : QJsonValue(request.image));
    return one<CloudServer>({"POST", QStringLiteral("/v2/droplets"), {}, body}, QStringLiteral("droplet"),
                            parseServer);
}

Result<void> DropletClient::deleteServer(qint64 id) {
    return remove(QStringLiteral("/v2/droplets/%1").arg(id));
}

Result<QList<CloudAction>> DropletClient::serverActions(qint64 id) {
    return list<CloudAction>(QStringLiteral("/v2/droplets/%1/actions").arg(id), QStringLiteral("actions"),
                             parseCloudAction);
}

} // namespace slipway
