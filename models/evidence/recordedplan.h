// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace slipway {

inline const QString kPlanFile = QStringLiteral("plan.json");
/// The folder of a campaign's streams of observations, in a published folder and in the names of its files.
inline const QString kObservationFolder = QStringLiteral("observations/");

/// A program that the plan starts on a host. The token is what the host knows the job by.
struct PlannedRun {
    int phase = 0;
    QString step;
    QString host;
    QString program; ///< a name in RecordedPlan::programs
    QString token;
    bool observed = true; ///< its output is a stream of observations

    /// "observations/phase2-burst-chaos.obs.jsonl"
    [[nodiscard]] QString streamFile() const;
};

/// What a campaign set out to show, recorded before it started: part of the evidence. Every report, check and
/// verdict follows from this and from the observations. A plain value.
struct RecordedPlan {
    QString campaign;
    QString ref;
    QString run; ///< distinguishes this campaign's writes from those of any other
    QString key; ///< 32 hexadecimal digits: the contents of the writes are derived from it
    QString protocol;
    QString protocolVersion;
    QString protocolSha256; ///< of the protocol file's bytes
    QMap<QString, QString> parameters;
    QStringList peers;
    QList<int> phases;               ///< asked for, ascending
    QMap<QString, QString> programs; ///< SHA-256 of each program as it was sent, by name
    QList<PlannedRun> runs;          ///< in the order they are started
    QDateTime recordedAt;            ///< UTC, the dashboard's clock
};

/// plan.json.
[[nodiscard]] QByteArray planBytes(const RecordedPlan &plan);

/// Reads what planBytes() wrote and nothing else: a member that is missing, doubled, unknown or spelled
/// another way is an error that names it.
Result<RecordedPlan> readPlan(const QByteArray &bytes);

} // namespace slipway
