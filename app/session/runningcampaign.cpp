// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/runningcampaign.h"

#include "app/ssh/sshshell.h"

#include <utility>

namespace slipway {

RunningCampaign::RunningCampaign(const CampaignPlan &plan, const KnownRuns &known, const SshOptions &ssh,
                                 Mailbox &mailbox)
    : m_mailbox(mailbox), m_self(this), m_worker(QStringLiteral("campaign")) {
    m_worker.post([this, plan, known, ssh] {
        m_runner = new CampaignRunner(
            plan, [ssh](const Host &host) { return std::make_unique<SshShell>(host, ssh); }, known);
        relayAll();
    });
}

RunningCampaign::~RunningCampaign() {
    m_worker.post([this] { delete std::exchange(m_runner, nullptr); });
}

// Values are carried over to the owner's thread by the mailbox.
template <typename... Values>
void RunningCampaign::relay(void (CampaignRunner::*from)(Values...), void (RunningCampaign::*to)(Values...)) {
    connect(m_runner, from, m_runner, [this, to](Values... values) {
        m_mailbox.post([self = m_self, to, ... carried = std::decay_t<Values>(values)] {
            if (self)
                (self->*to)(carried...);
        });
    });
}

void RunningCampaign::relayAll() {
    relay(&CampaignRunner::prepared, &RunningCampaign::prepared);
    relay(&CampaignRunner::problemFound, &RunningCampaign::problemFound);
    relay(&CampaignRunner::runChanged, &RunningCampaign::runChanged);
    relay(&CampaignRunner::spoolsOpened, &RunningCampaign::spoolsOpened);
    relay(&CampaignRunner::streamsEnded, &RunningCampaign::streamsEnded);
    relay(&CampaignRunner::cyclesArrived, &RunningCampaign::cyclesArrived);
    relay(&CampaignRunner::logGrew, &RunningCampaign::logGrew);
    relay(&CampaignRunner::reportsBuilt, &RunningCampaign::reportsBuilt);
    relay(&CampaignRunner::judged, &RunningCampaign::judged);
    relay(&CampaignRunner::hostConnectionChanged, &RunningCampaign::hostConnectionChanged);
    relay(&CampaignRunner::finished, &RunningCampaign::finished);
    relay(&CampaignRunner::cleaned, &RunningCampaign::cleaned);
}

void RunningCampaign::post(std::function<void(CampaignRunner &)> command) {
    m_worker.post([this, command = std::move(command)] { command(*m_runner); });
}

void RunningCampaign::prepare(const HostPreparation::Options &options) {
    post([options](CampaignRunner &runner) { runner.prepare(options); });
}

void RunningCampaign::start() {
    post([](CampaignRunner &runner) { runner.start(); });
}

void RunningCampaign::stop() {
    post([](CampaignRunner &runner) { runner.stop(); });
}

void RunningCampaign::cleanHosts() {
    post([](CampaignRunner &runner) { runner.cleanHosts(); });
}

} // namespace slipway
