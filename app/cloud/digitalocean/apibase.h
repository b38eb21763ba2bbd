// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <QUrl>

namespace slipway {

/// Where the API is, and what says so. A plain value.
struct ApiBase {
    enum class From { Usual, Setting, Environment };

    QUrl url;
    From from = From::Usual;
};

[[nodiscard]] QUrl defaultApi(); ///< https://api.digitalocean.com

/// DIGITALOCEAN_API_URL, else what the data directory remembers, else defaultApi(). The error names which of
/// them is wrong. Blocks for a small file.
Result<ApiBase> apiBase(const Paths &paths);
/// Remembers the address for every later call, of this process and of others; empty: defaultApi() again.
Result<void> rememberApiBase(const Paths &paths, const QString &text);

/// Refuses what a token must not be sent to: anything but https, unless the host is this machine.
Result<QUrl> parseApiBase(const QString &text);
[[nodiscard]] bool isLoopback(const QUrl &url);
[[nodiscard]] QString apiText(const QUrl &base); ///< for a person, in ASCII
[[nodiscard]] QString
apiSourceText(const ApiBase &base); ///< "DIGITALOCEAN_API_URL", "remembered", "the usual one"

} // namespace slipway
