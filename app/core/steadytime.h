// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace slipway {

/// The time as it was when this process first asked, and what has passed since by a clock that nobody sets
/// (CLOCK_BOOTTIME, which runs on while the machine sleeps). Within a process it never goes back, so that
/// differences are durations. Any thread.
[[nodiscard]] QDateTime steadyNowUtc();

/// By how much the machine's clock was set since this process first asked: positive, it was set ahead.
[[nodiscard]] qint64 clockSetMs();

} // namespace slipway
