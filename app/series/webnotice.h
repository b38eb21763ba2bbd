// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/noticebook.h"

#include <stop_token>

namespace slipway {

/// Sends a message to a webhook as JSON by POST; done when it answers with 200 to 299. Follows no redirect,
/// waits ten seconds at most, less when it is stopped, and reads nothing of the answer but its status. Blocks
/// in an event loop: not for the thread of a window.
Result<void> postNotice(const QString &url, const QString &series, const SeriesMessage &notice,
                        const std::stop_token &stop = {});
/// The same with a GET and no body: tells a dead man's switch that a slot came to its end.
Result<void> pingUrl(const QString &url);

} // namespace slipway
