// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/logselection.h"

namespace slipway {

void LogSelection::select(qint64 from, qint64 to) {
    m_anchor = from;
    m_cursor = to;
}

bool LogSelection::contains(qint64 row) const {
    return !isEmpty() && row >= first() && row <= std::max(m_anchor, m_cursor);
}

LogSelection::Copy LogSelection::copy(const LogSource &source, const QStringList &hosts, bool places) const {
    if (isEmpty())
        return {};
    const QList<LogLine> lines = source.lines(first(), std::min(count(), kMaxCopied));
    QString text;
    for (const LogLine &line : lines) {
        if (places)
            text += QString::number(line.offset) + QLatin1Char('\t');
        if (places && line.stream < hosts.size())
            text += hosts.at(line.stream) + QLatin1Char('\t');
        text += QString::fromUtf8(line.text) + QLatin1Char('\n');
    }
    text.chop(1);
    return {text, lines.size()};
}

} // namespace slipway
