// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"
#include "models/evidence/evidencefile.h"
#include "models/evidence/verdict.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace slipway {

enum class RunState { Waiting, Running, Passed, Failed, Stopped, Lost };

/// The one table of legal transitions: Waiting → Running → {Passed, Failed, Stopped, Lost}, Waiting →
/// Stopped, Lost → Running (re-attached).
[[nodiscard]] bool isLegalTransition(RunState from, RunState to);
[[nodiscard]] QString runStateName(RunState state); ///< "waiting", "running", …; stored and printed
[[nodiscard]] std::optional<RunState> runStateFromName(const QString &name);

/// One step of one phase on one host.
struct PhaseRun {
    int phase = 0;
    QString step;
    QString host;
    RunState state = RunState::Waiting;
    QDateTime startedAt;  ///< UTC; invalid until started
    QDateTime finishedAt; ///< UTC; invalid until finished
    std::optional<int> exitCode;
    QString jobId;   ///< launch token of the remote job
    QString message; ///< why it failed, for a person; empty when all is well

    /// "phase2-burst-chaos": what its two streams are called; .obs.jsonl is stdout, .log is stderr.
    [[nodiscard]] QString streamName() const;
};

/// What a list of campaigns shows.
struct CampaignSummary {
    QString id; ///< [A-Za-z0-9._-]{1,64}
    QString ref;
    QString fleet;
    QString protocol;
    QString source; ///< "run" for our own, "import" for a published folder
    RunState state = RunState::Waiting;
    QDateTime startedAt;
    QDateTime finishedAt;
    std::optional<Verdict> verdict;
    std::optional<bool> claimedPass; ///< what a summary says
    QString reason;                  ///< why, in one sentence
};

/// One campaign with everything but its logs.
struct CampaignRecord {
    CampaignSummary summary;
    QMap<QString, QString> parameters;
    QList<PhaseRun> phaseRuns;
    QList<Cycle> cycles;
    std::optional<Judgement> judgement;
    QList<EvidenceFile> files;
};

} // namespace slipway
