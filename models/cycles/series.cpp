// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/series.h"

#include <algorithm>
#include <numeric>

namespace slipway {

namespace {

qint32 cell(const std::optional<qint64> &value) {
    if (!value || *value < 0)
        return Column::kMissing;
    return static_cast<qint32>(std::min<qint64>(*value, std::numeric_limits<qint32>::max()));
}

qint32 share(const std::optional<qint64> &part, const std::optional<qint64> &whole) {
    if (!part || !whole || *whole < 1 || *part < 0 || *part > *whole) // more than all is not a measurement
        return Column::kMissing;
    return static_cast<qint32>(*part * kWhole / *whole);
}

// A row more than was acknowledged is one that was stored without an answer; it makes no share above the
// whole.
std::optional<qint64> rowsOf(const Cycle &cycle) {
    if (cycle.converged || !cycle.rows[1] || !cycle.rows[2] || !cycle.ok)
        return std::nullopt;
    return std::min({*cycle.rows[1], *cycle.rows[2], *cycle.ok});
}

} // namespace

void CycleSeries::append(const Cycle &cycle) {
    m_sorted = m_sorted && (m_numbers.empty() || m_numbers.back() <= cycle.number);
    m_numbers.push_back(cycle.number);
    for (const auto &[measure, value] :
         {std::pair{Measure::Acked, cell(cycle.ok)},
          std::pair{Measure::QuorumNotMet, cell(cycle.quorumNotMet)},
          std::pair{Measure::Failed, cell(cycle.fail)},
          std::pair{Measure::DurableShare, share(cycle.durable, cycle.ok)},
          std::pair{Measure::ConvergedShare, share(cycle.converged, cycle.ok)},
          std::pair{Measure::StruckShare,
                    cycle.struck() ? share(cycle.converged, cycle.ok) : Column::kMissing},
          std::pair{Measure::RowShare, share(rowsOf(cycle), cycle.ok)},
          std::pair{Measure::LatencyP50, cell(cycle.latencyUs[0])},
          std::pair{Measure::LatencyP95, cell(cycle.latencyUs[1])},
          std::pair{Measure::LatencyP99, cell(cycle.latencyUs[2])}})
        m_columns.at(static_cast<size_t>(measure)).append(value);
    if (outcome(size() - 1) == CycleOutcome::Unknown) {
        m_allMeasured = false;
        return;
    }
    m_acked += *cycle.ok;
    m_converged += *cycle.converged;
}

void CycleSeries::sort() {
    std::vector<size_t> order(m_numbers.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(),
                     [this](size_t a, size_t b) { return m_numbers[a] < m_numbers[b]; });
    for (Column &column : m_columns) {
        Column sorted;
        for (const size_t at : order)
            sorted.append(column.at(static_cast<qsizetype>(at)));
        column = std::move(sorted);
    }
    std::sort(m_numbers.begin(), m_numbers.end());
    m_sorted = true;
}

qsizetype CycleSeries::indexFrom(double number) const {
    return std::lower_bound(m_numbers.begin(), m_numbers.end(), number,
                            [](qint32 a, double b) { return a < b; }) -
           m_numbers.begin();
}

std::optional<qint64> CycleSeries::value(Measure measure, qsizetype index) const {
    const qint32 value = column(measure).at(index);
    return value < 0 ? std::nullopt : std::optional<qint64>(value);
}

std::optional<qint64> CycleSeries::writesOf(Measure share, qsizetype index) const {
    const auto acked = value(Measure::Acked, index);
    const auto part = value(share, index);
    if (!acked || !part)
        return std::nullopt;
    return (*part * *acked + kWhole - 1) / kWhole; // the share was cut off below
}

CycleOutcome CycleSeries::outcome(qsizetype index) const {
    const auto converged = value(Measure::ConvergedShare, index);
    return !converged             ? CycleOutcome::Unknown
           : *converged == kWhole ? CycleOutcome::Kept
                                  : CycleOutcome::Lost;
}

void CycleData::setPlan(const QStringList &faults, int cycles) {
    for (const QString &fault : faults)
        (void)classOf(fault);
    m_planned = cycles;
}

CycleSeries *CycleData::classOf(const QString &fault) {
    const auto known = std::find_if(m_classes.begin(), m_classes.end(),
                                    [&](const CycleSeries &one) { return one.fault() == fault; });
    if (known != m_classes.end())
        return &*known;
    if (static_cast<qsizetype>(m_classes.size()) >= kMaxClasses)
        return nullptr;
    return &m_classes.emplace_back(fault);
}

void CycleData::append(const QList<Cycle> &cycles) {
    CycleSeries *into = nullptr;
    for (const Cycle &cycle : cycles) {
        if (cycle.number < 1)
            continue;
        if (!into || into->fault() != cycle.fault)
            into = classOf(cycle.fault);
        if (!into) {
            ++m_leftOut;
            continue;
        }
        into->append(cycle);
        m_last = std::max(m_last, cycle.number);
    }
    for (CycleSeries &one : m_classes) {
        if (!one.isSorted())
            one.sort();
    }
}

bool CycleData::has(Measure measure) const {
    return std::any_of(m_classes.begin(), m_classes.end(), [measure](const CycleSeries &one) {
        return one.column(measure).extent(0, one.size()).hasValue();
    });
}

} // namespace slipway
