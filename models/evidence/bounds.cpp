// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"

#include <boost/math/special_functions/beta.hpp>

#include <cmath>

namespace slipway {

double lowerBound(qint64 successes, qint64 trials, double confidence) {
    if (trials <= 0 || successes <= 0 || successes > trials)
        return 0;
    return boost::math::ibeta_inv(static_cast<double>(successes), static_cast<double>(trials - successes + 1),
                                  1 - confidence);
}

qint64 trialsNeeded(double claim, double confidence) {
    if (claim <= 0)
        return 0;
    return static_cast<qint64>(std::ceil(std::log(1 - confidence) / std::log(claim)));
}

std::optional<qint64> moreTrialsNeeded(qint64 successes, qint64 trials, double claim, double confidence) {
    constexpr qint64 kMost = 1'000'000'000'000;
    const auto supported = [&](qint64 more) {
        return lowerBound(successes + more, trials + more, confidence) >= claim;
    };
    if (supported(0))
        return 0;
    qint64 high = 1;
    while (!supported(high)) {
        if (high >= kMost)
            return std::nullopt;
        high *= 2;
    }
    qint64 low = high / 2;
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        (supported(middle) ? high : low) = middle;
    }
    return high;
}

} // namespace slipway
