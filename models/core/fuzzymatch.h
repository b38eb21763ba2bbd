// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace slipway {

/// How well a text fits words that a person types to find it, in any case and order; 0 is best, nothing when
/// a word does not fit. A word fits a part of the text (what is between characters that are neither letters
/// nor digits) that it is, begins, is within, or is with letters left out or one mistyped, in that order:
/// "r77" finds "soak-r77" before "soak-r770", "lauch" finds "Launch".
[[nodiscard]] std::optional<int> fuzzyScore(const QStringList &words, const QString &text);

} // namespace slipway
