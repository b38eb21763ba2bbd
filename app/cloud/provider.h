// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/cloud.h"

#include <QUrl>

#include <memory>
#include <stop_token>

namespace slipway {

struct ServerRequest {
    QString name;
    QString region;
    QString size;
    QString image;
    QString keyFingerprint;
    QString networkId;
    QStringList tags;
    QByteArray userData; ///< plain ASCII: others have made a server vanish after it was accepted
};

/// A firewall lets SSH in from where people are, everything in between the servers that carry the tag or lie
/// in the range, and everything out, ICMP too.
struct FirewallRequest {
    QString name;
    QString tag;         ///< of the servers that it protects
    QStringList sshFrom; ///< ranges
    QString range;       ///< of the servers' own network
};

/// What a provisioned fleet needs of a cloud, for one person's account. Every call blocks, on a thread of its
/// own; a stop ends every wait with Cancelled. A list is whole or an error.
///
/// What an error says about a call that makes something: InvalidInput, AuthRefused, NotFound, AlreadyExists,
/// TimedOut (refused for its rate) and Unreachable are a certain no. ConnectionLost, and Cancelled, say
/// nothing: it may have been done. No call makes a thing twice by itself. To delete what is gone already is
/// not an error.
class CloudProvider {
public:
    CloudProvider() = default;
    virtual ~CloudProvider() = default;
    CloudProvider(const CloudProvider &) = delete;
    CloudProvider &operator=(const CloudProvider &) = delete;
    CloudProvider(CloudProvider &&) = delete;
    CloudProvider &operator=(CloudProvider &&) = delete;

    virtual Result<Account> account() = 0;
    virtual Result<Balance> balance() = 0;
    virtual Result<QList<Region>> regions() = 0;
    virtual Result<QList<Size>> sizes() = 0;
    virtual Result<Image> image(const QString &slugOrId) = 0;
    virtual Result<QList<SshKey>> keys() = 0;
    virtual Result<SshKey> addKey(const QString &name, const QString &publicKey) = 0;

    virtual Result<QStringList> tags() = 0;
    virtual Result<QString> createTag(const QString &name) = 0;
    virtual Result<void> deleteTag(const QString &name) = 0;

    virtual Result<QList<CloudNetwork>> networks() = 0;
    virtual Result<CloudNetwork> network(const QString &id) = 0;
    virtual Result<CloudNetwork> createNetwork(const QString &name, const QString &region,
                                               const QString &range, const QString &description) = 0;
    virtual Result<int> networkMembers(const QString &id) = 0;
    virtual Result<void> deleteNetwork(const QString &id) = 0;

    virtual Result<QList<Firewall>> firewalls() = 0;
    virtual Result<Firewall> firewall(const QString &id) = 0;
    virtual Result<Firewall> createFirewall(const FirewallRequest &request) = 0;
    virtual Result<void> deleteFirewall(const QString &id) = 0;

    virtual Result<QList<CloudServer>> servers() = 0;
    /// Refuses an empty tag, which would mean all.
    virtual Result<QList<CloudServer>> serversWithTag(const QString &tag) = 0;
    virtual Result<CloudServer> server(qint64 id) = 0;
    virtual Result<CloudServer> createServer(const ServerRequest &request) = 0;
    virtual Result<void> deleteServer(qint64 id) = 0;
    virtual Result<QList<CloudAction>> serverActions(qint64 id) = 0;

    [[nodiscard]] virtual QString address() const = 0; ///< where it is, for journals and people
    [[nodiscard]] virtual std::stop_token stop() const = 0;
    /// The cloud's time as of its last answer, carried on; deadlines go by it. This machine's as long
    /// as no answer had one.
    [[nodiscard]] virtual QDateTime now() const = 0;
    /// The same, but invalid as long as no answer had one: ages and costs go by nothing else.
    [[nodiscard]] virtual QDateTime apiTime() const = 0;
    virtual Result<QDateTime> askTime() = 0; ///< the error says why there was none
    virtual Result<void> wait(qint64 milliseconds) = 0;
};

/// Where a cloud's API is, and what says so.
struct CloudAddress {
    enum class From { Default, Setting, Environment };

    QUrl url;
    From from = From::Default;
    QString source{}; ///< for a person: "the default", "remembered", "from VARIABLE"
};
[[nodiscard]] QString addressText(const QUrl &address); ///< for a person, in ASCII

/// A cloud, and how this data directory reaches it: address and token. Any thread; calls block.
class Cloud {
public:
    Cloud() = default;
    virtual ~Cloud() = default;
    Cloud(const Cloud &) = delete;
    Cloud &operator=(const Cloud &) = delete;
    Cloud(Cloud &&) = delete;
    Cloud &operator=(Cloud &&) = delete;

    /// With the address and token that hold right now.
    virtual Result<std::unique_ptr<CloudProvider>> open(const std::stop_token &stop) const = 0;

    [[nodiscard]] virtual QUrl defaultAddress() const = 0;
    virtual Result<CloudAddress> address() const = 0;
    virtual Result<void> rememberAddress(const QString &text) const = 0; ///< empty: the default again

    /// The variable of the environment that holds a token; empty when none does.
    [[nodiscard]] virtual QString tokenVariable() const = 0;
    /// What of the token that is used for the address can be shown: "dop_v1_…".
    virtual Result<QString> maskedToken(const QUrl &address, const std::stop_token &stop) const = 0;
    virtual Result<void> keepToken(const QByteArray &secret,
                                   const QUrl &address) const = 0; ///< in the keyring
    virtual Result<void> forgetToken(const QUrl &address) const = 0;
};

/// The cloud that this build provisions at.
[[nodiscard]] std::shared_ptr<const Cloud> builtInCloud(const Paths &paths);

/// Runs `work` with a provider that lives as long as it does: a token or an address that was changed counts
/// from the next call on.
template <typename T, typename Work>
Result<T> withProvider(const Cloud &cloud, const std::stop_token &stop, const Work &work) {
    const auto provider = cloud.open(stop);
    if (!provider)
        return provider.error();
    return work(**provider);
}

} // namespace slipway
