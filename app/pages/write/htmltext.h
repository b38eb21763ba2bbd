// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Text from outside as a page may show it: control characters and those that turn the direction of writing
/// or cannot be seen stand there as their names ("[U+202E]"), line ends and tabs as themselves. Escaping is
/// not done here.
[[nodiscard]] QString visibleText(const QString &text);

/// The address of a link when it is http or https with a host, otherwise nothing: then it is only shown.
[[nodiscard]] QString safeUrl(const QString &url);

} // namespace slipway
