// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/seriesqueries.h"

#include "app/archive/archive.h"
#include "app/series/runcache.h"

#include <QDateTime>

namespace slipway {

namespace {

// Opened for each question: between them the archive may be replaced by a recovered one.
template <typename T>
Result<T> look(const Paths &paths, const std::function<Result<T>(SeriesArchive &)> &read) {
    const auto store = Archive::openToRead(paths);
    if (!store)
        return store.error();
    SeriesArchive archive(**store);
    return read(archive);
}

} // namespace

SeriesQueries::SeriesQueries(Paths paths, ArchiveThread &archive)
    : m_paths(std::move(paths)), m_archive(archive), m_cache(std::make_shared<RunCache>()) {}

SeriesQueries::~SeriesQueries() = default;

void SeriesQueries::list(Done<QList<SeriesSummary>> done) {
    using List = Result<QList<SeriesSummary>>;
    m_judging.ask<List>(
        [paths = m_paths]() -> List {
            const List list =
                look<QList<SeriesSummary>>(paths, [](SeriesArchive &archive) { return archive.list(); });
            const bool isNew = !list && list.error().code == ErrorCode::NotFound;
            return isNew ? List(QList<SeriesSummary>()) : list; // no archive yet
        },
        [done = std::move(done)](const List &list) { done(list); });
}

void SeriesQueries::judge(const QString &name, Done<std::shared_ptr<const SeriesView>> done) {
    using View = std::shared_ptr<const SeriesView>;
    m_judging.ask<Result<View>>(
        [paths = m_paths, cache = m_cache, name]() -> Result<View> {
            const auto judged = look<SeriesJudgement>(paths, [&](SeriesArchive &archive) {
                return archive.judge(name, QDateTime::currentDateTimeUtc(), cache.get());
            });
            if (!judged)
                return judged.error();
            return View(std::make_shared<SeriesView>(
                SeriesView{*judged, chartsOf(*judged), slotDays(judged->table)}));
        },
        [done = std::move(done)](const Result<View> &view) { done(view); });
}

void SeriesQueries::noteAlarms(Done<SeriesAlarms> done) {
    m_archive.ask<SeriesAlarms>(
        [](Archive &store) { return SeriesArchive(store).noteAllAlarms(QDateTime::currentDateTimeUtc()); },
        std::move(done));
}

void SeriesQueries::act(const QString &name, const AlarmAction &action, Done<bool> done) {
    m_archive.ask<bool>(
        [name, action](Archive &store) -> Result<bool> {
            TRY(SeriesArchive(store).act(name, action));
            return true;
        },
        std::move(done));
}

} // namespace slipway
