// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/fleet/host.h"
#include "models/fleet/money.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <optional>

namespace slipway {

/// One droplet as requested.
struct RentalMember {
    QString host; ///< "node-a"
    HostRole role = HostRole::Peer;
    QString size; ///< a slug

    friend bool operator==(const RentalMember &, const RentalMember &) = default;
};

/// What a person asks for. A plain value; format and limits in checkSpec().
struct RentalSpec {
    QString name; ///< of the fleet; see rentalnames::isLegal()
    QString region = QStringLiteral("nyc3");
    QString image = QStringLiteral("ubuntu-24-04-x64");
    QString range; ///< of the VPC; empty: a free one is chosen
    QList<RentalMember> members;
    QString publicKeyFile; ///< the login key's public half, which the account must have
    QString fingerprint;   ///< of it, as the API wants it; found by the preflight
    QStringList sshFrom{QStringLiteral("0.0.0.0/0"), QStringLiteral("::/0")}; ///< who may reach port 22
    QString sshConfig = QStringLiteral("none");                               ///< see Host::sshConfig
    QString serverPath = QStringLiteral("/usr/local/bin/ai-memory");
    QString owner;     ///< who rents
    int hours = 8;     ///< expected; the droplets power themselves off then, which does not stop the cost
    bool keep = false; ///< not destroyed at the end of a campaign

    friend bool operator==(const RentalSpec &, const RentalSpec &) = default;
};

inline const QString kDefaultPeerSize = QStringLiteral("s-2vcpu-4gb");
inline const QString kDefaultChaosSize = QStringLiteral("s-1vcpu-2gb");
inline constexpr int kDefaultPeers = 3;
inline constexpr int kMaxPeers = 26;
/// Peers node-a, node-b, … (at most kMaxPeers) and a host "chaos".
[[nodiscard]] QList<RentalMember> defaultMembers(int peers = kDefaultPeers,
                                                 const QString &peerSize = kDefaultPeerSize,
                                                 const QString &chaosSize = kDefaultChaosSize);
/// Names the first field that is not legal and what it may be.
Result<void> checkSpec(const RentalSpec &spec);
[[nodiscard]] QJsonObject specToJson(const RentalSpec &spec);
Result<RentalSpec> specFromJson(const QJsonObject &object);

/// One line of a rental's journal: a fact, noted before or after it is made true at the API.
struct RentalEvent {
    QDateTime at;
    QString what; ///< begun, intent, made, refused, host, duplicate, ready, used, unused, destroying, gone,
                  ///< ended
    QString kind; ///< tag, vpc, firewall, droplet; of intent, made, refused, gone
    QString name; ///< of the thing; of the member's host with a droplet
    QString id;   ///< the API's, with made, gone and duplicate; the campaign with used and unused
    QString attempt;  ///< the attempt's tag, with intent of a droplet
    QJsonObject data; ///< spec and API with begun, the addresses and key with host, "keep" with used
};

[[nodiscard]] QByteArray eventToLine(const RentalEvent &event); ///< with the newline
Result<RentalEvent> eventFromLine(const QByteArray &line);

/// What a journal adds up to.
struct Rental {
    enum class State {
        Creating,   ///< something is missing still; whoever made it may be dead
        Ready,      ///< every droplet can be used
        Destroying, ///< ordered, not yet confirmed
        Ended,      ///< the API says that everything is gone
        Broken,     ///< its journal cannot be read; nothing but its name is known
    };
    struct Member {
        RentalMember requested;
        QStringList attempts; ///< tags of the requests to create it, oldest first
        QStringList refused;  ///< those of them that the API refused for certain
        qint64 serverId = 0;  ///< 0: not known to exist
        QDateTime askedAt;    ///< of the last request
        QDateTime madeAt;
        QDateTime goneAt;
        QString publicAddress;
        QString privateAddress;
        QString hostKey; ///< "ssh-ed25519 AAAA…"
        Money perHour;

        /// Asked for, and never answered.
        [[nodiscard]] bool uncertain() const {
            return serverId == 0 && !attempts.isEmpty() && !refused.contains(attempts.constLast());
        }
    };

    /// A droplet of it that came up besides, after a request that nobody had an answer to.
    struct Duplicate {
        qint64 serverId = 0;
        QString name;
        QDateTime madeAt;
        QDateTime goneAt;
        Money perHour;
    };

    RentalSpec spec;
    QString api; ///< the address it was rented at: another account knows nothing of it
    State state = State::Creating;
    QDateTime begunAt;
    QDateTime endedAt;
    QString tag; ///< empty: not made yet
    QString ownerTag;
    QString networkId;
    QString firewallId;
    QStringList requested; ///< kinds of which an intent stands: "tag", "vpc", "firewall"
    QList<Member> members;
    QString campaign; ///< the last one that was launched on it; at its end the fleet goes, unless kept
    bool campaignOver = false;
    QList<Duplicate> duplicates; ///< gone ones too

    void take(const RentalEvent &event);
    /// The campaign that was launched on it and has not ended, whether anybody runs it right now or not;
    /// empty: none, or the fleet was ordered destroyed.
    [[nodiscard]] QString liveCampaign() const;
    [[nodiscard]] bool knows(qint64 serverId) const;
    /// Of its droplets so far, duplicates too, by size price and age; nothing when it is Broken, or while one
    /// lives and `now`, which must be by the API's clock, is not valid.
    [[nodiscard]] std::optional<Money> cost(const QDateTime &now) const;
    [[nodiscard]] Money perHour() const; ///< of those that exist
    [[nodiscard]] QList<Duplicate> livingDuplicates() const;
    /// The member of a host; the spec names it.
    [[nodiscard]] const Member &member(const QString &host) const;
    [[nodiscard]] QList<qint64> serverIds() const; ///< known, not known to be gone; duplicates too
    [[nodiscard]] QList<Host> hosts() const;       ///< those with an address
};

[[nodiscard]] QString rentalStateName(Rental::State state);

/// Adds up a journal. A last line that is not whole (the process was killed while writing it) is left out;
/// any other that cannot be read is an error, since what is not known may cost money.
Result<Rental> readRental(const QByteArray &journal, const QString &file);

} // namespace slipway
