// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/backgroundthread.h"
#include "app/series/drillresult.h"
#include "app/series/seriesediting.h"
#include "app/series/timerunits.h"
#include "models/series/seriescharts.h"

#include <stop_token>

namespace slipway {

class RunCache;

/// A series judged, with what is drawn of it. Shared between threads and never changed.
struct SeriesView {
    SeriesJudgement judged;
    QList<SeriesChart> charts;
    QList<SlotDay> days;
};

/// What can be asked of the archive about series, what people define, and what they say about alarms. Series
/// are read and judged on a thread of their own, with a connection of their own: ten thousand runs take
/// seconds; drills have another, since they wait for a webhook. Answers come on the owner's thread, those of
/// judge() in the order in which they were asked.
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
    /// As createSeries(), editSeries() and endSeries(); the answer is the definition that stands then.
    void create(const DefinitionFields &fields, Done<SeriesDefinition> done);
    void edit(const QString &name, const DefinitionFields &fields, Done<SeriesDefinition> done);
    void end(const QString &name, Done<SeriesDefinition> done);
    /// Tries the way of an alarm and notes what came of it. The webhook is called; whom else to inform is
    /// the caller's business.
    void drill(const SeriesDefinition &definition, DrillKind kind, Done<DrillResult> done);
    /// What a person runs in a shell, where timers are, for this archive.
    [[nodiscard]] SlotCommands commandsOf(const QString &name) const;
    /// Notes which alarms each series has; by name, those that are new since they were noted last, though
    /// what they are about is older.
    void noteAlarms(Done<SeriesAlarms> done);

private:
    Paths m_paths;
    ArchiveThread &m_archive;
    std::shared_ptr<RunCache> m_cache; ///< on the judging thread
    std::stop_source m_stop;           ///< of a drill that waits
    BackgroundThread m_judging{QStringLiteral("series")};
    BackgroundThread m_drills{QStringLiteral("drills")};
};

} // namespace slipway
