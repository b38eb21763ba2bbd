// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QWidget;

namespace slipway::test {

/// What a person could not read or reach in a window as it stands: text that is cut, widgets that lie over
/// each other or outside of what holds them, words in tables that are elided, content that has to be scrolled
/// sideways. One line for each.
[[nodiscard]] QStringList layoutFaults(const QWidget &window);

} // namespace slipway::test
