// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobframes.h"

namespace slipway {

namespace {

constexpr qsizetype kFrameLimit = qsizetype(1024) * 1024;
constexpr qsizetype kLineLimit = 4096;
constexpr qsizetype kNoiseLimit = qsizetype(64) * 1024;
const QByteArray kTrailer = "K\n";

} // namespace

void JobFrameParser::add(const QByteArray &bytes, const std::function<void(const JobFrame &)> &seen) {
    m_buffer += bytes;
    if (!m_begun) {
        const qsizetype marker = m_buffer.indexOf(m_marker);
        const qsizetype end = marker < 0 ? -1 : m_buffer.indexOf('\n', marker);
        if (end < 0) {
            m_broken = m_buffer.size() > kNoiseLimit;
            return;
        }
        m_buffer.remove(0, end + 1);
        m_begun = true;
    }
    while (!m_broken && takeOne(seen)) {
    }
}

bool JobFrameParser::takeStream(const QList<QByteArray> &words, qsizetype lineEnd,
                                const std::function<void(const JobFrame &)> &seen) {
    bool offsetIsNumber = false;
    bool sizeIsNumber = false;
    const qint64 offset = words.value(1).toLongLong(&offsetIsNumber);
    const qint64 size = words.value(2).toLongLong(&sizeIsNumber);
    if (!offsetIsNumber || !sizeIsNumber || offset < 0 || size < 1 || size > kFrameLimit) {
        m_broken = true;
        return false;
    }
    const qsizetype total = lineEnd + 1 + size + kTrailer.size();
    if (m_buffer.size() < total)
        return false;
    if (QByteArrayView(m_buffer).sliced(lineEnd + 1 + size, kTrailer.size()) != kTrailer) {
        m_broken = true;
        return false;
    }
    JobFrame frame;
    frame.kind = words.constFirst() == "O" ? JobFrame::Kind::Output : JobFrame::Kind::Log;
    frame.offset = offset;
    frame.bytes = m_buffer.mid(lineEnd + 1, size);
    m_buffer.remove(0, total);
    seen(frame);
    return true;
}

bool JobFrameParser::takeOne(const std::function<void(const JobFrame &)> &seen) {
    const qsizetype lineEnd = m_buffer.indexOf('\n');
    if (lineEnd < 0 || lineEnd > kLineLimit) {
        m_broken = m_broken || m_buffer.size() > kLineLimit;
        return false;
    }
    const QByteArray line = m_buffer.left(lineEnd);
    const QList<QByteArray> words = line.split(' ');
    if (words.constFirst() == "O" || words.constFirst() == "L")
        return takeStream(words, lineEnd, seen);
    JobFrame frame;
    if (words.constFirst() == "H")
        frame.kind = JobFrame::Kind::Heartbeat;
    else if (words.constFirst() == "Z")
        frame.kind = JobFrame::Kind::End;
    else if (words.constFirst() == "X")
        frame.kind = JobFrame::Kind::Trouble;
    else
        m_broken = true;
    if (m_broken)
        return false;
    frame.bytes = line.mid(2);
    m_buffer.remove(0, lineEnd + 1);
    seen(frame);
    return true;
}

} // namespace slipway
