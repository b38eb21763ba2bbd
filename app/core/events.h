// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace slipway {

// What was done, for the person who asks why: kept by app/diagnostics, and shown with --verbose. A text names
// the program, host or address and how it ended; never arguments, bodies or answers, which may hold secrets.
Q_DECLARE_LOGGING_CATEGORY(programEvents)  ///< "slipway.program": local programs that were run
Q_DECLARE_LOGGING_CATEGORY(sshEvents)      ///< "slipway.ssh": connections
Q_DECLARE_LOGGING_CATEGORY(cloudEvents)    ///< "slipway.cloud": requests to a cloud
Q_DECLARE_LOGGING_CATEGORY(campaignEvents) ///< "slipway.campaign": phases
Q_DECLARE_LOGGING_CATEGORY(errorEvents)    ///< "slipway.error": what a command ended with

} // namespace slipway
