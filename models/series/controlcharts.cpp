// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/controlcharts.h"

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr double kRangeToSigma = 1.128;       // d2 of two values
constexpr double kMedianRangeToSigma = 0.954; // d4 of two values
constexpr double kLambda = 0.2;
constexpr double kWidth = 3;
constexpr double kReference = 0.5;
constexpr double kDecision = 5;
constexpr qsizetype kJumpBaseline = 20;
constexpr qsizetype kJumpFirst = 5;

double medianOf(QList<double> values) {
    const auto middle = values.begin() + values.size() / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

BernoulliCusum::BernoulliCusum(double good, double bad, double limit)
    : m_ifBad(std::log(bad / good)), m_ifGood(std::log((1 - bad) / (1 - good))), m_limit(limit) {}

bool BernoulliCusum::add(bool isBad) {
    m_sum = std::max(0.0, m_sum + (isBad ? m_ifBad : m_ifGood));
    return m_sum > m_limit;
}

bool RollingCount::add(bool isBad) {
    m_last.push_back(isBad);
    m_bad += isBad ? 1 : 0;
    if (m_last.size() > m_window) {
        m_bad -= m_last.front() ? 1 : 0;
        m_last.pop_front();
    }
    return m_bad >= m_needed;
}

std::optional<Baseline> baselineOf(const QList<double> &values, double resolution) {
    if (values.size() < 2)
        return std::nullopt;
    double sum = values.constFirst();
    double ranges = 0;
    for (qsizetype i = 1; i < values.size(); ++i) {
        sum += values.at(i);
        ranges += std::abs(values.at(i) - values.at(i - 1));
    }
    const double sigma = ranges / static_cast<double>(values.size() - 1) / kRangeToSigma;
    return Baseline{sum / static_cast<double>(values.size()), std::max(sigma, resolution / std::sqrt(12.0))};
}

bool isOutside(const Baseline &baseline, double value) {
    return std::abs(value - baseline.centre) > kWidth * baseline.sigma;
}

double Ewma::halfWidth() const {
    return kWidth * m_baseline.sigma * std::sqrt(kLambda / (2 - kLambda));
}

bool Ewma::add(double value) {
    m_mean = kLambda * value + (1 - kLambda) * m_mean;
    return std::abs(m_mean - m_baseline.centre) > halfWidth();
}

bool TabularCusum::add(double value) {
    const double z = (value - m_baseline.centre) / m_baseline.sigma;
    m_above = std::max(0.0, m_above + z - kReference);
    m_below = std::max(0.0, m_below - z - kReference);
    return m_above > kDecision || m_below > kDecision;
}

std::optional<double> JumpChart::limit() const {
    if (m_first.size() < kJumpFirst)
        return std::nullopt;
    QList<double> ranges;
    for (qsizetype i = 1; i < m_first.size(); ++i)
        ranges << std::abs(m_first.at(i) - m_first.at(i - 1));
    const double median = medianOf(m_first);
    return median + std::max(std::abs(median) / 4, 5 * medianOf(ranges) / kMedianRangeToSigma);
}

bool JumpChart::add(double value) {
    const auto most = limit();
    if (m_first.size() < kJumpBaseline)
        m_first << value;
    return most && value > *most;
}

} // namespace slipway
