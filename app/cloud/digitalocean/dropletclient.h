// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/digitalocean/apitransport.h"
#include "app/cloud/provider.h"

#include <QJsonArray>

#include <functional>
#include <optional>

namespace slipway {

/// DigitalOcean: servers are its droplets, networks its VPCs. Threads and errors are as with ApiTransport,
/// which lives longer.
class DropletClient : public CloudProvider {
public:
    explicit DropletClient(ApiTransport &transport) : m_transport(transport) {}

    Result<Account> account() override;
    Result<Balance> balance() override;
    Result<QList<Region>> regions() override;
    Result<QList<Size>> sizes() override;
    Result<Image> image(const QString &slugOrId) override;
    /// Asked for once: the API takes ten of these a minute.
    Result<QList<SshKey>> keys() override;
    Result<SshKey> addKey(const QString &name, const QString &publicKey) override;

    Result<QStringList> tags() override;
    Result<QString> createTag(const QString &name) override;
    Result<void> deleteTag(const QString &name) override;

    Result<QList<CloudNetwork>> networks() override;
    Result<CloudNetwork> network(const QString &id) override;
    Result<CloudNetwork> createNetwork(const QString &name, const QString &region, const QString &range,
                                       const QString &description) override;
    Result<int> networkMembers(const QString &id) override;
    Result<void> deleteNetwork(const QString &id) override;

    Result<QList<Firewall>> firewalls() override;
    Result<Firewall> firewall(const QString &id) override;
    Result<Firewall> createFirewall(const FirewallRequest &request) override;
    Result<void> deleteFirewall(const QString &id) override;

    Result<QList<CloudServer>> servers() override;
    Result<QList<CloudServer>> serversWithTag(const QString &tag) override;
    Result<CloudServer> server(qint64 id) override;
    Result<CloudServer> createServer(const ServerRequest &request) override;
    Result<void> deleteServer(qint64 id) override;
    Result<QList<CloudAction>> serverActions(qint64 id) override;

    [[nodiscard]] QString address() const override { return addressText(m_transport.base()); }
    [[nodiscard]] std::stop_token stop() const override { return m_transport.stop(); }
    [[nodiscard]] QDateTime now() const override { return m_transport.now(); }
    [[nodiscard]] QDateTime apiTime() const override { return m_transport.apiTime(); }
    Result<QDateTime> askTime() override { return m_transport.askTime(); }
    Result<void> wait(qint64 milliseconds) override { return m_transport.wait(milliseconds); }

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
