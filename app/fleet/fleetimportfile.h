// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleetimport.h"

#include <optional>

namespace slipway {

/// Reads a file ("-" is standard input) of any format that can be imported; without a `format` its content
/// decides. Without a `name` the fleet is called as it says itself, or as its file. Blocks: never on the GUI
/// thread.
Result<FleetImport> readFleetImport(const QString &path, std::optional<FleetFormat> format,
                                    const QString &name);

} // namespace slipway
