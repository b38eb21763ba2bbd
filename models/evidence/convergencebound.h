// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <map>
#include <optional>

namespace slipway {

/// What cycles prove about the mean share of acknowledged writes that converge per cycle: a lower and an
/// upper bound, each one-sided at 95 % and valid at every look, so that a campaign may be watched and ended
/// when a bound says enough. The unit is the cycle: writes of one cycle may be lost together in any way.
///
/// Source: betting on bounded means (Waudby-Smith and Ramdas, J. R. Stat. Soc. B 86, 2024) with a mixture of
/// constant bets (Robbins). Let x_i in [0, 1] be the share of cycle i. Against "the mean is at most m" a
/// gambler who stakes the fraction c of what can be staked holds
///
///     K_n(m) = sum over j of w_j * product over i of (1 - c_j + c_j * x_i / m)
///
/// after n cycles. The lower bound is the largest m with K_n(m) >= 20. Why it holds at every look: with
/// mu_i = E[x_i | the cycles before], each product over (1 - c + c * x_i / m) / (1 - c + c * mu_i / m) is a
/// non-negative martingale that begins at 1, and by the inequality of the means its denominators multiply to
/// at most 1 while the average of mu_1 … mu_n is at most m. So by Ville's inequality the chance that the
/// bound ever exceeds that average is at most 1/20. Nothing is assumed of how the rate drifts or how cycles
/// depend on those before. The bound is about the cycles so far, so it may fall again; no maximum is kept.
///
/// Bets and weights are tuned to runs without a loss: 0.995 needs 684 clean cycles, where a size that is
/// fixed beforehand needs 598; with one more that lost everything, 1243 (fixed: 947 in total).
/// The upper bound is the same of the shares that were lost, with small bets, for losses are rare.
///
/// A plain value; not thread-safe. Adding is O(log n), a bound some thousands of logarithms: shares are kept
/// by how often they came, cut to at most kShares of them towards the safe side of each bound.
class ConvergenceBound {
public:
    static constexpr int kSteps = 1'000'000; ///< published bounds are cut to 1/kSteps, see lower()

    /// A cycle whose fault struck: `held` of `acked` acknowledged writes converged. Requires
    /// 0 ≤ held ≤ acked and 1 ≤ acked ≤ 10^9; others are not taken: without an acknowledged write a cycle
    /// says nothing.
    void add(qint64 held, qint64 acked);
    void addClean(qint64 cycles) { m_clean += cycles; } ///< so many that lost nothing

    [[nodiscard]] qint64 cycles() const { return m_clean + m_lossy; }
    [[nodiscard]] qint64 clean() const { return m_clean; } ///< those that lost nothing

    /// Whether the lower bound is at least `claim`; never for a claim of 1.
    [[nodiscard]] bool supports(double claim) const;
    /// Whether the upper bound is below `claim`: it is out of reach, however long one goes on.
    [[nodiscard]] bool excludes(double claim) const;
    /// One of the two: more cycles would change nothing.
    [[nodiscard]] bool decides(double claim) const { return supports(claim) || excludes(claim); }

    /// Floored and, for upper(), raised to a multiple of 1/kSteps, so that the last digits of a machine's
    /// logarithm do not reach what is published and compared byte for byte.
    [[nodiscard]] double lower() const;
    [[nodiscard]] double upper() const;

    /// How many more cycles without a loss lift the lower bound to `claim`; 0 when it is there already,
    /// nothing when no number below 10^12 does.
    [[nodiscard]] std::optional<qint64> moreCleanCycles(double claim) const;

private:
    static constexpr size_t kShares = 1024;

    [[nodiscard]] double logLower(double mean, qint64 moreClean) const;
    [[nodiscard]] double logUpper(double mean) const;
    void coarsen();

    qint64 m_clean = 0;
    qint64 m_lossy = 0;
    qint64 m_grain = 1;                ///< shares are multiples of it, cut off below
    std::map<qint64, qint64> m_shares; ///< of the others, in 1/kUnit, with how many cycles had it
};

} // namespace slipway
