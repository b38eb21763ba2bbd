// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/session/session.h"

#include <functional>

namespace slipway::cli {

/// Opens the archive, lets `ask` put its question, and runs until that calls exitWith().
ExitCode withSession(const Context &context, const std::function<void(Session &)> &ask);

/// The same for a command that only looks: it makes nothing, and reads what cannot be written too.
ExitCode lookWithSession(const Context &context, const std::function<void(Session &)> &ask);

} // namespace slipway::cli
