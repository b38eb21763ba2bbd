// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/loginprompt.h"

namespace slipway::cli {

/// Answers what hosts ask: an unknown host key is pinned only with `acceptNew`, and `showPinning` shows
/// so; a passphrase is read from the terminal, for a minute at most. What is refused is said on stderr,
/// with what to do.
[[nodiscard]] LoginHandler::Answer loginAnswer(bool acceptNew,
                                               std::function<void(const QString &)> showPinning);

} // namespace slipway::cli
