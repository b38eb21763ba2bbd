// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/foundsecret.h"
#include "models/redaction/textview.h"

namespace slipway {

/// Passwords before the @ of a URL, and tokens that stand there in the user's place.
void findUrlSecrets(const TextView &view, FoundSecrets &found);
/// user:password@tcp(host:port)/database, as drivers of Go write it.
void findConnectionSecrets(const TextView &view, FoundSecrets &found);
/// "Bearer x" and "Basic x" without the name of a header before them.
void findBareCredentials(const TextView &view, FoundSecrets &found);
/// Passwords that a program is given by a short option or on its input: sshpass -p x, mysql -px, curl -u u:x,
/// echo x | sudo -S, IDENTIFIED BY 'x'.
void findCommandSecrets(const TextView &view, FoundSecrets &found);
/// Addresses of private networks: RFC 1918, RFC 6598, link-local and unique local ones.
void findPrivateAddresses(const TextView &view, FoundSecrets &found);

} // namespace slipway
