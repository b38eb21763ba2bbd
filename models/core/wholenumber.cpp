// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/wholenumber.h"

#include <algorithm>
#include <cmath>

namespace slipway {

std::optional<qint64> wholeNumber(const QJsonValue &value) {
    const double number = value.toDouble(std::nan(""));
    if (!(std::abs(number) <= static_cast<double>(kMaxExact)) || number != std::floor(number))
        return std::nullopt;
    return static_cast<qint64>(number);
}

std::optional<qint64> countOf(QStringView text) {
    constexpr qsizetype kMaxDigits = 16; // as many as kMaxExact has
    const QStringView digits = text.trimmed();
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    if (digits.isEmpty() || digits.size() > kMaxDigits || !std::all_of(digits.begin(), digits.end(), isDigit))
        return std::nullopt;
    const qint64 number = digits.toLongLong();
    return number <= kMaxExact ? std::optional(number) : std::nullopt;
}

std::optional<qint64> countOf(const QJsonValue &value) {
    if (value.isString())
        return countOf(QStringView(value.toString()));
    const auto number = wholeNumber(value);
    return number && *number >= 0 ? number : std::nullopt;
}

} // namespace slipway
