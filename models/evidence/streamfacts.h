// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/checksfile.h"
#include "models/evidence/manifest.h"
#include "models/evidence/recordedplan.h"
#include "models/observation/observation.h"

namespace slipway {

/// What a stream of observations says of itself, read once from its first line to its last. Pure.
struct StreamFacts {
    PlannedRun run;
    bool present = false;
    QString problem; ///< the first thing that is wrong with it, for a person; empty when all is as planned
    bool cutShort = false; ///< all that is wrong is that it does not come to its end
    QString version;       ///< of the server under test
    QString serverSha256;
    QString programSha256;
    std::optional<bool> separateUser; ///< the server ran as another user than the program that observed it
    QString sha256;                   ///< of the plain bytes, each line ended
    QDateTime beganAt;                ///< UTC, the host's clock
    QDateTime
        endedAt;    ///< of the last observation, as if nobody had set the clock since the first (HostClock)
    QString bootId; ///< of the host; empty where it is not reported
    int clockJumps = 0;     ///< how often the host's clock was set meanwhile
    qint64 worstJumpMs = 0; ///< the furthest; below 0: back
    /// Every line had the time since boot, so that a clock that was set did no harm to the order of times.
    bool isSteady = false;
    qint64 beganUpMs = 0; ///< since boot, where it is steady
    qint64 endedUpMs = 0;
    SourceRange begin; ///< where the first observation stands
};

/// The planned run's stream among the files, compared with the plan: begun and ended under its own token, by
/// the program that was sent, each line an observation that says nothing twice. `programs`: SHA-256 by name
/// of those whose observations are known (Protocol::programs); of another one only the order is asked for.
[[nodiscard]] StreamFacts streamFacts(const RecordedPlan &plan, const PlannedRun &run,
                                      const QList<EvidenceFile> &files,
                                      const QMap<QString, QString> &programs = {});
[[nodiscard]] QList<StreamFacts> streamFacts(const RecordedPlan &plan, const QList<EvidenceFile> &files,
                                             const QMap<QString, QString> &programs = {});

/// The planned run's stream, plain or compressed; nothing when it is not there.
[[nodiscard]] const EvidenceFile *findStream(const QList<EvidenceFile> &files, const PlannedRun &run);
/// The streams of the planned runs that are there, in the order of the plan.
[[nodiscard]] QList<ObservedStream> observedStreams(const RecordedPlan &plan,
                                                    const QList<EvidenceFile> &files);

[[nodiscard]] QList<PhaseSpan> spansOf(const QList<StreamFacts> &streams);
[[nodiscard]] QList<ManifestRun> manifestRunsOf(const QList<StreamFacts> &streams);
/// The last time that any stream has; invalid when none does.
[[nodiscard]] QDateTime completedAt(const QList<StreamFacts> &streams);

} // namespace slipway
