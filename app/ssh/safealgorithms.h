// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"

namespace slipway {

/// Of what ssh_config allows, what is not weak, in the order in which it is offered: SHA-1 signatures and key
/// exchanges, MD5 and short RSA keys are left out. Algorithms of host certificates stay. A list may become
/// empty.
[[nodiscard]] SshAlgorithms safeAlgorithms(const SshAlgorithms &allowed);

} // namespace slipway
