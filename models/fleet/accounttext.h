// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/host.h"

namespace slipway {

/// Whom a login is for, in a sentence: "user root", and where the fleet leaves that to ssh_config, words for
/// it.
[[nodiscard]] inline QString accountText(const Host &host) {
    return host.user.isEmpty() ? QStringLiteral("the account it logs in to")
                               : QStringLiteral("user ") + host.user;
}

} // namespace slipway
