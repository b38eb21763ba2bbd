// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace slipway {

/// The completion of slipwayctl for "bash", "zsh" or "fish"; nothing for another shell. The script asks
/// `slipwayctl complete -- WORDS` at each key, so that it knows no command itself.
[[nodiscard]] std::optional<QString> completionScript(const QString &shell);

} // namespace slipway
