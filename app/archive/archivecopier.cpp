// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecopier.h"

#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/observationstreams.h"
#include "app/archive/pagesalvage.h"
#include "app/archive/rowtext.h"
#include "app/archive/sealedrow.h"
#include "app/archive/seriesstore.h"
#include "app/archive/triagestore.h"
#include "models/evidence/judgementjson.h"

#include <QDateTime>
#include <QJsonDocument>

#include <utility>

namespace slipway {

ArchiveCopier::ArchiveCopier(SqliteConnection &from, QString pages, Archive &to,
                             const ArchiveProgress &progress)
    : m_from(from), m_pages(std::move(pages)), m_changed(from), m_to(to, m_changed),
      m_rows(from, progress, [this](const QString &what) { m_to.lose(what); }) {}

Result<Recovery> ArchiveCopier::run() {
    const auto done = m_to.archive().transaction([&]() -> Result<void> {
        for (const auto step :
             {&ArchiveCopier::copyCampaigns, &ArchiveCopier::copyRuns, &ArchiveCopier::copyKeptStreams,
              &ArchiveCopier::copyObservations, &ArchiveCopier::copyFiles, &ArchiveCopier::copyDocuments,
              &ArchiveCopier::salvagePages, &ArchiveCopier::copyStreams, &ArchiveCopier::copyJudgements,
              &ArchiveCopier::copyTriages, &ArchiveCopier::copySeries, &ArchiveCopier::copySummaries,
              &ArchiveCopier::copyRemovals}) {
            if (auto copied = (this->*step)(); !copied)
                return copied;
        }
        return m_to.judgeAnew();
    });
    if (!done)
        return done.error();
    return m_to.recovery();
}

Result<void> ArchiveCopier::copyCampaigns() {
    return m_rows.each("campaign", "id, ref, fleet, protocol, source, state, started_at, peers, phases",
                       QStringLiteral("a campaign"), [&](const Statement &row) -> Result<void> {
                           if (m_to.isChanged(QStringLiteral("campaign"), unitSubject({}), row.text(1)))
                               return {};
                           CampaignRecord record;
                           record.summary.id = row.text(1);
                           record.summary.ref = row.text(2);
                           record.summary.fleet = row.text(3);
                           record.summary.protocol = row.text(4);
                           record.summary.source = row.text(5);
                           record.summary.state = runStateFromName(row.text(6)).value_or(RunState::Lost);
                           record.summary.startedAt = timeFrom(row.optionalInteger(7));
                           record.peers = row.text(8).split(kListSeparator, Qt::SkipEmptyParts);
                           record.requiredPhases = numbersFromText(row.text(9));
                           record.parameters = parametersOf(row.text(1));
                           auto made = CampaignStore(m_to.archive()).create(record);
                           if (made)
                               m_to.noteCampaign(record.summary.id);
                           return made;
                       });
}

QMap<QString, QString> ArchiveCopier::parametersOf(const QString &campaign) {
    QMap<QString, QString> parameters;
    auto select = m_from.prepare("SELECT name, value FROM parameter WHERE campaign=?");
    if (!select)
        return parameters;
    select->bind(1, campaign);
    while (select->next())
        parameters.insert(select->text(0), select->text(1));
    if (!parameters.isEmpty() && m_to.isChanged(QStringLiteral("parameter"), unitSubject({}), campaign))
        parameters.clear();
    return parameters;
}

Result<void> ArchiveCopier::copyRuns() {
    return m_rows.each(
        "phase_run", "campaign, phase, step, host, state, started_at, finished_at, exit_code, job, message",
        QStringLiteral("a phase's run"), [&](const Statement &row) -> Result<void> {
            if (auto there = m_to.ensure(row.text(1)); !there)
                return there;
            if (m_to.isChanged(QStringLiteral("phase_run"),
                               unitSubject({row.integer(2), row.text(3), row.text(4)}), row.text(1)))
                return {};
            PhaseRun run;
            run.phase = static_cast<int>(row.integer(2));
            run.step = row.text(3);
            run.host = row.text(4);
            run.state = runStateFromName(row.text(5)).value_or(RunState::Lost);
            run.startedAt = timeFrom(row.optionalInteger(6));
            run.finishedAt = timeFrom(row.optionalInteger(7));
            if (const auto code = row.optionalInteger(8))
                run.exitCode = static_cast<int>(*code);
            run.jobId = row.text(9);
            run.message = row.text(10);
            return CampaignStore(m_to.archive()).savePhaseRun(row.text(1), run);
        });
}

Result<void> ArchiveCopier::copyKeptStreams() {
    const auto known = m_from.hasTable(QStringLiteral("observation_stream"));
    if (!known || !*known)
        return {};
    return m_rows.each(
        "observation_stream", "campaign, name, plain_bytes, plain_sha256, lines, sha256, bytes",
        QStringLiteral("a stream of observations"), [&](const Statement &row) {
            return m_to.keepStream(row.text(1),
                                   {row.text(2), row.integer(3), row.integer(5), row.text(4), row.blob(7)},
                                   row.text(6));
        });
}

// The rows of older versions become streams. They are sorted in a file of their own, since a damaged
// index cannot be followed and memory is not for gigabytes.
Result<void> ArchiveCopier::copyObservations() {
    SqliteConnection &to = m_to.archive().database();
    auto insert =
        to.prepare("INSERT OR IGNORE INTO sorted.line(campaign, stream, offset, line) VALUES (?,?,?,?)");
    if (!insert)
        return insert.error();
    const auto copied =
        m_rows.each("observation", "campaign, stream, offset, line", QStringLiteral("an observation"),
                    [&](const Statement &row) -> Result<void> {
                        insert->reset();
                        for (int column = 1; column <= 4; ++column)
                            insert->bindFrom(column, row, column);
                        return to.run(*insert, QStringLiteral("sorting an observation"));
                    });
    if (!copied)
        return copied;
    auto streams = to.prepare("SELECT DISTINCT campaign, stream FROM sorted.line ORDER BY campaign, stream");
    auto lines =
        to.prepare("SELECT offset, line FROM sorted.line WHERE campaign=? AND stream=? ORDER BY offset");
    if (!streams || !lines)
        return streams ? lines.error() : streams.error();
    while (streams->next()) {
        lines->reset();
        lines->bind(1, streams->text(0)).bind(2, streams->text(1));
        const EndedStream stream =
            ObservationStreams::ofLines(streams->text(1) + kObservationSuffix, *lines, {});
        if (auto kept = m_to.keepStream(streams->text(0), stream, sha256Text(stream.compressed)); !kept)
            return kept;
    }
    return {};
}

Result<void> ArchiveCopier::copyFiles() {
    return m_rows.each("evidence_file", "campaign, name, sha256, problem, removed, revision, saved_at, bytes",
                       QStringLiteral("a file"), [&](const Statement &row) {
                           return m_to.keepFile({row.text(1), row.text(2), row.integer(6), row.integer(7),
                                                 row.text(3), row.text(4), row.integer(5) != 0, row.blob(8)});
                       });
}

// Rows that no tree leads to any more, because a page above them is gone.
Result<void> ArchiveCopier::salvagePages() {
    if (m_rows.isWhole())
        return {};
    return forEachSalvaged(
        m_pages, [this](const SalvagedFile &file) { return m_to.keepFile(file); },
        [this](const SalvagedStream &stream) {
            return m_to.keepStream(stream.campaign, stream.stream, stream.sha256);
        });
}

Result<void> ArchiveCopier::copyStreams() {
    return m_rows.each(
        "stream", "campaign, name, bytes, sha256", QStringLiteral("a stream"),
        [&](const Statement &row) -> Result<void> {
            if (m_to.isChanged(QStringLiteral("stream"), unitSubject({row.text(2)}), row.text(1)))
                return {};
            if (auto there = m_to.ensure(row.text(1)); !there)
                return there;
            return ObservationStore(m_to.archive())
                .saveSpool(row.text(1), row.text(2), row.integer(3), row.text(4));
        });
}

Result<void> ArchiveCopier::copyDocuments() {
    return m_rows.each("document", "name, sha256, problem, revision, saved_at, bytes",
                       QStringLiteral("a document"), [&](const Statement &row) {
                           return m_to.keepFile({{},
                                                 row.text(1),
                                                 row.integer(4),
                                                 row.integer(5),
                                                 row.text(2),
                                                 row.text(3),
                                                 false,
                                                 row.blob(6)});
                       });
}

Result<void> ArchiveCopier::copyJudgements() {
    return m_rows.each(
        "judgement", "campaign, content", QStringLiteral("a judgement"),
        [&](const Statement &row) -> Result<void> {
            if (m_to.isChanged(QStringLiteral("judgement"), unitSubject({row.integer(0)}), row.text(1)))
                return {};
            const auto judgement = judgementFromJson(QJsonDocument::fromJson(row.text(2).toUtf8()).object());
            if (!judgement)
                return judgement.error();
            if (auto there = m_to.ensure(row.text(1)); !there)
                return there;
            return JudgementStore(m_to.archive()).save(row.text(1), *judgement);
        });
}

Result<void> ArchiveCopier::copyTriages() {
    const auto known = m_from.hasTable(QStringLiteral("triage"));
    if (!known || !*known)
        return {};
    return m_rows.each(
        "triage", "campaign, content, noted_at", QStringLiteral("a triage"),
        [&](const Statement &row) -> Result<void> {
            if (m_to.isChanged(QStringLiteral("triage"), unitSubject({row.integer(0)}), row.text(1)))
                return {};
            auto triage = triageFromJson(row.text(2).toUtf8());
            if (!triage)
                return triage.error();
            if (auto there = m_to.ensure(row.text(1)); !there)
                return there;
            triage->at = timeFrom(row.integer(3));
            return TriageStore(m_to.archive()).save(row.text(1), *triage);
        });
}

// Not of one campaign: the rows stay as noted.
Result<void> ArchiveCopier::copySeries() {
    const auto known = m_from.hasTable(QStringLiteral("series_entry"));
    if (!known || !*known)
        return {};
    return m_rows.each(
        "series_entry", "series, kind, content, noted_at", QStringLiteral("what was noted of a series"),
        [&](const Statement &row) -> Result<void> {
            if (m_to.isChanged(QStringLiteral("series_entry"), unitSubject({row.integer(0)}), {}))
                return {};
            return SeriesStore(m_to.archive())
                .add(row.text(1), row.text(2), row.text(3).toUtf8(), timeFrom(row.integer(4)));
        });
}

Result<void> ArchiveCopier::copySummaries() {
    // Where even that cannot be read, neither can the rows.
    const auto hasClaim = m_from.hasColumn(QStringLiteral("campaign"), QStringLiteral("claim"));
    const char *columns = hasClaim && *hasClaim ? "id, state, finished_at, verdict, claimed, reason, claim"
                                                : "id, state, finished_at, verdict, claimed, reason, ''";
    return m_rows.each("campaign", columns, QStringLiteral("a verdict"),
                       [&](const Statement &row) -> Result<void> {
                           if (m_changed.contains(QStringLiteral("campaign"), unitSubject({}), row.text(1)))
                               return {};
                           CampaignSummary summary;
                           summary.id = row.text(1);
                           readOutcome(row, 2, summary);
                           return CampaignStore(m_to.archive()).update(summary);
                       });
}

Result<void> ArchiveCopier::copyRemovals() {
    const auto known = m_from.hasTable(QStringLiteral("removal"));
    if (!known || !*known)
        return {};
    return m_rows.each(
        "removal", "campaign, removed", QStringLiteral("a removal"),
        [&](const Statement &row) -> Result<void> {
            if (m_to.isChanged(QStringLiteral("removal"), unitSubject({row.integer(0)}), row.text(1)))
                return {};
            return CampaignStore(m_to.archive()).setRemoved(row.text(1), row.integer(2) != 0);
        });
}

} // namespace slipway
