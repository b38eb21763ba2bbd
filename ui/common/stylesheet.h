// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

struct Theme;

/// The style sheet of the window in the colours of a theme: resources/widgets/window.qss, and a rule for each
/// Tone.
[[nodiscard]] QString styleSheet(const Theme &theme);

} // namespace slipway
