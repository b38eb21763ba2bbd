// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/seriesqueries.h"

#include "app/archive/archive.h"
#include "app/series/runcache.h"
#include "app/series/seriesdrill.h"
#include "app/series/webnotice.h"
#include "app/session/seriesplancheck.h"
#include "models/core/instant.h"

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

QDateTime currentSecond() {
    return utcOfSeconds(QDateTime::currentSecsSinceEpoch());
}

} // namespace

SeriesQueries::SeriesQueries(Paths paths, ArchiveThread &archive)
    : m_paths(std::move(paths)), m_archive(archive), m_cache(std::make_shared<RunCache>()) {}

SeriesQueries::~SeriesQueries() {
    m_stop.request_stop();
}

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

void SeriesQueries::create(const DefinitionFields &fields, Done<SeriesDefinition> done) {
    m_archive.ask<SeriesDefinition>(
        [fields](Archive &store) -> Result<SeriesDefinition> {
            const auto definition = newDefinition(fields, currentSecond());
            if (!definition)
                return definition;
            SeriesArchive archive(store);
            return createSeries(archive, *definition, checkSeriesPlan);
        },
        std::move(done));
}

void SeriesQueries::edit(const QString &name, const DefinitionFields &fields, Done<SeriesDefinition> done) {
    m_archive.ask<SeriesDefinition>(
        [name, fields](Archive &store) {
            SeriesArchive archive(store);
            return editSeries(archive, name, fields, checkSeriesPlan);
        },
        std::move(done));
}

void SeriesQueries::end(const QString &name, Done<SeriesDefinition> done) {
    m_archive.ask<SeriesDefinition>(
        [name](Archive &store) {
            SeriesArchive archive(store);
            return endSeries(archive, name, currentSecond());
        },
        std::move(done));
}

void SeriesQueries::drill(const SeriesDefinition &definition, DrillKind kind, Done<DrillResult> done) {
    const QString &name = definition.name;
    const auto post = [name, webhook = definition.notices.webhook,
                       stop = m_stop.get_token()](const SeriesMessage &notice) -> Result<void> {
        return webhook.isEmpty() ? Result<void>() : postNotice(webhook, name, notice, stop);
    };
    m_drills.ask<Result<DrillResult>>(
        [definition, kind, post] { return slipway::drill(definition, kind, post); },
        [this, name, done = std::move(done)](const Result<DrillResult> &result) {
            if (!result) {
                done(result);
                return;
            }
            m_archive.ask<DrillResult>(
                [name, result = *result](Archive &store) -> Result<DrillResult> {
                    SeriesStore entries(store);
                    TRY(noteDrill(entries, name, result));
                    return result;
                },
                done);
        });
}

SlotCommands SeriesQueries::commandsOf(const QString &name) const {
    return slotCommands(name, m_paths);
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
