// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/keyring.h"
#include "app/ssh/sshconfig.h"

namespace slipway {

/// Logs in on a session whose host key is trusted: keys of the agent unless IdentitiesOnly, then the key
/// files, each first with its certificate. Blocks. AuthRefused says what was tried; Unreachable when the
/// connection broke meanwhile.
Result<void> authenticate(ssh_session session, const SshTarget &target, KeyRing &keys,
                          const KeyRing::Ask &ask, const std::function<bool()> &givenUp);

/// "name (address:port)", for messages.
[[nodiscard]] QString placeOf(const Host &host);
/// What libssh or the server said last: on one line and not long, to be shown as plain text.
[[nodiscard]] QString sessionError(ssh_session session);

} // namespace slipway
