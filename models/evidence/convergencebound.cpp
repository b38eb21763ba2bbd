// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/convergencebound.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace slipway {

namespace {

constexpr qint64 kUnit = 1'000'000'000;
const double kEnough = std::log(20.0); // 1 / 0.05

struct Bet {
    double fraction = 0;
    double weight = 0;
};

// Powers of two throughout, so that they are exact and add up to 1.
constexpr std::array<Bet, 6> kLowerBets{{{31.0 / 32, 3.0 / 8},
                                         {7.0 / 8, 3.0 / 8},
                                         {3.0 / 4, 1.0 / 8},
                                         {1.0 / 2, 1.0 / 16},
                                         {1.0 / 4, 1.0 / 32},
                                         {1.0 / 16, 1.0 / 32}}};

// The best bet is near how far the loss exceeds what the claim allows: anything from half down to 2^-16.
constexpr std::array<Bet, 16> kUpperBets = [] {
    std::array<Bet, 16> bets{};
    double fraction = 1;
    for (Bet &bet : bets)
        bet = {fraction /= 2, 1.0 / 16};
    return bets;
}();

// The logarithm of the sum of what the gamblers hold, each times its weight; `grown` is one's growth.
template <typename Bets, typename Grown>
double logCapital(const Bets &bets, const Grown &grown) {
    double max = -std::numeric_limits<double>::infinity();
    std::array<double, std::tuple_size_v<Bets>> logs{};
    for (size_t i = 0; i < bets.size(); ++i) {
        logs.at(i) = std::log(bets.at(i).weight) + grown(bets.at(i).fraction);
        max = std::max(max, logs.at(i));
    }
    if (!std::isfinite(max))
        return max;
    double sum = 0;
    for (const double log : logs)
        sum += std::exp(log - max);
    return max + std::log(sum);
}

} // namespace

void ConvergenceBound::add(qint64 held, qint64 acked) {
    if (acked < 1 || acked > kUnit || held < 0 || held > acked)
        return;
    if (held == acked) {
        ++m_clean;
        return;
    }
    ++m_lossy;
    const qint64 share = held * kUnit / acked; // cut off below; both are at most kUnit
    ++m_shares[share / m_grain * m_grain];
    while (m_shares.size() > kShares)
        coarsen();
}

void ConvergenceBound::coarsen() {
    m_grain *= 10;
    std::map<qint64, qint64> coarse;
    for (const auto &[share, count] : m_shares)
        coarse[share / m_grain * m_grain] += count;
    m_shares = std::move(coarse);
}

double ConvergenceBound::logLower(double mean, qint64 moreClean) const {
    return logCapital(kLowerBets, [&](double fraction) {
        double log = static_cast<double>(m_clean + moreClean) * std::log1p(fraction * (1 / mean - 1));
        for (const auto &[share, count] : m_shares) {
            const double x = static_cast<double>(share) / kUnit;
            log += static_cast<double>(count) * std::log1p(fraction * (x / mean - 1));
        }
        return log;
    });
}

double ConvergenceBound::logUpper(double mean) const {
    return logCapital(kUpperBets, [&](double fraction) {
        double log = static_cast<double>(m_clean) * std::log1p(-fraction);
        for (const auto &[share, count] : m_shares) {
            const double lost = 1 - static_cast<double>(std::min(share + m_grain, kUnit)) / kUnit;
            log += static_cast<double>(count) * std::log1p(fraction * (lost / (1 - mean) - 1));
        }
        return log;
    });
}

bool ConvergenceBound::supports(double claim) const {
    return claim <= 0 || (claim < 1 && logLower(claim, 0) >= kEnough);
}

bool ConvergenceBound::excludes(double claim) const {
    if (claim >= 1)
        return m_lossy > 0;
    return logUpper(claim) >= kEnough;
}

double ConvergenceBound::lower() const {
    int low = 0;
    int high = kSteps; // not supported
    while (high - low > 1) {
        const int middle = low + (high - low) / 2;
        (supports(static_cast<double>(middle) / kSteps) ? low : high) = middle;
    }
    return static_cast<double>(low) / kSteps;
}

double ConvergenceBound::upper() const {
    int low = 0; // not excluded
    int high = kSteps;
    while (high - low > 1) {
        const int middle = low + (high - low) / 2;
        (excludes(static_cast<double>(middle) / kSteps) ? high : low) = middle;
    }
    return static_cast<double>(high) / kSteps;
}

std::optional<qint64> ConvergenceBound::moreCleanCycles(double claim) const {
    constexpr qint64 kMax = 1'000'000'000'000;
    if (supports(claim))
        return 0;
    const auto enough = [&](qint64 more) { return logLower(claim, more) >= kEnough; };
    qint64 high = 1;
    while (!enough(high)) {
        if (high >= kMax)
            return std::nullopt;
        high *= 2;
    }
    qint64 low = high / 2; // not enough
    while (high - low > 1) {
        const qint64 middle = low + (high - low) / 2;
        (enough(middle) ? high : low) = middle;
    }
    return high;
}

} // namespace slipway
