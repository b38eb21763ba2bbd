// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentaldestruction.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kPollMs = 5'000;
constexpr qint64 kAgainSeconds = 30; // a new droplet may ignore a destroy
constexpr qint64 kServerSeconds = 900;
constexpr qint64 kNetworkSeconds = 300;
constexpr qint64 kQuietSeconds = 60; // an unanswered request has brought nothing in this time

} // namespace

RentalDestruction::RentalDestruction(CloudProvider &client, ReportRental report)
    : m_client(client), m_report(std::move(report)) {}

Result<void> RentalDestruction::gone(const QString &kind, const QString &id) {
    report(QStringLiteral("%1 %2 is gone").arg(kind, id));
    return m_journal ? m_journal->append({now(), QStringLiteral("gone"), kind, {}, id, {}, {}})
                     : Result<void>();
}

Result<void> RentalDestruction::run(const Belongings &what) {
    TRY(removeServers(what.servers));
    TRY(removeFirewalls(what.firewalls));
    TRY(removeNetworks(what.networks));
    return removeTags(what.tags);
}

// What came up late is noted before it goes, so that what it has cost stays known.
Result<Belongings> RentalDestruction::collect(const QString &fleet) {
    const auto all = everything(m_client);
    if (!all)
        return all.error();
    auto own = belongingsOf(m_client, *all, fleet, &m_journal->rental());
    if (!own)
        return own;
    for (const RentalEvent &event : lateOf(own->servers, m_journal->rental(), now())) {
        TRY(m_journal->append(event));
    }
    return own;
}

Result<void> RentalDestruction::run(RentalJournal &journal, const std::optional<QList<qint64>> &shown) {
    m_journal = &journal;
    const QString fleet = journal.rental().spec.name;
    auto what = collect(fleet);
    if (!what)
        return what.error();
    if (shown && what->serverIds() != *shown)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("Fleet %1 has other droplets than were shown. Nothing was destroyed; look at "
                           "the list again.")
                .arg(fleet)};
    if (auto noted = journal.append({now(), QStringLiteral("destroying"), {}, {}, {}, {}, {}}); !noted)
        return noted;
    for (;;) {
        TRY(removeServers(what->servers));
        what = collect(fleet);
        if (!what)
            return what.error();
        if (!what->servers.isEmpty())
            continue;
        const auto waits = mayStillCome();
        if (!waits)
            return waits.error();
        if (!*waits)
            break;
        what = collect(fleet);
        if (!what)
            return what.error();
    }
    TRY(run(*what));
    if (auto noted = journal.append({now(), QStringLiteral("ended"), {}, {}, {}, {}, {}}); !noted)
        return noted;
    journal.removeKeys();
    return {};
}

// Waits one step while a request for a droplet is neither answered nor old enough to have failed.
Result<bool> RentalDestruction::mayStillCome() {
    const auto &members = m_journal->rental().members;
    const bool may = std::any_of(members.begin(), members.end(), [this](const Rental::Member &member) {
        return member.uncertain() && member.askedAt.secsTo(now()) < kQuietSeconds;
    });
    if (!may)
        return false;
    report(QStringLiteral("waiting for what a request without an answer may have made"));
    TRY(m_client.wait(kPollMs));
    return true;
}

Result<void> RentalDestruction::removeServers(const QList<CloudServer> &servers) {
    m_step = kDestroySteps.at(0);
    QList<CloudServer> left = servers;
    const QDateTime since = now();
    QDateTime asked;
    while (!left.isEmpty()) {
        if (!asked.isValid() || asked.secsTo(now()) >= kAgainSeconds) {
            for (const CloudServer &server : std::as_const(left)) {
                report(QStringLiteral("destroying droplet %1 (%2)").arg(server.id).arg(server.name));
                TRY(m_client.deleteServer(server.id));
            }
            asked = now();
        }
        QList<CloudServer> still;
        for (const CloudServer &server : std::as_const(left)) {
            const auto there = m_client.server(server.id);
            if (there) {
                still << server;
                continue;
            }
            if (there.error().code != ErrorCode::NotFound)
                return there.error();
            TRY(gone(QStringLiteral("droplet"), QString::number(server.id)));
        }
        left = still;
        if (left.isEmpty())
            break;
        if (since.secsTo(now()) > kServerSeconds)
            return Error{
                ErrorCode::TimedOut,
                QStringLiteral("Droplet %1 (%2) is still there after %3 minutes and still costs money. "
                               "Destroy the fleet again; if that does not help, write to DigitalOcean.")
                    .arg(left.constFirst().id)
                    .arg(left.constFirst().name)
                    .arg(kServerSeconds / 60)};
        TRY(m_client.wait(kPollMs));
    }
    return {};
}

Result<void> RentalDestruction::removeFirewalls(const QList<Firewall> &firewalls) {
    m_step = kDestroySteps.at(1);
    for (const Firewall &firewall : firewalls) {
        report(QStringLiteral("removing firewall %1").arg(firewall.name));
        TRY(m_client.deleteFirewall(firewall.id));
        const auto there = m_client.firewall(firewall.id);
        if (there || there.error().code != ErrorCode::NotFound)
            return there ? Error{ErrorCode::CommandFailed,
                                 QStringLiteral(
                                     "Firewall %1 is still there after it was removed. Destroy again.")
                                     .arg(firewall.name)}
                         : there.error();
        TRY(gone(QStringLiteral("firewall"), firewall.id));
    }
    return {};
}

Result<void> RentalDestruction::removeNetworks(const QList<CloudNetwork> &networks) {
    m_step = kDestroySteps.at(2);
    for (const CloudNetwork &network : networks) {
        if (network.isDefault) {
            report(QStringLiteral("VPC %1 is the default of %2 and can never be removed; it costs nothing")
                       .arg(network.name, network.region));
            continue;
        }
        TRY(removeNetwork(network));
        TRY(gone(QStringLiteral("vpc"), network.id));
    }
    return {};
}

// Members linger after their droplets are gone; until then the API refuses with 403 or with 409.
Result<void> RentalDestruction::removeNetwork(const CloudNetwork &network) {
    report(QStringLiteral("removing VPC %1").arg(network.name));
    const QDateTime since = now();
    qint64 pause = kPollMs;
    Error refusal{ErrorCode::TimedOut, QStringLiteral("it still has members")};
    while (since.secsTo(now()) <= kNetworkSeconds) {
        const auto members = m_client.networkMembers(network.id);
        if (!members && members.error().code == ErrorCode::NotFound)
            return {};
        if (!members)
            return members.error();
        if (*members == 0) {
            const auto removed = m_client.deleteNetwork(network.id);
            const auto there = m_client.network(network.id);
            if (!there && there.error().code == ErrorCode::NotFound)
                return {};
            if (!removed)
                refusal = removed.error();
            if (!removed && refusal.code != ErrorCode::AuthRefused &&
                refusal.code != ErrorCode::AlreadyExists)
                return refusal;
        }
        TRY(m_client.wait(pause));
        pause = std::min(pause * 2, qint64(30'000));
    }
    return Error{
        ErrorCode::TimedOut,
        QStringLiteral("VPC %1 (%2) could not be removed within %3 minutes: %4 While it is there, nobody "
                       "else can use its range. Destroy again.")
            .arg(network.name, network.range)
            .arg(kNetworkSeconds / 60)
            .arg(refusal.text)};
}

Result<void> RentalDestruction::removeTags(const QStringList &tags) {
    m_step = kDestroySteps.at(3);
    for (const QString &tag : tags) {
        TRY(m_client.deleteTag(tag));
    }
    return {};
}

} // namespace slipway
