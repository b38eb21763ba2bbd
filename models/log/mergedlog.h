// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <memory>
#include <mutex>
#include <vector>

namespace slipway {

/// Several logs as one, by the times their lines begin with; a line without one stays with the line before
/// it. Holds two bytes a row and, every 1,024 rows, where each log stands. A log that rests holds nothing up;
/// what it brings after lines of a later time were merged stands where it arrived. One thread extends; any
/// thread reads.
class MergedLog final : public LogSource {
public:
    struct Part {
        std::shared_ptr<const LogSource> log;
        qint64 begin = 0; ///< microseconds since 1970 UTC, for lines before the first that has a time
    };
    explicit MergedLog(std::vector<Part> parts);

    /// Takes in some thousand more lines; false when there are none. The last line of a log waits until the
    /// log has not grown between two calls: it may be half a line. Lines of other logs that are later than
    /// the last known time of that one wait with it, unless it has had no times for 1,024 lines.
    bool extend();

    [[nodiscard]] qint64 lineCount() const override;
    [[nodiscard]] qint64 byteCount() const override;
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override;
    [[nodiscard]] qint64 generation() const override;
    [[nodiscard]] qint64 rowOf(int stream, qint64 line) const override;
    [[nodiscard]] qint64 partsBytes() const; ///< changes when there may be something to extend

private:
    struct Head {
        qint64 next = 0; ///< line
        qint64 time = 0;
        qint64 bytes = -1;    ///< of the log, at the last call
        qint64 end = 0;       ///< lines that may be taken in this call
        bool rests = false;   ///< it has not grown since the last call
        bool isTimed = false; ///< the next line has a time of its own
        int untimed = 0;      ///< lines since the last that had a time
        QList<LogLine> ahead;
        qsizetype taken = 0; ///< of ahead
    };
    [[nodiscard]] qint64 partsGeneration() const;
    bool refill(size_t part);

    std::vector<Part> m_parts;
    std::vector<Head> m_heads; ///< of the thread that extends
    qint64 m_partsGeneration = 0;

    mutable std::mutex m_mutex;     ///< guards what follows
    std::vector<quint16> m_streams; ///< of each row
    std::vector<qint64> m_marks;    ///< the next line of every part, at every 1,024th row
    std::vector<qint64> m_next;     ///< the same at the end
    qint64 m_generation = 0;
};

} // namespace slipway
