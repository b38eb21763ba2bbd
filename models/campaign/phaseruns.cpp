// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/phaseruns.h"

#include <algorithm>

namespace slipway {

void putRun(QList<PhaseRun> &runs, const PhaseRun &run) {
    const auto it = std::find_if(runs.begin(), runs.end(), [&](const PhaseRun &other) {
        return other.streamName() == run.streamName();
    });
    if (it == runs.end())
        runs.append(run);
    else
        *it = run;
}

} // namespace slipway
