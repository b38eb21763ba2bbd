// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalcreation.h"

#include "app/cloud/rental/belongings.h"
#include "app/cloud/rental/rentalwaiting.h"
#include "app/cloud/rental/userdata.h"
#include "models/fleet/rentalnames.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

// Lists lag behind creates by seconds. A minute of silence says that there is nothing.
constexpr std::array<qint64, 6> kLookAgainMs{2'000, 4'000, 8'000, 15'000, 30'000, 5'000};
constexpr int kRequests = 3;

const QString kTag = QStringLiteral("tag");
const QString kNetwork = QStringLiteral("vpc");
const QString kFirewall = QStringLiteral("firewall");
const QString kServer = QStringLiteral("droplet");

bool saysNothing(const Error &error) {
    return error.code == ErrorCode::ConnectionLost;
}

} // namespace

RentalCreation::RentalCreation(CloudProvider &client, RentalJournal &journal, ReportRental report)
    : m_client(client), m_journal(journal), m_report(std::move(report)) {}

Result<void> RentalCreation::run() {
    TRY(checkApi(m_client, rental()));
    for (const auto step :
         {&RentalCreation::makeTag, &RentalCreation::makeNetwork, &RentalCreation::makeFirewall}) {
        TRY((this->*step)());
    }
    for (const RentalMember &requested : rental().spec.members) {
        TRY(makeServer(requested.host));
    }
    return RentalWaiting(m_client, m_journal, m_report).run();
}

Result<void> RentalCreation::note(const QString &what, const QString &kind, const QString &name,
                                  const QString &id, const QString &attempt, const QJsonObject &data) {
    return m_journal.append({now(), what, kind, name, id, attempt, data});
}

// Making a tag again changes nothing.
Result<void> RentalCreation::makeTag() {
    if (!rental().tag.isEmpty())
        return {};
    const QString tag = rentalnames::fleetTag(rental().spec.name);
    return makeNamed(
        kTag, [] { return Result<QString>(QString()); }, [this, tag] { return m_client.createTag(tag); });
}

Result<void> RentalCreation::makeNetwork() {
    if (!rental().networkId.isEmpty())
        return {};
    const QString name = rentalnames::groupName(rental().spec.name);
    const auto find = [this, name]() -> Result<QString> {
        const auto networks = m_client.networks();
        if (!networks)
            return networks.error();
        for (const CloudNetwork &network : *networks) {
            if (network.name == name && network.description == rental().ownerTag)
                return network.id;
        }
        return QString();
    };
    return makeNamed(kNetwork, find, [this, name]() -> Result<QString> {
        const auto network =
            m_client.createNetwork(name, rental().spec.region, rental().spec.range, rental().ownerTag);
        if (!network)
            return network.error();
        return network->id;
    });
}

Result<void> RentalCreation::makeFirewall() {
    if (!rental().firewallId.isEmpty())
        return {};
    const QString name = rentalnames::groupName(rental().spec.name);
    const auto find = [this, name]() -> Result<QString> {
        const auto firewalls = m_client.firewalls();
        if (!firewalls)
            return firewalls.error();
        for (const Firewall &firewall : *firewalls) {
            if (firewall.name == name && firewall.tags == QStringList{rental().tag})
                return firewall.id;
        }
        return QString();
    };
    return makeNamed(kFirewall, find, [this]() -> Result<QString> {
        const RentalSpec &spec = rental().spec;
        const auto firewall = m_client.createFirewall(
            {rentalnames::groupName(spec.name), rentalnames::fleetTag(spec.name), spec.sshFrom, spec.range});
        if (!firewall)
            return firewall.error();
        return firewall->id;
    });
}

