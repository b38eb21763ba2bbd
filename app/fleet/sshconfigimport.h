// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleetimport.h"

namespace slipway {

/// The names that Host lines of an ssh_config give, without wildcards, Include followed as ssh does (globs,
/// `~/`, relative to ~/.ssh). Only names are taken: address, user, port and keys are asked of `ssh -G` when a
/// host is connected to. A file other than `home`/.ssh/config is named in each host. Blocks for files.
Result<FleetImport> importSshConfig(const QByteArray &bytes, const QString &path, const QString &home);

} // namespace slipway
