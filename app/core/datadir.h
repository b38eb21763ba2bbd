// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

namespace slipway {

/// Makes the data directory with mode 0700 when it is missing. Whoever writes into it calls this first, so
/// that a command that has nothing to write leaves none behind.
Result<void> makeDataDir(const Paths &paths);

} // namespace slipway
