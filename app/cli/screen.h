// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace slipway::cli {

/// What standard output is shown on. A plain value.
struct Screen {
    int columns = 0;         ///< 0: not a terminal, or its size is not known; nothing is cut
    int rows = 0;            ///< 0: likewise; nothing is paged
    bool isColoured = false; ///< verdicts may have colours
};

/// As the environment says for an output that is a terminal or not: NO_COLOR set to anything means no
/// colours, then CLICOLOR_FORCE other than 0 means colours in any case, else a terminal other than "dumb" has
/// them.
[[nodiscard]] bool mayColour(bool isTerminal);

/// The one of this process; nothing known until setScreen().
[[nodiscard]] const Screen &screen();
void setScreen(const Screen &screen);

} // namespace slipway::cli
