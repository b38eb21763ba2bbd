// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace slipway {

// What the window takes, so that a keystroke stays within a frame; several times what was ever published. A
// longer entry is shown in part and edited with slipwayctl. Texts in UTF-16 units.
inline constexpr int kMostText = 10'000;
inline constexpr int kMostBugTitle = 500;
inline constexpr int kMostBugText = 2'000;
inline constexpr int kMostBugs = 24;
inline constexpr int kMostLinks = 24;                  ///< of one bug
inline constexpr qsizetype kMostEntry = 1024LL * 1024; ///< bytes of a whole entry

} // namespace slipway
