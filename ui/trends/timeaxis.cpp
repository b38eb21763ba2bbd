// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trends/timeaxis.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr double kNearest = 3600; // seconds that may fill the plot

} // namespace

void TimeAxis::setRange(double from, double to) {
    m_from = from;
    m_to = std::max(to, from + 1);
}

void TimeAxis::setPlot(double left, double right) {
    m_left = left;
    m_right = std::max(right, left + 1);
}

double TimeAxis::x(double seconds) const {
    return m_left + (seconds - m_from) / (m_to - m_from) * (m_right - m_left);
}

double TimeAxis::secondsAt(double x) const {
    return m_from + (x - m_left) / (m_right - m_left) * (m_to - m_from);
}

bool TimeAxis::shows(const QDateTime &at) const {
    const auto seconds = static_cast<double>(at.toSecsSinceEpoch());
    return at.isValid() && seconds >= m_from && seconds <= m_to;
}

void TimeAxis::zoom(double factor, double x, double least, double most) {
    const double at = secondsAt(x);
    const double span = std::clamp((m_to - m_from) * factor, std::min(kNearest, most - least), most - least);
    const double share = (at - m_from) / (m_to - m_from);
    const double from = std::clamp(at - span * share, least, most - span);
    setRange(from, from + span);
}

} // namespace slipway
