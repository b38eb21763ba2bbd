// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/cycles/column.h"
#include "models/cycles/cycletablemodel.h"

#include <QStringList>

#include <array>
#include <vector>

namespace slipway {

/// What charts show of a cycle. Counts are writes, shares are of the acknowledged ones in 1/kWhole,
/// latencies microseconds.
enum class Measure {
    Acked,
    QuorumNotMet,
    Failed,
    DurableShare,
    ConvergedShare,
    StruckShare, ///< ConvergedShare of the cycles that tested something: those that the bound counts
    RowShare,    ///< by counts alone: rows on the survivor that has fewer, of cycles not compared by identity
    LatencyP50,
    LatencyP95,
    LatencyP99,
    Count
};

/// All of the acknowledged writes. Shares are cut off below, never rounded: one write lost is not the whole.
inline constexpr qint32 kWhole = 1'000'000'000;

/// The cycles of one fault class in columns, some 50 bytes each, in the order of their numbers.
class CycleSeries {
public:
    explicit CycleSeries(QString fault) : m_fault(std::move(fault)) {}

    [[nodiscard]] const QString &fault() const { return m_fault; }
    [[nodiscard]] qsizetype size() const { return static_cast<qsizetype>(m_numbers.size()); }
    [[nodiscard]] int number(qsizetype index) const { return m_numbers[static_cast<size_t>(index)]; }
    /// The first cycle whose number is at least this; size() when there is none.
    [[nodiscard]] qsizetype indexFrom(double number) const;
    [[nodiscard]] const Column &column(Measure measure) const {
        return m_columns.at(static_cast<size_t>(measure));
    }
    [[nodiscard]] std::optional<qint64> value(Measure measure, qsizetype index) const;
    /// The writes behind a share; exact up to 10⁹ acknowledged writes.
    [[nodiscard]] std::optional<qint64> writesOf(Measure share, qsizetype index) const;
    [[nodiscard]] CycleOutcome outcome(qsizetype index) const;

    [[nodiscard]] qint64 acked() const { return m_acked; } ///< of the cycles that were measured
    [[nodiscard]] qint64 converged() const { return m_converged; }
    [[nodiscard]] bool allMeasured() const { return m_allMeasured; }

private:
    friend class CycleData;
    void append(const Cycle &cycle);
    [[nodiscard]] bool isSorted() const { return m_sorted; }
    void sort();

    QString m_fault;
    std::vector<qint32> m_numbers;
    std::array<Column, static_cast<size_t>(Measure::Count)> m_columns;
    qint64 m_acked = 0;
    qint64 m_converged = 0;
    bool m_allMeasured = true;
    bool m_sorted = true;
};

/// The cycles of a campaign by fault class, as strip and charts draw them. Grows; not thread-safe.
class CycleData {
public:
    static constexpr qsizetype kMaxClasses = 64; ///< cycles of further ones are counted, not kept

    void clear() { *this = {}; }
    /// Classes that were planned are there, and come first, also without a cycle.
    void setPlan(const QStringList &faults, int cycles);
    void append(const QList<Cycle> &cycles);

    [[nodiscard]] const std::vector<CycleSeries> &classes() const { return m_classes; }
    [[nodiscard]] int planned() const { return m_planned; } ///< cycles of each class
    [[nodiscard]] int last() const { return m_last; }       ///< the greatest number; 0: no cycle
    [[nodiscard]] qint64 leftOut() const { return m_leftOut; }
    [[nodiscard]] bool has(Measure measure) const; ///< whether any cycle has it

private:
    [[nodiscard]] CycleSeries *classOf(const QString &fault);

    std::vector<CycleSeries> m_classes;
    int m_planned = 0;
    int m_last = 0;
    qint64 m_leftOut = 0;
};

} // namespace slipway
