// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace slipway {

/// The part of an axis that is in view, of all that there is: zooming and panning never leave it. A value, in
/// units of the axis.
class PlotRange {
public:
    /// All there is, and how little of it can be in view. A part that was zoomed to stays.
    void setWhole(double from, double to, double min);
    void zoom(double factor, double around); ///< below 1: closer
    void pan(double by);
    void showAll();
    void bringIn(double value); ///< into the middle, when it is not in view

    [[nodiscard]] double from() const { return m_from; }
    [[nodiscard]] double to() const { return m_to; }
    [[nodiscard]] double wholeFrom() const { return m_wholeFrom; }
    [[nodiscard]] double wholeTo() const { return m_wholeTo; }
    [[nodiscard]] double min() const { return m_min; }
    [[nodiscard]] double middle() const { return (m_from + m_to) / 2; }
    [[nodiscard]] bool contains(double value) const { return value >= m_from && value <= m_to; }
    [[nodiscard]] bool isZoomed() const;

private:
    void setView(double from, double to);

    double m_wholeFrom = 0;
    double m_wholeTo = 1;
    double m_min = 1;
    double m_from = 0;
    double m_to = 1;
};

} // namespace slipway
