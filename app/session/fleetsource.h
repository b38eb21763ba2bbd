// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/fleet.h"

namespace slipway {

/// The fleet that a person named: one rented from here, one of the store, a fleet file, or "sandbox", which
/// is brought up when it is not. A file that is called as a fleet is meant by a path (./NAME). Blocks (a
/// sandbox takes about a second): never on the GUI thread.
Result<Fleet> openFleet(const QString &name, const Paths &paths);

/// As openFleet(), but nothing is brought up: a sandbox that is down is as sandboxToBe() has it.
Result<Fleet> lookUpFleet(const QString &name, const Paths &paths);

/// What the sandbox will be, before it is up.
[[nodiscard]] Fleet sandboxToBe();

} // namespace slipway
