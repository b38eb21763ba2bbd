// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace slipway::test {

/// Settings of the test's own, in `dir`; a person's are neither read nor written.
void useSettings(const QString &dir, const QString &test);
/// Shows a window in its usual size; true once it has the keyboard.
[[nodiscard]] bool showActive(QWidget &window);

} // namespace slipway::test
