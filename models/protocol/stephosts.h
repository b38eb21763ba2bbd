// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/protocol/protocol.h"

namespace slipway {

/// Those that a step is for (Step::on), be they hosts or their names: all peers, the first chaos host, or the
/// peer of that number. Empty where there is none.
template <typename T>
[[nodiscard]] QList<T> hostsOfStep(const Step &step, const QList<T> &peers, const QList<T> &chaos) {
    if (step.on == QLatin1String("chaos"))
        return chaos.mid(0, 1);
    if (step.on == QLatin1String("peers"))
        return peers;
    return peers.mid(step.on.mid(5).toInt() - 1, 1); // "peer:N"
}

} // namespace slipway
