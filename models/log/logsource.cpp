// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logsource.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kBlockLines = 2048;

} // namespace

QList<LogLine> LogSource::tail(qint64 count) const {
    return lines(std::max<qint64>(0, lineCount() - count), count);
}

qint64 LogSource::rowAt(qint64 offset) const {
    qint64 low = 0;
    qint64 high = lineCount() - 1; // what is looked for is in [low, high]
    while (low < high) {
        const qint64 middle = low + (high - low + 1) / 2;
        const QList<LogLine> found = lines(middle, 1);
        if (found.isEmpty() || found.constFirst().offset > offset)
            high = middle - 1;
        else
            low = middle;
    }
    return std::max<qint64>(0, low);
}

qint64 LogSource::rowOf(int, qint64 line) const {
    return line;
}

void LogSource::readBlock(qint64 first, LogBlock &block) const {
    block.first = first;
    block.bytes.resize(0);
    const QList<LogLine> found = lines(first, kBlockLines);
    block.lines = found.size();
    for (const LogLine &line : found)
        block.bytes += line.text + '\n';
}

} // namespace slipway
