// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/cycle.h"

#include <QByteArray>

namespace slipway {

/// The times within a cycle, from its start: of its fault, its end and its settling, and three latencies to
/// the microsecond. Empty where not all were measured. No two cycles take the same, so that one which does is
/// a copy, whenever it says that it began. Pure.
[[nodiscard]] QByteArray cycleCourse(const Cycle &cycle);

} // namespace slipway
