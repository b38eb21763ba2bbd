// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

struct CommandSpec;

/// What every command gets besides its own arguments. A plain value.
struct CommandContext {
    QString dataDir;                      ///< --data-dir, may be empty
    const CommandSpec *command = nullptr; ///< the row that runs
    const CommandSpec *program = nullptr; ///< the root of the table
};

} // namespace slipway
