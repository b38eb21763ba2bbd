// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <deque>
#include <optional>

namespace slipway {

// Charts for one value after another. Source: D. C. Montgomery, Introduction to Statistical Quality Control,
// 7th edition, chapters 6 (individuals), 9 (CUSUM, EWMA); for the Bernoulli CUSUM Reynolds and Stoumbos,
// J. Quality Technology 31, 1999. Each add() answers whether the statistic is beyond its limit now; none is
// reset by an alarm, so that it tells how long the trouble lasts. Plain values.

/// For a yes or no of each run: the log likelihood ratio of the share `bad` against `good`, never below 0.
/// Assumes that runs are independent of each other.
class BernoulliCusum {
public:
    BernoulliCusum(double good, double bad, double limit);
    [[nodiscard]] bool add(bool isBad);
    [[nodiscard]] double sum() const { return m_sum; }

private:
    double m_ifBad;
    double m_ifGood;
    double m_limit;
    double m_sum = 0;
};

/// `needed` or more of the last `window`.
class RollingCount {
public:
    RollingCount(int needed, int window) : m_needed(needed), m_window(static_cast<size_t>(window)) {}
    [[nodiscard]] bool add(bool isBad);

private:
    int m_needed;
    size_t m_window;
    std::deque<bool> m_last;
    int m_bad = 0;
};

/// Where values of a process in control lie.
struct Baseline {
    double centre = 0;
    double sigma = 0; ///< above 0
};

/// Of measurements: the mean, and the mean moving range by 1.128 (d2 of two). Assumes that they are nearly
/// normal and not correlated. `resolution`: what they are rounded to, below which no sigma is believed.
/// Nothing of fewer than two.
[[nodiscard]] std::optional<Baseline> baselineOf(const QList<double> &values, double resolution);

/// One value beyond 3 sigma.
[[nodiscard]] bool isOutside(const Baseline &baseline, double value);

/// Exponentially weighted mean, λ 0.2, limits of 3 of its final sigmas.
class Ewma {
public:
    explicit Ewma(const Baseline &baseline) : m_baseline(baseline), m_mean(baseline.centre) {}
    [[nodiscard]] bool add(double value);
    [[nodiscard]] double mean() const { return m_mean; }
    [[nodiscard]] double halfWidth() const; ///< of the limits around the centre

private:
    Baseline m_baseline;
    double m_mean;
};

/// Two-sided tabular CUSUM, k 0.5, h 5 sigmas.
class TabularCusum {
public:
    explicit TabularCusum(const Baseline &baseline) : m_baseline(baseline) {}
    [[nodiscard]] bool add(double value);
    [[nodiscard]] double above() const { return m_above; } ///< in sigmas
    [[nodiscard]] double below() const { return m_below; }

private:
    Baseline m_baseline;
    double m_above = 0;
    double m_below = 0;
};

/// For prices, which stand still and then jump: the median of up to the first 20 values, and how far one may
/// lie above it, a quarter of it or five sigmas (median moving range by 0.954), whichever is more. A jump
/// that comes within these 20 does not move the median as it would the mean. Five values at least come before
/// the first that is judged.
class JumpChart {
public:
    [[nodiscard]] bool add(double value);
    [[nodiscard]] std::optional<double> limit() const;

private:
    QList<double> m_first;
};

} // namespace slipway
