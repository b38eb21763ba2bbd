// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/triage.h"
#include "models/cycles/cycle.h"
#include "models/evidence/judge.h"
#include "models/evidence/manifest.h"
#include "models/insight/insight.h"
#include "models/observation/evidencefile.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace slipway {

enum class RunState { Waiting, Running, Passed, Failed, Stopped, Lost };

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

    /// "phase2-burst-chaos": what its two streams are called; stdout ends with streamSuffix() of the step,
    /// stderr with .log.
    [[nodiscard]] QString streamName() const;
};

/// CampaignSummary::source of a published folder.
inline const QString kImported = QStringLiteral("import");

/// What a list of campaigns shows.
struct CampaignSummary {
    QString id; ///< [A-Za-z0-9._-]{1,64}
    QString ref;
    QString fleet;
    QString protocol;
    QString source; ///< "run" for our own, or kImported
    RunState state = RunState::Waiting;
    QDateTime startedAt;
    QDateTime finishedAt;
    std::optional<Verdict> verdict;
    std::optional<bool> claimedPass; ///< what a summary says
    QString reason;                  ///< why, in one sentence
    QString claim;                   ///< Judgement::claim
    Triage triage;                   ///< what people found out; empty when nobody did
};

/// A judgement as it was given then; newer rules add one and change none.
struct PastJudgement {
    QDateTime at; ///< UTC
    int rulesVersion = 0;
    Verdict verdict = Verdict::NoEvidence;
};

/// One campaign with everything but its logs.
struct CampaignRecord {
    CampaignSummary summary;
    QMap<QString, QString> parameters;
    QStringList peers;         ///< of a campaign of ours; empty for a published one, as are the phases
    QList<int> requiredPhases; ///< that the protocol asks for
    QList<PhaseRun> phaseRuns;
    QList<Cycle> cycles;
    std::optional<Judgement> judgement;
    QList<PastJudgement> history; ///< every judgement there was, the oldest first
    QList<EvidenceFile> files;
    /// The streams of observations, compressed, under the names that they have in a published folder. Large:
    /// only where they were asked for. Those of an imported campaign are among its files.
    QList<EvidenceFile> observations{};
    QMap<QString, qint64>
        clones; ///< by file: in how many other campaigns the same bytes stand under this name
    std::optional<Insight> insight;
    /// What the archive holds of it that is not what was recorded. No judgement of this record leaves it out.
    QList<Finding> findings{};
};

} // namespace slipway
