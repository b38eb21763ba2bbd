// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace slipway {

/// Version and licence, in a box over the window.
void showAbout(QWidget &window);

} // namespace slipway
