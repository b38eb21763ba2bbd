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

/// A value at which an instrument cut its measurements, and how many of them it cut there.
struct FoundCeiling {
    qint64 value = 0;
    qint64 times = 0;
};

/// Finds the ceiling of an instrument: no measurement is higher, and those that should have been higher have
/// just this value, but for one in ten. They are at least half of all, or of different expectations. A count
/// that equals what was expected is not cut, however round. Fed one by one.
class CeilingFinder {
public:
    void add(const Measured &measured);
    /// Nothing where fewer than two were cut; no page is smaller than 10.
    [[nodiscard]] std::optional<FoundCeiling> ceiling(Ceiling kind) const;

private:
    qint64 m_count = 0;
    qint64 m_cut = 0; ///< below what was expected
    qint64 m_highest = 0;
    qint64 m_cutThere = 0;      ///< of those that were cut, at m_highest
    qint64 m_expectedThere = 0; ///< of the first of these
    bool m_expectedVaries = false;
};

[[nodiscard]] std::optional<FoundCeiling> ceilingOf(const QList<Measured> &measured, Ceiling kind);

} // namespace slipway
