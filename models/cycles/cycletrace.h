// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/observation.h"

namespace slipway {

/// One write as its client saw it. Times are microseconds since the epoch, of the client's clock.
struct TracedWrite {
    QString agent;
    QString code; ///< "201", "503", …; "000" without an answer
    qint64 startUs = 0;
    qint64 endUs = 0;
};

/// What was in flight while the fault struck, of one cycle. What was not observed is absent.
struct CycleTrace {
    QString fault;
    int number = 0;
    QList<TracedWrite> writes; ///< by start
    std::optional<qint64> faultUs;
    std::optional<qint64> effectUs; ///< when the host saw that it took
    std::optional<bool> effective;

    [[nodiscard]] qint64 inFlight() const; ///< sent before the fault and not answered until after it
};

/// Of the observations those of this cycle; the others are passed over.
[[nodiscard]] CycleTrace traceOf(const QList<Observation> &observations, const QString &fault, int number);

/// How the acknowledged writes of phase 2 came to each peer after the burst.
struct Settling {
    struct Reading {
        qint64 ms = 0; ///< since the end of the burst
        qint64 held = 0;
    };
    struct Node {
        QString name;
        QList<Reading> readings; ///< in order of time
    };
    QList<Node> nodes;
    qint64 acked = 0;
    std::optional<qint64> settledMs; ///< or when it was given up
    std::optional<qint64> limitMs;
    bool complete = false;
};

[[nodiscard]] Settling settlingOf(const QList<Observation> &observations);

} // namespace slipway
