// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bounds.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
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

double deliveryShare(double deliveryMin) {
    return std::clamp(deliveryMin, 0.01, 0.95);
}

QString shareText(double share) {
    return QString::number(share, 'g', 12);
}

} // namespace slipway
