// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/lineset.h"
#include "models/log/logsource.h"

#include <memory>
#include <mutex>

namespace slipway {

/// Those rows of another log that someone found to match. One thread at a time adds, in order; any thread
/// reads. Rows of the other log are called base rows.
class FilteredLog final : public LogSource {
public:
    explicit FilteredLog(std::shared_ptr<const LogSource> base) : m_base(std::move(base)) {}

    void clear();
    /// Base rows `first` … `first + rows - 1` were looked at, of which `matches` match. What was said of
    /// `first` and the rows after it is forgotten: the last line of a live log grows.
    void add(qint64 first, qint64 rows, const std::vector<qint64> &matches);

    [[nodiscard]] qint64 looked() const;            ///< base rows
    [[nodiscard]] qint64 baseRow(qint64 row) const; ///< -1 where there is none
    /// The matching base row after, or before, a base row; -1 when none is known.
    [[nodiscard]] qint64 next(qint64 baseRow, bool forward) const;

    [[nodiscard]] qint64 lineCount() const override;
    [[nodiscard]] qint64 byteCount() const override { return m_base->byteCount(); }
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override;
    [[nodiscard]] qint64 generation() const override { return m_base->generation(); }
    [[nodiscard]] qint64 rowAt(qint64 offset) const override;
    [[nodiscard]] qint64 rowOf(int stream, qint64 line) const override;

private:
    [[nodiscard]] qint64 rowOfBase(qint64 baseRow) const;

    std::shared_ptr<const LogSource> m_base;
    mutable std::mutex m_mutex; ///< guards m_set
    LineSet m_set;
};

} // namespace slipway
