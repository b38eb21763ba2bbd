// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plotrange.h"

#include <algorithm>

namespace slipway {

bool PlotRange::isZoomed() const {
    return m_to - m_from < (m_wholeTo - m_wholeFrom) * (1 - 1e-9);
}

void PlotRange::setWhole(double from, double to, double min) {
    const bool zoomed = isZoomed();
    m_wholeFrom = from;
    m_wholeTo = std::max(to, from + min);
    m_min = min;
    if (zoomed)
        setView(m_from, m_to);
    else
        showAll();
}

void PlotRange::setView(double from, double to) {
    const double span = std::clamp(to - from, m_min, m_wholeTo - m_wholeFrom);
    m_from = std::clamp(from, m_wholeFrom, m_wholeTo - span);
    m_to = m_from + span;
}

void PlotRange::zoom(double factor, double around) {
    setView(around - (around - m_from) * factor, around + (m_to - around) * factor);
}

void PlotRange::pan(double by) {
    setView(m_from + by, m_to + by);
}

void PlotRange::showAll() {
    setView(m_wholeFrom, m_wholeTo);
}

void PlotRange::bringIn(double value) {
    if (isZoomed() && !contains(value))
        pan(value - middle());
}

} // namespace slipway
