// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

namespace slipway::cli {

/// slipwayctl with all of its commands: what it parses by, and what help, man page and completions are made
/// from.
extern const CommandSpec kProgram;

} // namespace slipway::cli
