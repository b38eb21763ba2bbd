// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace slipway {

// What the window takes, so that a keystroke stays within a frame; several times what was ever published. A
// longer entry is shown in part and edited with slipwayctl. Texts in UTF-16 units.
inline constexpr int kMaxText = 10'000;
inline constexpr int kMaxBugTitle = 500;
inline constexpr int kMaxBugText = 2'000;
inline constexpr int kMaxBugs = 24;
inline constexpr int kMaxLinks = 24;                  ///< of one bug
inline constexpr qsizetype kMaxEntry = 1024LL * 1024; ///< bytes of a whole entry

} // namespace slipway
