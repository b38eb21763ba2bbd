// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/keyring.h"
#include "app/ssh/sshconfig.h"

namespace slipway {

/// What a login may use and how long it may take.
struct LoginMeans {
    KeyRing &keys;
    KeyRing::Ask passphrase;
    std::function<bool()> givenUp;
    int timeoutMs; ///< for each answer of the server and of the agent
};

/// Logs in on a session whose host key is trusted: one identity after the other, in ssh's order. A passphrase
/// is asked for only once the server takes the key. Blocks; leaves the session non-blocking. AuthRefused says
/// in the server's words what it wants; Unreachable when the connection broke meanwhile.
Result<void> authenticate(ssh_session session, const SshTarget &target, const LoginMeans &means);

/// "name (address:port)", for messages.
[[nodiscard]] QString placeOf(const Host &host);
/// What libssh or the server said last: on one line and not long, to be shown as plain text.
[[nodiscard]] QString sessionError(ssh_session session);

} // namespace slipway
