// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/events.h"

namespace slipway {

Q_LOGGING_CATEGORY(programEvents, "slipway.program")
Q_LOGGING_CATEGORY(sshEvents, "slipway.ssh")
Q_LOGGING_CATEGORY(cloudEvents, "slipway.cloud")
Q_LOGGING_CATEGORY(campaignEvents, "slipway.campaign")
Q_LOGGING_CATEGORY(errorEvents, "slipway.error")

} // namespace slipway
