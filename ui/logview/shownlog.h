// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/logstream/logmerge.h"
#include "app/session/logstreams.h"

#include <QStringList>

#include <memory>

namespace slipway {

/// Which log is shown out of the streams of a campaign: one of them, or all merged by time, which a thread of
/// its own does. GUI thread.
class ShownLog {
public:
    /// What is shown stays, as long as it is among them.
    void setStreams(const QList<LogStream> &streams);
    void show(int index); ///< mergedIndex(): all by time; any other that is not a stream: nothing
    void close();
    void look(); ///< the streams may have grown

    [[nodiscard]] const QList<LogStream> &streams() const { return m_streams; }
    [[nodiscard]] int index() const { return m_index; } ///< -1: nothing is shown
    [[nodiscard]] int mergedIndex() const { return static_cast<int>(m_streams.size()); }
    [[nodiscard]] bool isMerged() const { return m_merge != nullptr; }
    [[nodiscard]] bool isMerging() const { return m_merge && m_merge->isBusy(); }
    [[nodiscard]] bool isReading() const { return isMerging() || (m_rows && m_rows->isIndexing()); }
    [[nodiscard]] const std::shared_ptr<const LogSource> &rows() const { return m_rows; } ///< null: nothing
    [[nodiscard]] const LogStream *stream() const; ///< the one that is shown; null when merged
    [[nodiscard]] const LogStream *streamOf(const LogLine &line) const;
    [[nodiscard]] QStringList hosts() const; ///< of the streams that are merged, else none

    [[nodiscard]] int indexOf(const QString &streamName) const; ///< -1: none
    [[nodiscard]] int longestOf(int phase) const;               ///< -1: none

private:
    QList<LogStream> m_streams;
    int m_index = -1;
    std::unique_ptr<LogMerge> m_merge;
    std::shared_ptr<const LogSource> m_rows;
};

} // namespace slipway
