// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// One-sided lower confidence bound on a proportion by Clopper and Pearson (Biometrika 26, 1934): the `p` at
/// which `successes` or more of `trials` still have probability 1 − confidence, the (1 − confidence) quantile
/// of Beta(k, n − k + 1). 0 when there are no trials or no successes. Requires 0 ≤ successes ≤ trials.
[[nodiscard]] double lowerBound(qint64 successes, qint64 trials, double confidence = 0.95);

/// How many trials with not one failure support `claim`: the least n with claim^n ≤ 1 − confidence. 598 for
/// 0.995; no number does for 1 (the largest one), and 0 for what is not above 0.
[[nodiscard]] qint64 trialsNeeded(double claim, double confidence = 0.95);

/// The share by which phase 2 is asked for enough writes: the field's, whatever stricter one must be
/// delivered, so that a handful is never enough and perfection is not an obstacle.
[[nodiscard]] double deliveryShare(double deliveryMin);

/// A share, per cent or number of writes to twelve digits: 0.9999999 is not shown as 1, nor a million as
/// 1e+06.
[[nodiscard]] QString shareText(double share);

} // namespace slipway
