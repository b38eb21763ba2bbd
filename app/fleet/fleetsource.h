// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/fleet.h"

namespace slipway {

/// The fleet that a person named: a fleet file, or "sandbox", which is brought up when it is not. Blocks (a
/// sandbox takes about a second): never on the GUI thread.
Result<Fleet> openFleet(const QString &name, const Paths &paths);

} // namespace slipway
