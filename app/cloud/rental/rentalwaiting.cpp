// SPDX-License-Identifier: GPL-3.0-or-later
// The second half of RentalCreation: from accepted to active.
#include "app/cloud/rental/rentalcreation.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kPollMs = 5'000;
constexpr qint64 kSlowSeconds = 120;
constexpr qint64 kMaxSeconds = 600;
constexpr qint64 kFirewallSeconds = 300;

const QString kStep = QStringLiteral("droplets");

} // namespace

Result<void> RentalCreation::awaitActive() {
    const QDateTime since = now();
    bool toldSlow = false;
    for (;;) {
        const auto listed = m_client.dropletsWithTag(rental().tag);
        if (!listed)
            return listed.error();
        TRY(noteDuplicates(*listed));
        QStringList missing;
        for (const RentalMember &wanted : rental().spec.members) {
            const auto there = lookAt(wanted.host, *listed, since);
            if (!there)
                return there.error();
            if (!*there)
                missing << wanted.host;
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
        if (waited > kSlowSeconds && !toldSlow) {
            toldSlow = true;
            m_tell({kStep, QStringLiteral("%1: slower than usual (20 to 60 s)")
                               .arg(missing.join(QStringLiteral(", ")))});
        }
        TRY(m_client.transport().wait(kPollMs));
    }
}

// True when it is active and has its addresses. Lists lag, so that one which is not listed is asked for by
// id.
Result<bool> RentalCreation::lookAt(const QString &host, const QList<Droplet> &listed,
                                    const QDateTime &since) {
    if (!member(host).publicAddress.isEmpty())
        return true;
    const qint64 id = member(host).dropletId;
    const auto it =
        std::find_if(listed.begin(), listed.end(), [id](const Droplet &droplet) { return droplet.id == id; });
    const auto droplet = it != listed.end() ? Result<Droplet>(*it) : m_client.droplet(id);
    if (!droplet) {
        if (droplet.error().code != ErrorCode::NotFound)
            return droplet.error();
        if (since.secsTo(now()) <= kSlowSeconds)
            return false;
        if (const auto noted =
                note(QStringLiteral("gone"), QStringLiteral("droplet"), host, QString::number(id));
            !noted)
            return noted.error();
        return Error{
            ErrorCode::NotFound,
            QStringLiteral("%1: droplet %2 was accepted and is not there. The region may have no room; "
                           "destroy the fleet and try another.")
                .arg(host)
                .arg(id)};
    }
    if (droplet->status == QLatin1String("new") && since.secsTo(now()) > kSlowSeconds) {
        const auto actions = m_client.dropletActions(id);
        if (!actions)
            return actions.error();
        if (std::any_of(actions->begin(), actions->end(),
                        [](const CloudAction &action) { return action.status == QLatin1String("errored"); }))
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("%1: DigitalOcean failed to make droplet %2.").arg(host).arg(id)};
    }
    if (droplet->status != QLatin1String("active") || droplet->publicAddress.isEmpty() ||
        droplet->privateAddress.isEmpty())
        return false;
    m_tell({kStep, QStringLiteral("%1: active at %2").arg(host, droplet->publicAddress)});
    const auto noted = note(QStringLiteral("host"), QStringLiteral("droplet"), host, QString::number(id), {},
                            {{QStringLiteral("public"), droplet->publicAddress},
                             {QStringLiteral("private"), droplet->privateAddress}});
    if (!noted)
        return noted.error();
    return true;
}

Result<void> RentalCreation::awaitFirewall() {
    const QDateTime since = now();
    for (;;) {
        const auto firewall = m_client.firewall(rental().firewallId);
        if (!firewall)
            return firewall.error();
        if (firewall->status == QLatin1String("failed"))
            return Error{ErrorCode::CommandFailed,
                         QStringLiteral("Firewall %1 could not be put on the droplets.").arg(firewall->name)};
        if (firewall->pendingChanges == 0 && firewall->status == QLatin1String("succeeded")) {
            m_tell({QStringLiteral("firewall"), QStringLiteral("the firewall protects every droplet")});
            return {};
        }
        if (since.secsTo(now()) > kFirewallSeconds)
            return Error{ErrorCode::TimedOut,
                         QStringLiteral("Firewall %1 was not on the droplets within %2 minutes.")
                             .arg(firewall->name)
                             .arg(kFirewallSeconds / 60)};
        TRY(m_client.transport().wait(kPollMs));
    }
}

} // namespace slipway
