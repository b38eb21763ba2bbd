// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/events.h"

namespace slipway {

// Debug texts come only where a program handles its messages, app/diagnostics/messages.h: a test stays quiet.
Q_LOGGING_CATEGORY(programEvents, "slipway.program", QtInfoMsg)
Q_LOGGING_CATEGORY(sshEvents, "slipway.ssh", QtInfoMsg)
Q_LOGGING_CATEGORY(cloudEvents, "slipway.cloud", QtInfoMsg)
Q_LOGGING_CATEGORY(campaignEvents, "slipway.campaign", QtInfoMsg)
Q_LOGGING_CATEGORY(errorEvents, "slipway.error", QtInfoMsg)

} // namespace slipway
