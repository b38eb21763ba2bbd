// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

// How values that are no column types stand in the tables.

inline constexpr QLatin1Char kListSeparator(',');

/// "1,2,3,4"
[[nodiscard]] QString numbersText(const QList<int> &numbers);
[[nodiscard]] QList<int> numbersFromText(const QString &text);
/// As a search compares it: without case, and without accents (U+0300 to U+036F).
[[nodiscard]] QString foldedText(const QString &text);
/// Lower-case hexadecimal digits.
[[nodiscard]] QString sha256Text(const QByteArray &bytes);

} // namespace slipway
