// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/fleetcheck.h"

#include <QTimer>

namespace slipway {

namespace {

constexpr int kCheckMs = 30'000;

} // namespace

FleetCheck::FleetCheck(Fleet fleet, QMap<QString, HostNeeds> needs, ShellFactory factory)
    : m_fleet(std::move(fleet)), m_needs(std::move(needs)), m_links(std::move(factory)), m_fanOut(m_links) {
    connect(&m_fanOut, &FanOut::answered, this, &FleetCheck::take);
}

// Each has a program of its own: paths and ports differ.
void FleetCheck::start() {
    if (m_fleet.hosts.isEmpty())
        QTimer::singleShot(0, this, [this] { Q_EMIT finished({}); });
    for (const Host &host : std::as_const(m_fleet.hosts))
        m_fanOut.run({host}, healthProgram(host, m_needs.value(host.name)), kCheckMs);
}

void FleetCheck::take(const HostAnswer &answer) {
    const HostHealth health = readHealth(*m_fleet.find(answer.host), answer, m_needs.value(answer.host));
    m_hosts.insert(answer.host, health);
    Q_EMIT checked(health);
    if (m_hosts.size() < m_fleet.hosts.size())
        return;
    QList<HostHealth> sorted;
    for (const Host &host : std::as_const(m_fleet.hosts))
        sorted << m_hosts.value(host.name);
    compareHealth(m_fleet, sorted);
    Q_EMIT finished(sorted);
}

} // namespace slipway
