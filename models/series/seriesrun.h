// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>
#include <utility>

namespace slipway {

/// The duration of a run as a whole, next to those of its phases ("phase 1"); seconds.
inline const QString kWholeRun = QStringLiteral("run");

// Measures of a run from its cycles: the median of what each cycle measured.
inline const QString kLatencyP50 = QStringLiteral("latency p50"); ///< of acknowledged writes; milliseconds
inline const QString kLatencyP99 = QStringLiteral("latency p99"); ///< likewise
inline const QString kSettleTime = QStringLiteral("settle time"); ///< from the burst's end; seconds

/// What one fault class of a run adds to the bound: only cycles whose fault struck with a write in flight.
struct RunCycles {
    QString fault;
    qint64 clean = 0;                       ///< cycles that lost nothing
    QList<std::pair<qint64, qint64>> lossy; ///< converged of acknowledged writes of each other one
};

/// One run of a series: its recomputed verdict with the claim next to it, and what the charts read. What was
/// not measured is absent, never zero. A plain value.
struct SeriesRun {
    QString id;            ///< of its campaign; of a row of a table "row 12"
    int ordinal = 0;       ///< its number by its own account, from 1; 0: it has none
    QDateTime slot;        ///< the slot that it names; invalid when it names none. All times are UTC
    QDateTime startedAt;   ///< invalid when not known
    QDateTime completedAt; ///< invalid while it runs, or when not known
    bool isRunning = false;
    std::optional<bool> claimedPass;
    std::optional<Verdict> verdict;   ///< nothing while it runs
    bool hasEvidence = false;         ///< some report or stream of observations holds something
    QMap<QString, double> seconds;    ///< kWholeRun, "phase 1", …
    QMap<QString, double> measures;   ///< kLatencyP50, kLatencyP99, kSettleTime
    std::optional<double> cost;       ///< in the currency of its series
    std::optional<qint64> lost;       ///< acknowledged writes that did not converge
    QMap<QString, double> lostShares; ///< of the acknowledged writes, by fault class; those above 0
    QMap<QString, QString> facts;     ///< "server", "image", "region", … as they were recorded
    QMap<QString, bool> checks;       ///< passed or not; those that are neither are left out
    QString pool;                     ///< server hash and protocol; empty: its cycles carry no bound
    QList<RunCycles> cycles;
    QList<quint64> courses;  ///< hashes of what its cycles took, see cycleCourse(); those that told all times
    QList<quint64> logKinds; ///< hashes of the kinds of lines in its logs; empty: none were read

    /// When it is known what became of it: its end, else its start, else its slot.
    [[nodiscard]] QDateTime moment() const {
        return completedAt.isValid() ? completedAt : startedAt.isValid() ? startedAt : slot;
    }
};

} // namespace slipway
