// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace slipway {

namespace {

constexpr double kFieldsDelivery = 0.95;

} // namespace

double lowerBound(qint64 successes, qint64 trials, double confidence) {
    if (trials <= 0 || successes <= 0 || successes > trials)
        return 0;
    return boost::math::ibeta_inv(static_cast<double>(successes), static_cast<double>(trials - successes + 1),
                                  1 - confidence);
}

qint64 trialsNeeded(double claim, double confidence) {
    if (!(claim > 0)) // nor is what is not a number
        return 0;
    if (claim >= 1)
        return std::numeric_limits<qint64>::max();
    return static_cast<qint64>(std::ceil(std::log(1 - confidence) / std::log(claim)));
}

double deliveryShare(double deliveryMin) {
    return deliveryMin < kFieldsDelivery ? std::max(deliveryMin, 0.01) : kFieldsDelivery;
}

QString shareText(double share) {
    return QString::number(share, 'g', 12);
}

} // namespace slipway
