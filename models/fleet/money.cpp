// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/money.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace slipway {

namespace {

constexpr qint64 kCent = 10'000;
constexpr qint64 kMinSeconds = 60;
constexpr double kMaxDollars = 1e9;

} // namespace

Money Money::ofDollars(double dollars) {
    if (!std::isfinite(dollars))
        return {};
    return {std::llround(std::clamp(dollars, -kMaxDollars, kMaxDollars) * 1e6)};
}

QString Money::text() const {
    const bool small = micros != 0 && std::llabs(micros) < 10 * kCent && micros % kCent != 0;
    return (micros < 0 ? QStringLiteral("-$") : QStringLiteral("$")) +
           QString::number(std::abs(dollars()), 'f', small ? 4 : 2);
}

Money serverCost(Money perHour, qint64 seconds) {
    const qint64 billed = std::max(seconds, kMinSeconds);
    const double micros = static_cast<double>(perHour.micros) * static_cast<double>(billed) / 3600;
    return {std::max(kCent, static_cast<qint64>(std::llround(micros)))};
}

} // namespace slipway
