// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/apitransport.h"
#include "models/fleet/cloud.h"

#include <QJsonArray>

#include <functional>
#include <optional>

namespace slipway {

struct DropletRequest {
    QString name;
    QString region;
    QString size;
    QString image;
    QString keyFingerprint;
    QString vpcId;
    QStringList tags;
    QByteArray userData; ///< plain ASCII: others have made a droplet vanish after it was accepted
};

/// The calls of DigitalOcean that a rented fleet needs. A list is whole or an error. Every call blocks;
/// threads and errors are as with ApiTransport.
class DropletClient {
public:
    explicit DropletClient(ApiTransport &transport) : m_transport(transport) {}

    Result<Account> account();
    Result<Balance> balance();
    Result<QList<Region>> regions();
    Result<QList<Size>> sizes();
    Result<Image> image(const QString &slugOrId);
    /// Asked for once: the API takes ten of these a minute.
    Result<QList<SshKey>> keys();
    Result<SshKey> addKey(const QString &name, const QString &publicKey);

    Result<QStringList> tags();
    Result<QString> createTag(const QString &name);
    Result<void>
    deleteTag(const QString &name); ///< one that is gone already is not an error, as with all below

    Result<QList<Vpc>> vpcs();
    Result<Vpc> vpc(const QString &id);
    Result<Vpc> createVpc(const QString &name, const QString &region, const QString &range,
                          const QString &description);
    Result<int> vpcMembers(const QString &id);
    Result<void> deleteVpc(const QString &id);

    Result<QList<Firewall>> firewalls();
    Result<Firewall> firewall(const QString &id);
    Result<Firewall> createFirewall(const QJsonObject &rules);
    Result<void> deleteFirewall(const QString &id);

    Result<QList<Droplet>> droplets();
    /// Refuses an empty tag, which would mean all.
    Result<QList<Droplet>> dropletsWithTag(const QString &tag);
    Result<Droplet> droplet(qint64 id);
    Result<Droplet> createDroplet(const DropletRequest &request);
    Result<void> deleteDroplet(qint64 id);
    Result<QList<CloudAction>> dropletActions(qint64 id);

    [[nodiscard]] ApiTransport &transport() const { return m_transport; }

private:
    Result<QJsonArray> page(const QString &path, QUrlQuery query, const QString &key);
    Result<void> remove(const QString &path);
    template <typename T>
    Result<QList<T>> list(const QString &path, const QString &key, Result<T> (*parse)(const QJsonObject &),
                          const QUrlQuery &query = {});
    template <typename T>
    Result<T> one(const ApiRequest &request, const QString &key, Result<T> (*parse)(const QJsonObject &));

    ApiTransport &m_transport;
    std::optional<QList<SshKey>> m_keys;
};

} // namespace slipway
