// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

namespace slipway {

/// As openPaths(), for those who only look: nothing is made or changed, and it need not exist.
Result<Paths> lookPaths(const QString &dataDirOption);

} // namespace slipway
