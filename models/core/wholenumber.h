// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringView>

#include <optional>

namespace slipway {

/// The largest whole number that JSON represents exactly: 2^53 - 1. 2^53 itself is refused, for 2^53 + 1
/// reads as the same number.
inline constexpr qint64 kMaxExact = (qint64(1) << 53) - 1;

/// The whole number that a JSON value is. Nothing for any other value: 3.5 is not a whole number, "3" is a
/// text, and what is beyond ±kMaxExact may have been another number. The one reader of whole numbers from
/// outside.
[[nodiscard]] std::optional<qint64> wholeNumber(const QJsonValue &value);

/// A count: a whole number from 0 up, or a text of decimal digits that is one, as scripts of the field write
/// them; blanks around it do not matter.
[[nodiscard]] std::optional<qint64> countOf(const QJsonValue &value);
[[nodiscard]] std::optional<qint64> countOf(QStringView text);

} // namespace slipway
