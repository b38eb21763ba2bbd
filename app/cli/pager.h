// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace slipway::cli {

/// The program that long output goes through: $SLIPWAY_PAGER, else $PAGER, else "less -FRX" where there is
/// less. Empty where there shall be none: a variable that is set to nothing or to "cat".
[[nodiscard]] QByteArray pagerCommand();

/// Runs it as git does, by a shell, with the terminal, and waits until the person has left it. False when it
/// could not be started; what was to be read was shown to nobody then.
[[nodiscard]] bool showInPager(const QByteArray &command, const QByteArray &text);

} // namespace slipway::cli
