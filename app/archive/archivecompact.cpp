// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"
#include "app/archive/observationstore.h"
#include "app/archive/observationstreams.h"
#include "app/archive/oldlinks.h"
#include "models/observation/zstream.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace slipway {

namespace {

constexpr qsizetype kLeft = 100;

qint64 bytesOf(const Paths &paths) {
    qint64 bytes = 0;
    for (const QString &suffix : {QString(), QStringLiteral("-wal")})
        bytes += QFileInfo(paths.archiveFile() + suffix).size();
    QDirIterator files(paths.spoolDir({}), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        bytes += files.fileInfo().size();
    }
    return bytes;
}

// One campaign after the other, each in a transaction: killed at any time, the next run goes on.
class Compactor {
public:
    Compactor(const Paths &paths, Archive &archive, const ArchiveProgress &progress)
        : m_paths(paths), m_archive(archive), m_database(archive.database()), m_progress(progress) {}

    Result<Compaction> run() {
        // Rows are not given a new seal before the old one was looked at.
        m_progress(QStringLiteral("comparing the observations with their links"), 0, 0);
        qint64 rows = 0;
        const auto problems = oldObservationProblems(m_database, rows);
        if (!problems)
            return problems.error();
        if (!problems->isEmpty())
            return Error{ErrorCode::Corrupt,
                         QStringLiteral("The archive is damaged: %1. Nothing was changed. Run slipwayctl "
                                        "archive recover, or restore a backup.")
                             .arg(problems->constFirst())};
        const auto campaigns = withRows();
        if (!campaigns)
            return campaigns.error();
        for (qsizetype i = 0; i < campaigns->size(); ++i) {
            m_progress(QStringLiteral("compressing the observations of %1").arg(campaigns->at(i)), i,
                       campaigns->size());
            TRY(compactCampaign(campaigns->at(i)));
        }
        TRY(removeSpools());
        return m_compaction;
    }

private:
    void leave(const QString &why) {
        if (m_compaction.left.size() < kLeft)
            m_compaction.left << why;
    }

    Result<QStringList> withRows() {
        auto select = m_database.prepare("SELECT id, finished_at FROM campaign WHERE EXISTS (SELECT 1 FROM "
                                         "observation WHERE campaign=campaign.id) ORDER BY id");
        if (!select)
            return select.error();
        QStringList ids;
        while (select->next()) {
            if (select->optionalInteger(1))
                ids << select->text(0);
            else
                leave(
                    QStringLiteral("%1 has not ended; slipwayctl resume %1 resumes it").arg(select->text(0)));
        }
        if (select->status() != SQLITE_DONE)
            return m_database.error(QStringLiteral("looking for observations"));
        return ids;
    }

    Result<void> compactCampaign(const QString &campaign) {
        qint64 streams = 0;
        QString problem;
        const auto done = m_database.transaction([&]() -> Result<void> {
            auto select = m_database.prepare("SELECT DISTINCT stream FROM observation WHERE campaign=?");
            if (!select)
                return select.error();
            select->bind(1, campaign);
            QStringList names;
            while (select->next())
                names << select->text(0) + kObservationSuffix;
            if (select->status() != SQLITE_DONE)
                return m_database.error(QStringLiteral("reading the streams of %1").arg(campaign));
            *select = Statement();
            for (const QString &name : names) {
                const auto stream = compressed(campaign, name);
                if (!stream)
                    return stream.error();
                TRY(moveRows(campaign, *stream));
                ++streams;
            }
            return ObservationStore(m_archive).noteCompacted(campaign);
        });
        if (!done && done.error().code == ErrorCode::Corrupt) {
            leave(done.error().text);
            return {};
        }
        if (done)
            m_compaction.streams += streams;
        return done;
    }

