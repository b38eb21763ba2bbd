// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Text from outside as one line that can neither drive a terminal nor turn a line around: control characters
/// and those that format (of direction too) are blanks.
[[nodiscard]] QString plainText(const QString &text);

} // namespace slipway
