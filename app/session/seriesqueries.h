// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/backgroundthread.h"
#include "app/series/seriesarchive.h"
#include "models/series/seriescharts.h"

namespace slipway {

class RunCache;

/// A series judged, with what is drawn of it. Shared between threads and never changed.
struct SeriesView {
    SeriesJudgement judged;
    QList<SeriesChart> charts;
    QList<SlotDay> days;
};

/// What can be asked of the archive about series, and what people say about their alarms. Series are read and
/// judged on a thread of their own, with a connection of their own: ten thousand runs take seconds. Answers
/// come on the owner's thread, those of judge() in the order in which they were asked.
class SeriesQueries final {
public:
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    SeriesQueries(Paths paths, ArchiveThread &archive);
    ~SeriesQueries();
    SeriesQueries(const SeriesQueries &) = delete;
    SeriesQueries &operator=(const SeriesQueries &) = delete;
    SeriesQueries(SeriesQueries &&) = delete;
    SeriesQueries &operator=(SeriesQueries &&) = delete;

    void list(Done<QList<SeriesSummary>> done);
    void judge(const QString &name, Done<std::shared_ptr<const SeriesView>> done);
    /// Notes what a person did about an alarm; true when it is noted.
    void act(const QString &name, const AlarmAction &action, Done<bool> done);
    /// Notes which alarms each series has; by name, those that are new since they were noted last, though
    /// what they are about is older.
    void noteAlarms(Done<SeriesAlarms> done);

private:
    Paths m_paths;
    ArchiveThread &m_archive;
    std::shared_ptr<RunCache> m_cache; ///< on the judging thread
    BackgroundThread m_judging{QStringLiteral("series")};
};

} // namespace slipway
