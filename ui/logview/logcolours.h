// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace slipway {

/// A terminal's colour (as TextStyle has it) in the theme in use.
[[nodiscard]] QColor terminalColour(int colour);
/// The same hue, lighter or darker until it has a contrast of 4.5 on `ground`.
[[nodiscard]] QColor readableOn(const QColor &colour, const QColor &ground);
/// Of the highlighter with this letter, from 0.
[[nodiscard]] QColor highlightColour(int index);

} // namespace slipway
