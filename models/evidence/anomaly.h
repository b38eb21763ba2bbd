// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include <optional>

namespace slipway {

/// The page size that `count` is, if it is one at which servers cut an answer: 20, 50, 100, 200, 1000.
[[nodiscard]] std::optional<qint64> pageSize(double count);

/// What was measured, and what it should have been.
struct Measured {
    qint64 value = 0;
    qint64 expected = 0;
};

/// Which values below what was expected are a ceiling's work.
enum class Ceiling {
    Page,     ///< a page's size
    Constant, ///< also any that stands still from 10 up, over five or more: losses vary, ceilings do not
};

/// The ceiling at which an instrument cut its measurements: every one has this value, and it is below what
/// was expected of it. A count that equals what was expected is not cut, however round. Fed one by one.
class CeilingFinder {
public:
    void add(const Measured &measured);
    /// Nothing for fewer than two measurements; no page is smaller than 10.
    [[nodiscard]] std::optional<qint64> ceiling(Ceiling kind) const;
    [[nodiscard]] qint64 count() const { return m_count; }

private:
    qint64 m_value = 0;
    qint64 m_count = 0;
    bool m_cut = true;
};

[[nodiscard]] std::optional<qint64> ceilingOf(const QList<Measured> &measured, Ceiling kind);

} // namespace slipway
