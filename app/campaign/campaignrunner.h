// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/hostpreparation.h"
#include "app/campaign/phaserunner.h"
#include "models/cycles/cyclebuilder.h"
#include "models/cycles/fieldcycles.h"
#include "models/evidence/earlyend.h"

#include <map>

namespace slipway {

/// Runs a campaign: phase after phase, builds reports from what was observed, judges after each phase. Needs
/// shells and a folder for spools; knows nothing of archives and windows. Lives on a thread of its own (a
/// Worker), not on the GUI thread, since it writes spools and parses observations; its signals are emitted
/// there.
class CampaignRunner : public QObject {
    Q_OBJECT
public:
    CampaignRunner(CampaignPlan plan, ShellFactory factory, KnownRuns known = {}, QObject *parent = nullptr);
    ~CampaignRunner() override;

    /// Before start(): takes the hosts and asks whether they can be used; prepared() follows.
    void prepare(const HostPreparation::Options &options);
    void start();
    /// Ends what runs on the hosts, heals, judges what there is; finished() follows.
    void stop();
    /// After finished(), once the evidence is kept: removes from the hosts the folders of jobs that were
    /// fetched whole and gives up the hold on them. cleaned() follows, after 10 s at the latest.
    void cleanHosts();

Q_SIGNALS:
    /// With an error no host is held; `canTakeOver`: for what campaigns left that nobody leads.
    void prepared(const slipway::Result<void> &result, bool canTakeOver);
    void problemFound(const slipway::Error &error); ///< a person has to know; it ends nothing
    void runChanged(const slipway::PhaseRun &run);
    void spoolsOpened(const slipway::PhaseRun &run, const slipway::JobSpools &spools);
    void streamsEnded(const QList<slipway::EndedStream> &streams); ///< of one run, to be kept
    void cyclesArrived(const QList<slipway::Cycle> &cycles);
    void logGrew();
    void reportsBuilt(const QList<slipway::EvidenceFile> &files);
    void judged(const slipway::Judgement &judgement);
    void hostConnectionChanged(const QString &host, bool connected, const QString &text);
    /// `state`: Passed when all phases came to their end (whatever the verdict), Stopped, or
    /// Failed.
    void finished(slipway::RunState state, const slipway::Judgement &judgement);
    void cleaned(); ///< the last signal

private:
    void nextPhase();
    void endPhase();
    void countDown();
    void endCleaning();
    void takeLines(const PhaseRun &run, const QList<StreamLine> &lines);
    void endStreams(const PhaseRun &run);
    [[nodiscard]] QList<EvidenceFile> observations() const;
    [[nodiscard]] QList<EvidenceFile> claimedFiles() const;
    Judgement judgeNow(bool last);
    Judgement judgeObserved(const RecordedPlan &plan, bool last);
    Judgement judgeClaimed(bool last);

    CampaignPlan m_plan;
    HostLinks m_links;
    HostPreparation m_preparation;
    bool m_preparing = false;
    KnownRuns m_known;
    PhaseRunner *m_phase = nullptr;
    qsizetype m_next = 0;
    bool m_stopping = false;
    bool m_anyFailed = false;
    QMap<QString, QStringList> m_fetched; ///< job ids by host
    qsizetype m_toClean = 0;
    bool m_cleaned = false;
    QTimer m_cleaning;
    CycleBuilder m_cycles;
    EarlyEnd m_earlyEnd;
    FieldCycles m_fieldCycles;
    std::map<QString, std::pair<PhaseRun, JobSpools>> m_streams; ///< by stream name
};

} // namespace slipway
