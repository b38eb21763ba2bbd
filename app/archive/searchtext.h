// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// A text as the search's table keeps it: with its letters without accents behind it, where it has any, since
/// the index of three letters each knows no accents.
[[nodiscard]] QString searchText(const QString &text);
/// The text that searchText() was made of.
[[nodiscard]] QString shownText(const QString &kept);

} // namespace slipway