// Unique names make asking again safe: what is there already is adopted when it is ours.
Result<void> RentalCreation::makeNamed(const QString &kind, const Find &find, const Find &make) {
    m_report({kind, QStringLiteral("making the %1").arg(kind == kNetwork ? QStringLiteral("VPC") : kind)});
    Result<QString> id(QString{});
    if (rental().requested.contains(kind)) {
        id = find();
        if (!id)
            return id.error();
    }
    for (int request = 1; id && id->isEmpty() && request <= kRequests; ++request) {
        TRY(note(QStringLiteral("intent"), kind));
        id = make();
        if (id)
            break;
        const Error error = id.error();
        if (error.code == ErrorCode::Cancelled)
            return error;
        id = find();
        for (std::size_t look = 0; saysNothing(error) && id && id->isEmpty() && look < kLookAgainMs.size();
             ++look) {
            TRY(m_client.wait(kLookAgainMs.at(look)));
            id = find();
        }
        if (id && id->isEmpty() && (!saysNothing(error) || request == kRequests))
            return error;
    }
    if (!id)
        return id.error();
    return note(QStringLiteral("made"), kind, {}, *id);
}

Result<void> RentalCreation::makeServer(const QString &host) {
    for (int request = 1;; ++request) {
        if (rental().member(host).uncertain()) {
            const auto found = reconcile(host);
            if (!found)
                return found.error();
        }
        if (rental().member(host).serverId != 0)
            return {};
        auto requested = requestServer(host);
        if (requested || !saysNothing(requested.error()) || request == kRequests)
            return requested;
        m_report({QStringLiteral("droplets"),
                  QStringLiteral("%1: no answer to the request; looking whether it was made").arg(host)});
    }
}

Result<void> RentalCreation::requestServer(const QString &host) {
    const RentalSpec &spec = rental().spec;
    const auto key = hostKeyPair(m_journal.keyFile(host));
    if (!key)
        return key.error();
    const QString attempt = rentalnames::attemptTag(
        QStringLiteral("%1").arg(QRandomGenerator::system()->generate(), 8, 16, QLatin1Char('0')));
    for (const auto &noted :
         {note(QStringLiteral("key"), kServer, host, {}, {}, {{QStringLiteral("key"), key->publicKey}}),
          note(QStringLiteral("intent"), kServer, host, {}, attempt)}) {
        if (!noted)
            return noted;
    }
    m_report({QStringLiteral("droplets"), QStringLiteral("%1: asking for a droplet").arg(host)});
    const auto server = m_client.createServer({rentalnames::serverName(spec.name, host),
                                               spec.region,
                                               rental().member(host).requested.size,
                                               spec.image,
                                               spec.fingerprint,
                                               rental().networkId,
                                               {rental().tag, rental().ownerTag, attempt},
                                               userData(*key, spec.hours)});
    if (server)
        return noteMade(host, *server);
    const Error &error = server.error();
    if (!saysNothing(error) && error.code != ErrorCode::Cancelled) {
        TRY(note(QStringLiteral("refused"), kServer, host, {}, attempt));
    }
    return Error{error.code, QStringLiteral("%1: %2").arg(host, error.text)};
}

Result<void> RentalCreation::noteMade(const QString &host, const CloudServer &server) {
    return note(QStringLiteral("made"), kServer, host, QString::number(server.id), {}, priceData(server));
}

// True once the droplet is known.
Result<bool> RentalCreation::reconcile(const QString &host) {
    for (std::size_t look = 0;; ++look) {
        auto adopted = adopt(host);
        if (!adopted || *adopted)
            return adopted;
        if (look == kLookAgainMs.size())
            break;
        TRY(m_client.wait(kLookAgainMs.at(look)));
    }
    m_report(
        {QStringLiteral("droplets"),
         QStringLiteral("%1: nothing came of the request within a minute; asking once more. Should the first "
                        "one still turn up, it is shown as a duplicate")
             .arg(host)});
    return false;
}

Result<bool> RentalCreation::adopt(const QString &host) {
    QList<CloudServer> found;
    for (const QString &tag : rental().member(host).attempts + QStringList{rental().tag}) {
        const auto servers = m_client.serversWithTag(tag);
        if (!servers)
            return servers.error();
        for (const CloudServer &server : *servers) {
            if (server.name == rentalnames::serverName(rental().spec.name, host) && !found.contains(server))
                found << server;
        }
    }
    if (found.isEmpty())
        return false;
    m_report({QStringLiteral("droplets"), QStringLiteral("%1: it was made after all").arg(host)});
    TRY(noteMade(host, found.constFirst()));
    TRY(noteDuplicates(m_journal, found, now(), m_report));
    return true;
}

} // namespace slipway
