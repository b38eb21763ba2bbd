// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostpreparation.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr int kCheckMs = 30'000;

QList<Host> hostsOf(const CampaignPlan &plan) {
    QStringList names;
    for (const int number : plan.phases) {
        const Phase *phase = plan.protocol.phase(number);
        for (const Step &step : phase ? phase->steps : QList<Step>()) {
            for (const Host &host : hostsOfStep(plan.fleet, step))
                names << host.name;
        }
    }
    QList<Host> hosts = plan.fleet.hosts;
    hosts.removeIf([&](const Host &host) { return !names.contains(host.name); });
    return hosts;
}

} // namespace

HostPreparation::HostPreparation(HostLinks &links, const CampaignPlan &plan, QObject *parent)
    : QObject(parent), m_plan(plan), m_hosts(hostsOf(plan)),
      m_claim(links, plan.fleet.hosts, ownerHere(plan), this), m_fanOut(links) {
    connect(&m_claim, &HostClaim::settled, this, [this](const Result<void> &taken) {
        if (taken && m_options.check)
            check();
        else
            Q_EMIT settled(taken);
    });
    connect(&m_claim, &HostClaim::lost, this, &HostPreparation::problemFound);
    connect(&m_claim, &HostClaim::released, this, [this] {
        if (m_refusal)
            Q_EMIT settled(*m_refusal);
        else
            Q_EMIT released();
    });
    connect(&m_fanOut, &FanOut::answered, this, [this](const HostAnswer &answer) {
        const Host &host = *m_plan.fleet.find(answer.host);
        m_healths << readHealth(host, answer, needsOf(m_plan).value(host.name));
        // Nothing is known of a host that did not answer; what it cannot do is.
        if (answer.error && answer.error->code != ErrorCode::CommandFailed)
            m_unreached << host.name;
    });
    connect(&m_fanOut, &FanOut::finished, this, &HostPreparation::endCheck);
}

void HostPreparation::begin(const Options &options) {
    m_options = options;
    m_claim.take(options.takeOver);
}

void HostPreparation::giveUp() {
    m_refusal = Error{ErrorCode::Cancelled, QStringLiteral("Stopped before anything was begun.")};
    m_claim.release();
}

void HostPreparation::release() {
    m_claim.release();
}

void HostPreparation::check() {
    const auto needs = needsOf(m_plan);
    for (const Host &host : std::as_const(m_hosts))
        m_fanOut.run({host}, healthProgram(host, needs.value(host.name)), kCheckMs);
}

void HostPreparation::endCheck() {
    if (m_refusal)
        return; // given up meanwhile
    compareHealth(m_plan.fleet, m_healths);
    QStringList refusals;
    for (const HostHealth &health : std::as_const(m_healths)) {
        if (health.problem.isEmpty())
            continue;
        const QString text = health.problem.startsWith(health.host)
                                 ? health.problem
                                 : QStringLiteral("%1: %2").arg(health.host, health.problem);
        if (m_options.despiteProblems || m_unreached.contains(health.host))
            Q_EMIT problemFound(Error{ErrorCode::CommandFailed, text});
        else
            refusals << text;
    }
    if (refusals.isEmpty()) {
        Q_EMIT settled({});
        return;
    }
    m_refusal = Error{ErrorCode::InvalidInput,
                      refusals.join(QStringLiteral(". ")) +
                          QStringLiteral(". Nothing was begun; --despite-problems begins all the same.")};
    m_claim.release();
}

} // namespace slipway
