// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

namespace slipway {

/// The options of the window, for itself and for its man page.
extern const CommandSpec kWindowCommand;

} // namespace slipway