    // What the rows say; or, where rows are missing, their spool, if it is the one that was recorded.
    Result<EndedStream> compressed(const QString &campaign, const QString &name) {
        ObservationStreams streams(m_database, campaign, m_paths.spoolDir(campaign));
        auto kept = streams.kept(name);
        if (!kept)
            return kept.error();
        if (*kept)
            return std::move(**kept);
        auto recorded = m_database.prepare("SELECT bytes, sha256 FROM stream WHERE campaign=? AND name=?");
        if (!recorded)
            return recorded.error();
        recorded->bind(1, campaign).bind(2, name);
        if (!recorded->next())
            return streams.ofRows(name, std::nullopt);
        const auto ofRows = streams.ofRows(name, recorded->integer(0));
        if (!ofRows || ofRows->sha256 == recorded->text(1))
            return ofRows;
        StreamRecord record(name, StreamRecord::Keeps::Bytes);
        QFile spool(m_paths.spoolDir(campaign) + QLatin1Char('/') + name);
        if (spool.exists() && record.add(spool) && record.end().sha256 == recorded->text(1))
            return record.end();
        return ofRows;
    }

    // The rows go once every one of them was found in what is kept.
    Result<void> moveRows(const QString &campaign, const EndedStream &stream) {
        ObservationStreams streams(m_database, campaign, m_paths.spoolDir(campaign));
        TRY(streams.keep(stream));
        TRY(streams.compare(stream));
        TRY(streams.findRows(stream));
        auto remove = m_database.prepare("DELETE FROM observation WHERE campaign=? AND stream=?");
        auto forget = m_database.prepare("DELETE FROM stream WHERE campaign=? AND name=? AND sha256=?");
        if (!remove || !forget)
            return remove ? forget.error() : remove.error();
        remove->bind(1, campaign).bind(2, stream.name.chopped(kObservationSuffix.size()));
        if (auto removed = m_database.run(*remove, QStringLiteral("removing rows of %1").arg(campaign));
            !removed)
            return removed;
        forget->bind(1, campaign).bind(2, stream.name).bind(3, stream.sha256);
        return m_database.run(*forget, QStringLiteral("forgetting the spool of %1").arg(stream.name));
    }

    // Spools whose bytes the archive keeps.
    Result<void> removeSpools() {
        m_progress(QStringLiteral("removing spools that are kept"), 0, 0);
        auto select = m_database.prepare("SELECT campaign, name, plain_bytes, plain_sha256 FROM "
                                         "observation_stream s WHERE NOT EXISTS (SELECT 1 FROM stream t "
                                         "WHERE t.campaign=s.campaign AND t.name=s.name)");
        if (!select)
            return select.error();
        while (select->next()) {
            QFile spool(m_paths.spoolDir(select->text(0)) + QLatin1Char('/') + select->text(1));
            if (!spool.exists())
                continue;
            StreamRecord record(select->text(1), StreamRecord::Keeps::Nothing);
            const bool isSame = spool.size() == select->integer(2) && record.add(spool) &&
                                record.end().sha256 == select->text(3);
            spool.close();
            if (!isSame || !spool.remove())
                leave(QStringLiteral("%1 %2").arg(
                    spool.fileName(), isSame ? QStringLiteral("cannot be removed: ") + spool.errorString()
                                             : QStringLiteral("is not what the archive keeps of it")));
        }
        return select->status() == SQLITE_DONE ? Result<void>()
                                               : m_database.error(QStringLiteral("looking for spools"));
    }

    const Paths &m_paths;
    Archive &m_archive;
    Database &m_database;
    const ArchiveProgress &m_progress;
    Compaction m_compaction;
};

} // namespace

Result<Compaction> compact(const Paths &paths, const ArchiveProgress &progress) {
    if (const auto there = Archive::openDatabaseToRead(paths); !there)
        return there.error(); // before anything is made
    const qint64 before = bytesOf(paths);
    Result<Compaction> compaction = Error{};
    {
        const auto archive = Archive::open(paths);
        if (!archive)
            return archive.error();
        compaction = Compactor(paths, **archive, progress).run();
        if (!compaction)
            return compaction;
    }
    // On a connection that seals nothing: every page is written anew, and no row is changed.
    const auto database = Database::open(paths.archiveFile(), paths.archiveLock());
    if (!database)
        return database.error();
    const auto busy = [&] { progress(QStringLiteral("giving the room back"), 0, 0); };
    busy();
    TRY((*database)->shrink(busy));
    compaction->bytesBefore = before;
    compaction->bytesAfter = bytesOf(paths);
    return compaction;
}

} // namespace slipway
