// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cloud/madeupcloud.h"

#include <QCryptographicHash>

#include <algorithm>

namespace slipway::test {

namespace {

const QString kRegion = QStringLiteral("mars1");

Error noSuch(const QString &what) {
    return {ErrorCode::NotFound, QStringLiteral("There is no %1.").arg(what)};
}

template <typename T, typename Id>
Result<T> found(const QList<T> &things, const Id &id) {
    const auto it = std::find_if(things.begin(), things.end(), [&](const T &one) { return one.id == id; });
    return it == things.end() ? Result<T>(noSuch(QStringLiteral("thing with that id"))) : Result<T>(*it);
}

class MadeUpProvider final : public CloudProvider {
public:
    MadeUpProvider(std::shared_ptr<MadeUpAccount> account, std::stop_token stop)
        : m_account(std::move(account)), m_stop(std::move(stop)), m_lock(m_account->mutex) {}

    Result<Account> account() override {
        return Account{QStringLiteral("me@cloud.invalid"), QStringLiteral("active"), 10};
    }
    Result<Balance> balance() override { return Balance{Money{1'000'000}, m_account->now}; }
    Result<QList<Region>> regions() override {
        return QList<Region>{{kRegion, QStringLiteral("Mars"), true, {QStringLiteral("ox")}}};
    }
    Result<QList<Size>> sizes() override {
        return QList<Size>{{QStringLiteral("ox"), Money{20'000}, Money{13'000'000}, true, {kRegion}}};
    }
    Result<Image> image(const QString &slugOrId) override { return Image{1, slugOrId, slugOrId, {kRegion}}; }
    Result<QList<SshKey>> keys() override { return m_account->keys; }
    Result<SshKey> addKey(const QString &name, const QString &publicKey) override {
        const QByteArray blob = QByteArray::fromBase64(publicKey.section(QLatin1Char(' '), 1, 1).toLatin1());
        const QByteArray md5 = QCryptographicHash::hash(blob, QCryptographicHash::Md5).toHex(':');
        m_account->keys.append({++m_account->lastId, name, QString::fromLatin1(md5)});
        return m_account->keys.constLast();
    }

    Result<QStringList> tags() override { return m_account->tags; }
    Result<QString> createTag(const QString &name) override {
        if (!m_account->tags.contains(name))
            m_account->tags << name;
        return name;
    }
    Result<void> deleteTag(const QString &name) override {
        m_account->tags.removeAll(name);
        return {};
    }

    Result<QList<CloudNetwork>> networks() override { return m_account->networks; }
    Result<CloudNetwork> network(const QString &id) override { return found(m_account->networks, id); }
    Result<CloudNetwork> createNetwork(const QString &name, const QString &region, const QString &range,
                                       const QString &description) override {
        m_account->networks.append({QStringLiteral("net-%1").arg(++m_account->lastId), name, description,
                                    region, range, false, m_account->now});
        return m_account->networks.constLast();
    }
    Result<int> networkMembers(const QString &id) override {
        return static_cast<int>(
            std::count_if(m_account->servers.begin(), m_account->servers.end(),
                          [&](const CloudServer &server) { return server.networkId == id; }));
    }
    Result<void> deleteNetwork(const QString &id) override {
        const auto members = networkMembers(id);
        if (*members > 0)
            return Error{ErrorCode::AlreadyExists, QStringLiteral("The network has servers.")};
        m_account->networks.removeIf([&](const CloudNetwork &network) { return network.id == id; });
        return {};
    }

    Result<QList<Firewall>> firewalls() override { return m_account->firewalls; }
    Result<Firewall> firewall(const QString &id) override { return found(m_account->firewalls, id); }
    Result<Firewall> createFirewall(const FirewallRequest &request) override {
        m_account->rules << request;
        m_account->firewalls.append({QStringLiteral("wall-%1").arg(++m_account->lastId), request.name,
                                     QStringLiteral("succeeded"), QStringList{request.tag}, 0,
                                     m_account->now});
        return m_account->firewalls.constLast();
    }
    Result<void> deleteFirewall(const QString &id) override {
        m_account->firewalls.removeIf([&](const Firewall &firewall) { return firewall.id == id; });
        return {};
    }

    Result<QList<CloudServer>> servers() override {
        QList<CloudServer> seen = m_account->servers;
        for (CloudServer &server : m_account->servers) {
            if (server.status == QLatin1String("active"))
                continue;
            server.status = QStringLiteral("active");
            server.publicAddress = QStringLiteral("203.0.113.%1").arg(server.id % 250);
            server.privateAddress = QStringLiteral("10.9.0.%1").arg(server.id % 250);
        }
        return seen;
    }
    Result<QList<CloudServer>> serversWithTag(const QString &tag) override {
        if (tag.isEmpty())
            return Error{ErrorCode::InvalidInput, QStringLiteral("No tag means every server.")};
        QList<CloudServer> all = *servers();
        all.removeIf([&](const CloudServer &server) { return !server.tags.contains(tag); });
        return all;
    }
    Result<CloudServer> server(qint64 id) override { return found(m_account->servers, id); }
    Result<CloudServer> createServer(const ServerRequest &request) override {
        CloudServer server;
        server.id = ++m_account->lastId;
        server.name = request.name;
        server.status = QStringLiteral("new");
        server.createdAt = m_account->now;
        server.size = request.size;
        server.perHour = Money{20'000};
        server.region = request.region;
        server.networkId = request.networkId;
        server.tags = request.tags;
        for (const QString &tag : request.tags)
            TRY(createTag(tag));
        m_account->servers << server;
        return server;
    }
    Result<void> deleteServer(qint64 id) override {
        m_account->servers.removeIf([&](const CloudServer &server) { return server.id == id; });
        return {};
    }
    Result<QList<CloudAction>> serverActions(qint64) override { return QList<CloudAction>(); }

    [[nodiscard]] QString address() const override { return QStringLiteral("https://cloud.invalid"); }
    [[nodiscard]] std::stop_token stop() const override { return m_stop; }
    [[nodiscard]] QDateTime now() const override { return m_account->now; }
    [[nodiscard]] QDateTime apiTime() const override { return m_account->now; }
    Result<QDateTime> askTime() override { return m_account->now; }
    Result<void> wait(qint64 milliseconds) override {
        if (m_stop.stop_requested())
            return Error{ErrorCode::Cancelled, QStringLiteral("Stopped.")};
        m_account->now = m_account->now.addMSecs(milliseconds);
        return {};
    }

private:
    std::shared_ptr<MadeUpAccount> m_account;
    std::stop_token m_stop;
    std::unique_lock<std::mutex> m_lock; ///< one operation at a time
};

} // namespace

Result<std::unique_ptr<CloudProvider>> MadeUpCloud::open(const std::stop_token &stop) const {
    return std::unique_ptr<CloudProvider>(std::make_unique<MadeUpProvider>(m_account, stop));
}

Result<void> MadeUpCloud::rememberAddress(const QString &) const {
    return Error{ErrorCode::Unsupported, QStringLiteral("There is one address only.")};
}

Result<QString> MadeUpCloud::maskedToken(const QUrl &, const std::stop_token &) const {
    return QStringLiteral("made-up…");
}

Result<void> MadeUpCloud::keepToken(const QByteArray &, const QUrl &) const {
    return {};
}

Result<void> MadeUpCloud::forgetToken(const QUrl &) const {
    return {};
}

} // namespace slipway::test
