// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// "3.40.1": of the library that runs, not of its headers.
[[nodiscard]] QString sqliteLibraryVersion();

} // namespace slipway
