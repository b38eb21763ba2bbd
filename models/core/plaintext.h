// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Text from outside as one line that can neither drive a terminal nor turn a line around: control characters
/// and those that format (of direction too) are blanks.
[[nodiscard]] QString plainText(const QString &text);

/// The same characters, where a line of JSON has them, as \uXXXX: another spelling of the same value.
[[nodiscard]] QString escapedForJson(const QString &line);

} // namespace slipway
