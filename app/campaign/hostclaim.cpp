// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostclaim.h"

#include <algorithm>
#include <tuple>

namespace slipway {

namespace {

constexpr int kRenewalMs = 20'000;
constexpr int kAnswerMs = 30'000;
// What a killed call asked of a host ends there after it, and may take the host while this one asks.
constexpr int kMaxTakeOvers = 5;
constexpr int kReleaseMs = 5000; // the end of a campaign waits for it

} // namespace

HostClaim::HostClaim(HostLinks &links, QList<Host> hosts, HostOwner owner, QObject *parent)
    : QObject(parent), m_hosts(std::move(hosts)), m_owner(std::move(owner)), m_links(links), m_fanOut(links) {
    // In one order for all: of two that want the same hosts, one gets the first.
    std::sort(m_hosts.begin(), m_hosts.end(), [](const Host &a, const Host &b) {
        return std::tie(a.address, a.port, a.name) < std::tie(b.address, b.port, b.name);
    });
    connect(&m_fanOut, &FanOut::answered, this, &HostClaim::read);
    connect(&m_fanOut, &FanOut::finished, this, &HostClaim::settle);
    m_renewal.setInterval(kRenewalMs);
    connect(&m_renewal, &QTimer::timeout, this, [this] {
        if (m_stage != Stage::Held)
            return; // still at it
        QList<Host> reached;
        for (const Host &host : std::as_const(m_hosts)) {
            if (m_links.isOpen(host.name))
                reached << host;
        }
        m_stage = Stage::Renewing;
        ask(reached);
    });
}

void HostClaim::take(bool takeOver) {
    m_takeOver = takeOver;
    m_takeOvers = 0;
    m_stage = Stage::First;
    ask(m_hosts.mid(0, 1));
}

void HostClaim::release() {
    m_renewal.stop();
    m_stage = Stage::Releasing;
    m_fanOut.run(m_hosts, releaseProgram(m_owner), kReleaseMs);
}

void HostClaim::ask(const QList<Host> &hosts) {
    m_held.clear();
    if (hosts.isEmpty())
        m_fanOut.run({}, {}, kAnswerMs); // which is finished at once
    for (const Host &host : hosts)
        m_fanOut.run({host}, takeProgram(m_owner, m_from.value(host.name)), kAnswerMs);
}

void HostClaim::read(const HostAnswer &answer) {
    if (m_stage == Stage::Releasing || m_stage == Stage::Freeing || answer.error)
        return;
    const HostHold hold = readHold(answer.out);
    if (!hold.taken)
        m_held.insert(answer.host, hold);
    else if (!hold.already)
        m_taken << answer.host;
}

void HostClaim::settle() {
    switch (m_stage) {
    case Stage::First:
    case Stage::Others: {
        m_isAbandoned = !m_held.isEmpty() &&
                        std::none_of(m_held.begin(), m_held.end(),
                                     [](const HostHold &hold) { return !hold.holder || isLed(hold); });
        if (m_takeOver && m_isAbandoned && m_takeOvers < kMaxTakeOvers) {
            ++m_takeOvers;
            QList<Host> again;
            for (const Host &host : std::as_const(m_hosts)) {
                if (const auto it = m_held.constFind(host.name); it != m_held.constEnd()) {
                    m_from.insert(host.name, it->holder->token);
                    again << host;
                }
            }
            ask(again);
            return;
        }
        if (!m_held.isEmpty()) {
            end(Error{ErrorCode::AlreadyExists, holdText(m_held.firstKey(), m_held.first())});
            return;
        }
        m_from.clear();
        m_takeOvers = 0;
        if (m_stage == Stage::First && m_hosts.size() > 1) {
            m_stage = Stage::Others;
            ask(m_hosts.mid(1));
            return;
        }
        end({});
        return;
    }
    case Stage::Renewing:
        m_stage = Stage::Held;
        if (!m_held.isEmpty())
            Q_EMIT lost(Error{ErrorCode::AlreadyExists, holdText(m_held.firstKey(), m_held.first())});
        return;
    case Stage::Releasing:
        m_stage = Stage::Idle;
        Q_EMIT released();
        return;
    case Stage::Idle:
    case Stage::Freeing:
    case Stage::Held:
        return;
    }
}

// What was taken before another was found is released.
void HostClaim::end(const Result<void> &result) {
    if (result) {
        m_stage = Stage::Held;
        m_renewal.start();
        Q_EMIT settled(result);
        return;
    }
    m_stage = Stage::Freeing;
    connect(
        &m_fanOut, &FanOut::finished, this,
        [this, result] {
            m_stage = Stage::Idle;
            Q_EMIT settled(result);
        },
        Qt::SingleShotConnection);
    QList<Host> taken;
    for (const Host &host : std::as_const(m_hosts)) {
        if (m_taken.contains(host.name))
            taken << host;
    }
    m_fanOut.run(taken, releaseProgram(m_owner), kAnswerMs);
}

} // namespace slipway
