// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignrunner.h"
#include "app/core/worker.h"
#include "app/ssh/sshconnect.h"

#include <QPointer>

namespace slipway {

/// A CampaignRunner on a thread of its own, its commands and signals on the owner's thread, where any of the
/// signals may end in its destruction. The destructor ends the thread; what runs on the hosts goes on.
class RunningCampaign final : public QObject {
    Q_OBJECT
public:
    /// `mailbox` is on the owner's thread and lives longer.
    RunningCampaign(const CampaignPlan &plan, const KnownRuns &known, const SshOptions &ssh,
                    Mailbox &mailbox);
    ~RunningCampaign() override;

    void prepare(const HostPreparation::Options &options);
    void start();
    void stop();
    void cleanHosts();

Q_SIGNALS: // as those of CampaignRunner
    void prepared(const slipway::Result<void> &result, bool canTakeOver);
    void problemFound(const slipway::Error &error);
    void runChanged(const slipway::PhaseRun &run);
    void spoolsOpened(const slipway::PhaseRun &run, const slipway::JobSpools &spools);
    void streamsEnded(const QList<slipway::EndedStream> &streams);
    void cyclesArrived(const QList<slipway::Cycle> &cycles);
    void logGrew();
    void reportsBuilt(const QList<slipway::EvidenceFile> &files);
    void judged(const slipway::Judgement &judgement);
    void hostConnectionChanged(const QString &host, bool connected, const QString &text);
    void finished(slipway::RunState state, const slipway::Judgement &judgement);
    void cleaned();

private:
    void relayAll();
    template <typename... Values>
    void relay(void (CampaignRunner::*from)(Values...), void (RunningCampaign::*to)(Values...));
    void post(std::function<void(CampaignRunner &)> command);

    Mailbox &m_mailbox;
    QPointer<RunningCampaign> m_self;   ///< for what is still in the mailbox when it is destroyed
    CampaignRunner *m_runner = nullptr; ///< lives on the worker
    Worker m_worker;
};

} // namespace slipway
