// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logview/shownlog.h"

#include <algorithm>

namespace slipway {

void ShownLog::setStreams(const QList<LogStream> &streams) {
    m_streams = streams;
    if (isMerged())
        return;
    const auto shown = std::find_if(streams.begin(), streams.end(), [this](const LogStream &stream) {
        return m_rows && stream.source == m_rows;
    });
    m_index = shown == streams.end() ? -1 : static_cast<int>(shown - streams.begin());
}

void ShownLog::close() {
    m_index = -1;
    m_rows.reset();
    m_merge.reset();
}

void ShownLog::show(int index) {
    close();
    if (m_streams.isEmpty() || index < 0 || index > mergedIndex())
        return;
    m_index = index;
    if (index < mergedIndex()) {
        m_rows = m_streams.at(index).source;
        return;
    }
    std::vector<MergedLog::Part> parts;
    for (const LogStream &stream : std::as_const(m_streams))
        parts.push_back({stream.source, stream.run.startedAt.toMSecsSinceEpoch() * 1000});
    m_merge = std::make_unique<LogMerge>(std::move(parts));
    m_rows = m_merge->log();
}

void ShownLog::look() {
    if (m_merge)
        m_merge->look();
}

const LogStream *ShownLog::stream() const {
    return !isMerged() && m_index >= 0 ? &m_streams.at(m_index) : nullptr;
}

const LogStream *ShownLog::streamOf(const LogLine &line) const {
    if (!isMerged())
        return stream();
    return line.stream < m_streams.size() ? &m_streams.at(line.stream) : nullptr;
}

QStringList ShownLog::hosts() const {
    QStringList hosts;
    if (isMerged()) {
        for (const LogStream &stream : m_streams)
            hosts << stream.run.host;
    }
    return hosts;
}

int ShownLog::indexOf(const QString &streamName) const {
    const auto found = std::find_if(m_streams.begin(), m_streams.end(), [&](const LogStream &stream) {
        return stream.run.streamName() == streamName;
    });
    return found == m_streams.end() ? -1 : static_cast<int>(found - m_streams.begin());
}

int ShownLog::longestOf(int phase) const {
    int longest = -1;
    for (int index = 0; index < mergedIndex(); ++index) {
        const LogStream &stream = m_streams.at(index);
        if (stream.run.phase == phase &&
            (longest < 0 || stream.source->byteCount() > m_streams.at(longest).source->byteCount()))
            longest = index;
    }
    return longest;
}

} // namespace slipway
