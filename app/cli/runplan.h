// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/session/launchrequest.h"

namespace slipway::cli {

/// Prints what a launch would run where, with which parameters and where each of them comes from, how long it
/// takes and what it can prove. The exit code: 0 when it can prove the claim, 3 when it cannot.
ExitCode printPlan(const LaunchRequest &request, bool json);

} // namespace slipway::cli
