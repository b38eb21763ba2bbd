// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/provider.h"

namespace slipway {

[[nodiscard]] QUrl defaultApi(); ///< https://api.digitalocean.com

/// DIGITALOCEAN_API_URL, else what the data directory remembers, else defaultApi(). The error names which of
/// them is wrong. Blocks for a small file.
Result<CloudAddress> apiBase(const Paths &paths);
/// Remembers the address for every later call, of this process and of others; empty: defaultApi() again.
Result<void> rememberApiBase(const Paths &paths, const QString &text);

/// Refuses what a token must not be sent to: anything but https, unless the host is this machine.
Result<QUrl> parseApiBase(const QString &text);
[[nodiscard]] bool isLoopback(const QUrl &url);

} // namespace slipway
