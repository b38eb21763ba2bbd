// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobframes.h"

#include <algorithm>
#include <utility>

namespace slipway {

namespace {

constexpr qint64 kFrameLimit = qint64(4) * 1024 * 1024;
constexpr qsizetype kLineLimit = 4096;
constexpr qsizetype kNoiseLimit = qsizetype(64) * 1024;

} // namespace

void JobFrameParser::add(const QByteArray &bytes, const Seen &seen) {
    for (qsizetype at = 0; at < bytes.size() && !m_broken;)
        at = m_left > 0 ? takePiece(bytes, at, seen) : takeLine(bytes, at, seen);
}

qsizetype JobFrameParser::takePiece(const QByteArray &bytes, qsizetype from, const Seen &seen) {
    const qsizetype size = std::min<qint64>(m_left, bytes.size() - from);
    const qint64 offset = std::exchange(m_offset, m_offset + size);
    m_left -= size;
    seen({m_stream, offset, bytes.mid(from, size)}); // mid() of the whole shares it
    return from + size;
}

qsizetype JobFrameParser::takeLine(const QByteArray &bytes, qsizetype from, const Seen &seen) {
    const qsizetype end = bytes.indexOf('\n', from);
    m_line += bytes.mid(from, end < 0 ? -1 : end - from);
    if (m_line.size() > (m_begun ? kLineLimit : kNoiseLimit)) {
        m_broken = true;
    } else if (end >= 0) {
        readLine(seen);
        m_line.clear();
    }
    return end < 0 ? bytes.size() : end + 1;
}

void JobFrameParser::readLine(const Seen &seen) {
    if (!m_begun) {
        m_begun = m_line.contains(m_marker);
        m_noise += m_line + '\n';
        m_broken = !m_begun && m_noise.size() > kNoiseLimit;
        return;
    }
    if (std::exchange(m_trailerDue, false)) {
        m_broken = m_line != "K";
        return;
    }
    const QList<QByteArray> words = m_line.split(' ');
    const QByteArray &kind = words.constFirst();
    if (kind == "O" || kind == "L")
        m_broken = !beginStream(words);
    else if (kind == "H")
        seen({JobFrame::Kind::Heartbeat, 0, m_line.mid(2)});
    else if (kind == "Z")
        seen({JobFrame::Kind::End, 0, m_line.mid(2)});
    else if (kind == "X")
        seen({JobFrame::Kind::Trouble, 0, m_line.mid(2)});
    else
        m_broken = true;
}

bool JobFrameParser::beginStream(const QList<QByteArray> &words) {
    bool offsetIsNumber = false;
    bool sizeIsNumber = false;
    m_offset = words.value(1).toLongLong(&offsetIsNumber);
    m_left = words.value(2).toLongLong(&sizeIsNumber);
    m_stream = words.constFirst() == "O" ? JobFrame::Kind::Output : JobFrame::Kind::Log;
    m_trailerDue = true;
    return offsetIsNumber && sizeIsNumber && m_offset >= 0 && m_left >= 1 && m_left <= kFrameLimit;
}

} // namespace slipway
