// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/sourcerange.h"

#include <QDateTime>
#include <QStringList>

#include <array>
#include <optional>

namespace slipway {

inline constexpr qsizetype kMaxLost = 20;     ///< ids of lost writes that a cycle names
inline constexpr qsizetype kMaxLostId = 200;  ///< characters of each
inline constexpr qsizetype kMaxTrouble = 400; ///< characters of what was wrong with a server

/// One chaos round. A number that was not measured is absent, never zero. Counts of rows per node are the
/// field's way; acked, durable and converged compare by identity (design.md, "Verdicts").
struct Cycle {
    int number = 0; ///< from 1
    QString fault;  ///< fault class
    std::optional<qint64> writes;
    std::optional<qint64> ok;                  ///< answered 201
    std::optional<qint64> quorumNotMet;        ///< answered 503
    std::optional<qint64> fail;                ///< anything else, no answer among it
    std::array<std::optional<qint64>, 3> rows; ///< rows on node 0, 1, 2
    std::optional<qint64> durable;             ///< acknowledged writes found on at least one survivor
    std::optional<qint64> converged;           ///< acknowledged writes found on every survivor
    /// Ids of acknowledged writes that are not on every survivor, sorted, kMaxLost of them.
    QStringList lost;
    /// Answers of survivors that hold an acknowledged write with another content than was written, and those
    /// of writes that lie in no database of the survivor's own; absent where there is none.
    std::optional<qint64> changed;
    std::optional<qint64> notOwn;
    QString trouble; ///< what was wrong with a server, in the host's words; it measured nothing
    std::optional<qint64> inFlight;    ///< writes sent before the fault and not answered until after it
    std::optional<bool> faultInjected; ///< whether the host saw the fault take effect
    std::optional<qint64> settleMs;    ///< from the end of the burst until converged, or until the limit
    /// p50, p95 and p99 of the acknowledged writes, microseconds from sending to answer, by nearest rank: the
    /// least value that at least so many of them do not exceed.
    std::array<std::optional<qint64>, 3> latencyUs;
    QDateTime startedAt;
    QDateTime faultAt;
    QDateTime endedAt;
    SourceRange source;

    /// Whether the fault took effect with a write in flight. Only then did the cycle test anything.
    [[nodiscard]] bool struck() const { return faultInjected == true && inFlight.value_or(0) >= 1; }
};

} // namespace slipway
