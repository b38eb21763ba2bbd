// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// "0.10.6/openssl/zlib": of the library that runs, not of its headers.
[[nodiscard]] QString sshLibraryVersion();

} // namespace slipway
