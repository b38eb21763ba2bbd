// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/steadytime.h"

#include "models/core/instant.h"

#include <ctime>

namespace slipway {

namespace {

qint64 bootTimeMs() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000;
}

// When the machine began, by the clock as it was set at first.
qint64 anchorMs() {
    static const qint64 anchor = QDateTime::currentMSecsSinceEpoch() - bootTimeMs();
    return anchor;
}

} // namespace

QDateTime steadyNowUtc() {
    return utcOfMilliseconds(anchorMs() + bootTimeMs());
}

qint64 clockSetMs() {
    return QDateTime::currentMSecsSinceEpoch() - (anchorMs() + bootTimeMs());
}

} // namespace slipway
