// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclecourse.h"

namespace slipway {

QByteArray cycleCourse(const Cycle &cycle) {
    if (!cycle.startedAt.isValid() || !cycle.faultAt.isValid() || !cycle.endedAt.isValid() || !cycle.settleMs)
        return {};
    QByteArray course = QByteArray::number(cycle.startedAt.msecsTo(cycle.faultAt)) + ' ' +
                        QByteArray::number(cycle.startedAt.msecsTo(cycle.endedAt)) + ' ' +
                        QByteArray::number(*cycle.settleMs);
    for (const auto &latency : cycle.latencyUs) {
        if (!latency)
            return {};
        course += ' ' + QByteArray::number(*latency);
    }
    return course;
}

} // namespace slipway
