// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/rentalwaiting.h"

#include "app/cloud/rental/belongings.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kPollMs = 5'000;
constexpr qint64 kSlowSeconds = 120;
constexpr qint64 kMaxSeconds = 600;
constexpr qint64 kFirewallSeconds = 300;

const QString kStep = QStringLiteral("droplets");

} // namespace

RentalWaiting::RentalWaiting(CloudProvider &client, RentalJournal &journal, ReportRental report)
    : m_client(client), m_journal(journal), m_report(std::move(report)) {}

Result<void> RentalWaiting::run() {
    TRY(awaitActive());
    return awaitFirewall();
}

Result<void> RentalWaiting::awaitActive() {
    const QDateTime since = now();
    bool saidSlow = false;
    for (;;) {
        const auto listed = m_client.serversWithTag(rental().tag);
        if (!listed)
            return listed.error();
        TRY(noteDuplicates(m_journal, *listed, now(), m_report));
        QStringList missing;
        for (const RentalMember &requested : rental().spec.members) {
            const auto there = lookAt(requested.host, *listed, since);
            if (!there)
                return there.error();
            if (!*there)
                missing << requested.host;
        }
        if (missing.isEmpty())
            return {};
        const qint64 waited = since.secsTo(now());
        if (waited > kMaxSeconds)
            return Error{
                ErrorCode::TimedOut,
                QStringLiteral("%1 did not become active with its addresses within %2 minutes. Destroy the "
                               "fleet and try another region or later.")
                    .arg(missing.join(QStringLiteral(", ")))
                    .arg(kMaxSeconds / 60)};
        if (waited > kSlowSeconds && !saidSlow) {
            saidSlow = true;
            m_report({kStep, QStringLiteral("%1: slower than usual (20 to 60 s)")
                                 .arg(missing.join(QStringLiteral(", ")))});
        }
        TRY(m_client.wait(kPollMs));
    }
}

// True when it is active and has its addresses. Lists lag, so that one which is not listed is asked for by
// id.
Result<bool> RentalWaiting::lookAt(const QString &host, const QList<CloudServer> &listed,
                                   const QDateTime &since) {
    const Rental::Member &member = rental().member(host);
    if (!member.publicAddress.isEmpty())
        return true;
    const qint64 id = member.serverId;
    const auto it = std::find_if(listed.begin(), listed.end(),
                                 [id](const CloudServer &server) { return server.id == id; });
    const auto server = it != listed.end() ? Result<CloudServer>(*it) : m_client.server(id);
    if (!server) {
        if (server.error().code != ErrorCode::NotFound)
            return server.error();
        if (since.secsTo(now()) <= kSlowSeconds)
            return false;
        TRY(m_journal.append(
            {now(), QStringLiteral("gone"), QStringLiteral("droplet"), host, QString::number(id), {}, {}}));
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("%1: droplet %2 was accepted and is not there. The region may have no room; "
                           "destroy the fleet and try another.")
                .arg(host)
                .arg(id)};
    }
    if (server->status == QLatin1String("new") && since.secsTo(now()) > kSlowSeconds) {
        const auto actions = m_client.serverActions(id);
        if (!actions)
            return actions.error();
        if (std::any_of(actions->begin(), actions->end(),
                        [](const CloudAction &action) { return action.status == QLatin1String("errored"); }))
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("%1: DigitalOcean failed to make droplet %2.").arg(host).arg(id)};
    }
    if (server->status != QLatin1String("active") || server->publicAddress.isEmpty() ||
        server->privateAddress.isEmpty())
        return false;
    m_report({kStep, QStringLiteral("%1: active at %2").arg(host, server->publicAddress)});
    TRY(m_journal.append({now(),
                          QStringLiteral("host"),
                          QStringLiteral("droplet"),
                          host,
                          QString::number(id),
                          {},
                          {{QStringLiteral("public"), server->publicAddress},
                           {QStringLiteral("private"), server->privateAddress}}}));
    return true;
}

Result<void> RentalWaiting::awaitFirewall() {
    const QDateTime since = now();
    for (;;) {
        const auto firewall = m_client.firewall(rental().firewallId);
        if (!firewall)
            return firewall.error();
        if (firewall->status == QLatin1String("failed"))
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("Firewall %1 could not be put on the droplets.").arg(firewall->name)};
        if (firewall->pendingChanges == 0 && firewall->status == QLatin1String("succeeded")) {
            m_report({QStringLiteral("firewall"), QStringLiteral("the firewall protects every droplet")});
            return {};
        }
        if (since.secsTo(now()) > kFirewallSeconds)
            return Error{ErrorCode::TimedOut,
                         QStringLiteral("Firewall %1 was not on the droplets within %2 minutes.")
                             .arg(firewall->name)
                             .arg(kFirewallSeconds / 60)};
        TRY(m_client.wait(kPollMs));
    }
}

} // namespace slipway
