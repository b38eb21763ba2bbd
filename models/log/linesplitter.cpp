// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linesplitter.h"

namespace slipway {

namespace {

constexpr qsizetype kLongestLine = qsizetype(4) * 1024 * 1024;

} // namespace

void LineSplitter::add(const QByteArray &bytes, const Seen &seen) {
    m_rest += bytes;
    qsizetype from = 0;
    for (;;) {
        qsizetype end = m_rest.indexOf('\n', from);
        qsizetype next = end + 1;
        if (end < 0 && m_rest.size() - from >= kLongestLine)
            end = next = from + kLongestLine;
        if (end < 0)
            break;
        seen(m_offset + from, m_rest.mid(from, end - from));
        from = next;
    }
    m_rest.remove(0, from);
    m_offset += from;
}

void LineSplitter::finish(const Seen &seen) {
    if (!m_rest.isEmpty())
        seen(m_offset, m_rest);
    m_offset += m_rest.size();
    m_rest.clear();
}

} // namespace slipway
