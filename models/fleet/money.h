// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// An amount in millionths of a US dollar. Prices of the API are floats (0.00743999984115362) and amounts are
/// strings: neither is compared or summed as it comes.
struct Money {
    qint64 micros = 0;

    [[nodiscard]] static Money ofDollars(double dollars);
    [[nodiscard]] double dollars() const { return static_cast<double>(micros) / 1e6; }
    [[nodiscard]] QString text() const; ///< "$0.04", with four decimals below ten cents: "$0.0357"

    Money &operator+=(Money other) {
        micros += other.micros;
        return *this;
    }
    friend Money operator+(Money a, Money b) { return {a.micros + b.micros}; }
    friend bool operator==(const Money &, const Money &) = default;
};

/// What a droplet costs that lived for `seconds`: billed per second, 60 seconds or one cent at least, also
/// while it is powered off (pricing page of DigitalOcean, 2026-05).
[[nodiscard]] Money serverCost(Money perHour, qint64 seconds);

} // namespace slipway
