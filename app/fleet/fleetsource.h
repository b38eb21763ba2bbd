// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/fleet.h"

namespace slipway {

/// The fleet that a person named: one rented from here, one of the store, a fleet file, or "sandbox", which
/// is brought up when it is not. A file that is called as a fleet is meant by a path (./NAME). Blocks (a
/// sandbox takes about a second): never on the GUI thread.
Result<Fleet> openFleet(const QString &name, const Paths &paths);

} // namespace slipway
