// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/campaignplan.h"
#include "app/campaign/jobrun.h"
#include "app/hosts/hostlinks.h"

#include <QDeadlineTimer>
#include <QObject>
#include <QSet>

namespace slipway {

/// What is known of a campaign that another process began and did not end.
struct KnownRuns {
    QList<PhaseRun> runs;
    QList<EndedStream> streams{}; ///< that the archive keeps; their spools are gone
};

/// Runs the steps of one phase: the hosts of a step in parallel, steps one after the other. When a step
/// fails, the rest is left out but for the steps that heal. Lives on the campaign's thread; finished() comes
/// exactly once.
class PhaseRunner : public QObject {
    Q_OBJECT
public:
    /// `known`: what became of the campaign's runs until the process that led it died. Those that had ended
    /// are reported again from what is kept of them, those that had begun are resumed.
    PhaseRunner(const CampaignPlan &plan, Phase phase, HostLinks &links, const KnownRuns &known,
                QObject *parent);

    void start();
    /// Stops the running step on its hosts; the healing steps still run.
    void stop();
    /// The programs of the running step may end this part of their work at their next pause.
    void sayEnough(const QString &part);

Q_SIGNALS:
    void runChanged(const slipway::PhaseRun &run);
    void spoolsOpened(const slipway::PhaseRun &run, const slipway::JobSpools &spools);
    void linesArrived(const slipway::PhaseRun &run, const QList<slipway::StreamLine> &lines);
    void logGrew();
    void fetchedWhole(const QString &host, const QString &jobId);
    void hostTrouble(const QString &host, bool connected, const QString &text);
    void runEnded(const slipway::PhaseRun &run); ///< nothing more of its streams comes
    void finished();

private:
    void nextStep();
    void startOn(const Step &step, const Host &host);
    void connectAndRun(const Step &step, const Host &host, const PhaseRun &run, QDeadlineTimer timeout);
    void reportAgain(const PhaseRun &run);
    Result<void> replay(const PhaseRun &run);
    Result<void> replayKept(const EndedStream &kept, const JobSpools &spools, const LinesSeen &seen);
    [[nodiscard]] const EndedStream *keptOf(const PhaseRun &run) const;
    Result<JobSpools> openSpools(const PhaseRun &run, const EndedStream *kept = nullptr) const;
    void runJob(const Step &step, const Host &host, RemoteShell &shell, const PhaseRun &run);
    void endRun(const PhaseRun &run);
    [[nodiscard]] Step stepOf(const PhaseRun &run) const;
    [[nodiscard]] PhaseRun blankRun(const Step &step, const Host &host) const;

    const CampaignPlan &m_plan;
    Phase m_phase;
    HostLinks &m_links;
    KnownRuns m_known;
    qsizetype m_next = 0;
    int m_pending = 0; ///< hosts of the running step that have not ended
    QString m_broken;  ///< why the remaining steps are left out; empty while all is well
    bool m_stopping = false;
    QList<JobRun *> m_jobs;
    QSet<QString> m_waiting; ///< streams that could not be opened yet, and that was reported
};

} // namespace slipway
