// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace slipway {

/// The one axis of time that slots and charts have in common: a range in seconds, and where it lies in
/// pixels. A plain value.
class TimeAxis {
public:
    void setRange(double from, double to);
    void setPlot(double left, double right);

    [[nodiscard]] double from() const { return m_from; }
    [[nodiscard]] double to() const { return m_to; }
    [[nodiscard]] double left() const { return m_left; }
    [[nodiscard]] double right() const { return m_right; }
    [[nodiscard]] double x(double seconds) const;
    [[nodiscard]] double x(const QDateTime &at) const {
        return x(static_cast<double>(at.toSecsSinceEpoch()));
    }
    [[nodiscard]] double secondsAt(double x) const;
    [[nodiscard]] bool shows(const QDateTime &at) const;
    /// Nearer or farther, with what is at `x` staying there.
    void zoom(double factor, double x, double least, double most);

private:
    double m_from = 0;
    double m_to = 1;
    double m_left = 0;
    double m_right = 1;
};

} // namespace slipway
