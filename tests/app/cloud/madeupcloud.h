// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/provider.h"
#include "models/core/instant.h"

#include <memory>
#include <mutex>

namespace slipway::test {

/// What the account of a cloud that exists in this process alone holds. Its clock moves when somebody waits.
struct MadeUpAccount {
    std::mutex mutex;
    QDateTime now = utcOfMilliseconds(1'780'000'000'000);
    qint64 lastId = 100;
    QList<SshKey> keys;
    QStringList tags;
    QList<CloudNetwork> networks;
    QList<Firewall> firewalls;
    QList<CloudServer> servers;
    QList<FirewallRequest> rules; ///< what firewalls were asked for
};

/// A second cloud, with words of its own: its regions are planets and its sizes animals. It lets one network
/// go only once no server is in it, and its servers are active with their second look.
class MadeUpCloud final : public Cloud {
public:
    explicit MadeUpCloud(std::shared_ptr<MadeUpAccount> account) : m_account(std::move(account)) {}

    Result<std::unique_ptr<CloudProvider>> open(const std::stop_token &stop) const override;
    [[nodiscard]] QUrl defaultAddress() const override {
        return QUrl(QStringLiteral("https://cloud.invalid"));
    }
    Result<CloudAddress> address() const override {
        return CloudAddress{defaultAddress(), CloudAddress::From::Default, QStringLiteral("the only one")};
    }
    Result<void> rememberAddress(const QString &text) const override;
    [[nodiscard]] QString tokenVariable() const override { return {}; }
    Result<QString> maskedToken(const QUrl &address, const std::stop_token &stop) const override;
    Result<void> keepToken(const QByteArray &secret, const QUrl &address) const override;
    Result<void> forgetToken(const QUrl &address) const override;

private:
    std::shared_ptr<MadeUpAccount> m_account;
};

} // namespace slipway::test
