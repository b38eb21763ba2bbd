// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace slipway {

/// One line, or a piece of one that is longer than kLongestLine, and where it stands.
struct LogLine {
    QByteArray text;   ///< without its line end
    qint64 line = 0;   ///< from 0, in its stream; -1 while the index has not come so far
    qint64 offset = 0; ///< of its first byte in its stream
    int stream = 0;    ///< of a log merged from several
};

/// Whole lines in one piece, each but the last with its line end: what a search runs over.
struct LogBlock {
    qint64 first = 0;
    qint64 lines = 0;
    QByteArray bytes;
};

/// A longer line is cut into pieces of this many bytes, each a line of its own to whoever reads, so that
/// every byte can be seen and nothing grows with the length of a line.
inline constexpr qint64 kLongestLine = qint64(64) * 1024;

/// Lines of a byte-exact log, pulled by a view: a view asks for what it paints and holds no line itself. May
/// be called from any thread; a call must return within a frame, whatever the size of the log.
class LogSource {
public:
    virtual ~LogSource() = default;

    [[nodiscard]] virtual qint64 lineCount() const = 0;
    [[nodiscard]] virtual qint64 byteCount() const = 0;

    /// Up to `count` lines from `first` (from 0); fewer where the log ends.
    [[nodiscard]] virtual QList<LogLine> lines(qint64 first, qint64 count) const = 0;

    /// Another number once the log was begun anew and what was read of it no longer holds.
    [[nodiscard]] virtual qint64 generation() const { return 0; }
    /// There are more bytes than lineCount() knows of yet.
    [[nodiscard]] virtual bool isIndexing() const { return false; }
    /// The last lines there are, also while isIndexing().
    [[nodiscard]] virtual QList<LogLine> tail(qint64 count) const;
    /// The row of the line that holds a byte, or of the last before it; of a log of one stream.
    [[nodiscard]] virtual qint64 rowAt(qint64 offset) const;
    /// The row that shows this line of this stream, or the next one that is shown.
    [[nodiscard]] virtual qint64 rowOf(int stream, qint64 line) const;
    /// A block that holds row `first`; it may begin somewhat before. Empty past the end. Reuses the memory of
    /// `block`.
    virtual void readBlock(qint64 first, LogBlock &block) const;
};

} // namespace slipway
