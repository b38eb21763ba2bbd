// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/archiveexchange.h"
#include "app/archive/campaignstore.h"
#include "app/archive/chainindex.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/observationstreams.h"
#include "app/archive/pagesalvage.h"
#include "app/archive/rowtext.h"
#include "app/core/builtinprotocols.h"
#include "models/campaign/judgerecord.h"
#include "models/core/instant.h"
#include "models/evidence/judgementjson.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSet>

#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kLost = 100;

// Copies what is whole, campaign by campaign.
class Copier {
public:
    Copier(Database &from, QString pages, CampaignStore &to, const ArchiveProgress &progress)
        : m_from(from), m_pages(std::move(pages)), m_to(to), m_progress(progress) {}

    Result<Recovery> run() {
        findChanged();
        const auto done = m_to.together([&]() -> Result<void> {
            for (const auto step :
                 {&Copier::copyCampaigns, &Copier::copyRuns, &Copier::copyKeptStreams,
                  &Copier::copyObservations, &Copier::copyFiles, &Copier::copyDocuments,
                  &Copier::salvagePages, &Copier::copyStreams, &Copier::copyJudgements, &Copier::copyTriages,
                  &Copier::copySummaries, &Copier::copyRemovals, &Copier::judgeAnew}) {
                if (auto copied = (this->*step)(); !copied)
                    return copied;
            }
            return {};
        });
        if (!done)
            return done.error();
        return m_recovery;
    }

private:
    void lose(const QString &what) {
        if (m_recovery.lost.size() < kLost)
            m_recovery.lost << what;
    }

    using Row = std::function<Result<void>(const Statement &)>;

    // Hands on every row that can be read, in the order they were added: from the front as far as that goes,
    // then those that can be reached from the back. The first column is the row's number.
    Result<void> each(const QByteArray &table, const QByteArray &columns, const QString &what,
                      const Row &row) {
        const QByteArray select = "SELECT rowid, " + columns + " FROM " + table;
        const auto end = read(select + " ORDER BY rowid", what, row);
        if (!end)
            return end.error();
        if (end->isWhole)
            return {};
        m_isWhole = false;
        lose(QStringLiteral("%1 after entry %2: %3")
                 .arg(what)
                 .arg(end->last)
                 .arg(m_from.error(QStringLiteral("reading it")).text));
        for (const qint64 number : fromTheBack(table, end->last)) {
            if (const auto one = read(select + " WHERE rowid=" + QByteArray::number(number), what, row); !one)
                return one.error();
        }
        return {};
    }

    struct End {
        qint64 last = 0; ///< the number of the last row that could be read
        bool isWhole = false;
    };

    Result<End> read(const QByteArray &sql, const QString &what, const Row &row) {
        End end;
        auto select = m_from.prepare(sql.constData());
        if (!select)
            return end;
        while (select->next()) {
            end.last = select->integer(0);
            m_progress(what, ++m_rows, 0);
            if (const auto done = row(*select); !done) {
                if (done.error().code == ErrorCode::DiskFull || done.error().code == ErrorCode::Io)
                    return done.error();
                lose(QStringLiteral("%1: %2").arg(what, done.error().text));
            }
        }
        end.isWhole = select->status() == SQLITE_DONE;
        return end;
    }

    // The numbers of the rows behind the damage, ascending.
    QList<qint64> fromTheBack(const QByteArray &table, qint64 last) {
        QList<qint64> numbers;
        const QByteArray sql = "SELECT rowid FROM " + table + " WHERE rowid>" + QByteArray::number(last) +
                               " ORDER BY rowid DESC";
        auto select = m_from.prepare(sql.constData());
        while (select && select->next())
            numbers.prepend(select->integer(0));
        return numbers;
    }

    // What another hand changed is not carried on: it is named, and the rest is judged without it. Only a
    // chain that is whole can tell that; of a damaged one every row that can be read is kept.
    void findChanged() {
        auto events =
            m_from.prepare("SELECT seq, campaign, kind, subject, sha256, hash FROM event ORDER BY seq");
        ChainIndex links;
        QString previous;
        qint64 seq = 0;
        bool isWhole = events.ok();
        bool isBegun = false;
        while (isWhole && events->next()) {
            const ChainEvent event{events->integer(0), events->text(1), events->text(2), events->text(3),
                                   events->text(4)};
            isWhole = event.seq == ++seq && events->text(5) == EvidenceChain::hashOf(previous, event);
            isBegun = isBegun || event.kind == QLatin1String("begin");
            previous = events->text(5);
            links.add(event.seq, event.campaign, event.kind, event.subject, event.sha256);
        }
        if (!isWhole || !isBegun || events->status() != SQLITE_DONE)
            return;
        links.sort();
        RowSeals seals(m_from);
        const auto tables = seals.tables();
        if (!tables)
            return;
        for (const SealedTable &table : *tables) {
            const QString kind = RowSeals::linkKind(table);
            [[maybe_unused]] const auto read = seals.forEachUnit(
                table,
                [&](const UnitSeal &unit) -> Result<void> {
                    if (links.compare(unit.campaign, kind, unit.subject, unit.sha256) !=
                        ChainIndex::Found::Same)
                        m_changed.insert(kind.mid(4) + unit.subject + unit.campaign);
                    return {};
                },
                [](const UnitSeal &) {});
        }
    }

    bool isChanged(const QString &table, const QString &subject, const QString &campaign) {
        if (!m_changed.contains(table + subject + campaign))
            return false;
        const QString what = subject == QLatin1String("[]") ? table : table + QLatin1Char(' ') + subject;
        lose(QStringLiteral("%1 of %2: it is not what was recorded").arg(what, campaign));
        m_anew.insert(campaign);
        return true;
    }

    // What is left of a campaign whose row is gone is taken for what it is: published files.
    Result<void> ensure(const QString &id) {
        if (m_campaigns.contains(id))
            return {};
        CampaignRecord record;
        record.summary.id = id;
        record.summary.source = kImported;
        record.summary.state = RunState::Lost;
        auto made = m_to.createCampaign(record);
        if (made) {
            m_campaigns.insert(id);
            m_anew.insert(id);
            ++m_recovery.campaigns;
            lose(QStringLiteral("the row of campaign %1; it was made again from its files").arg(id));
        }
        return made;
    }

    static QDateTime timeOf(const std::optional<qint64> &value) {
        return value ? utcOfMilliseconds(*value) : QDateTime();
    }

    Result<void> copyCampaigns() {
        return each("campaign", "id, ref, fleet, protocol, source, state, started_at, peers, phases",
                    QStringLiteral("a campaign"), [&](const Statement &row) -> Result<void> {
                        if (isChanged(QStringLiteral("campaign"), QStringLiteral("[]"), row.text(1)))
                            return {};
                        CampaignRecord record;
                        record.summary.id = row.text(1);
                        record.summary.ref = row.text(2);
                        record.summary.fleet = row.text(3);
                        record.summary.protocol = row.text(4);
                        record.summary.source = row.text(5);
                        record.summary.state = runStateFromName(row.text(6)).value_or(RunState::Lost);
                        record.summary.startedAt = timeOf(row.optionalInteger(7));
                        record.peers = row.text(8).split(kListSeparator, Qt::SkipEmptyParts);
                        record.requiredPhases = numbersFromText(row.text(9));
                        record.parameters = parametersOf(row.text(1));
                        auto made = m_to.createCampaign(record);
                        if (made) {
                            m_campaigns.insert(record.summary.id);
                            ++m_recovery.campaigns;
                        }
                        return made;
                    });
    }

    QMap<QString, QString> parametersOf(const QString &campaign) {
        QMap<QString, QString> parameters;
        if (isChanged(QStringLiteral("parameter"), QStringLiteral("[]"), campaign))
            return parameters;
        auto select = m_from.prepare("SELECT name, value FROM parameter WHERE campaign=?");
        if (!select)
            return parameters;
        select->bind(1, campaign);
        while (select->next())
            parameters.insert(select->text(0), select->text(1));
        return parameters;
    }

    Result<void> copyRuns() {
        return each("phase_run",
                    "campaign, phase, step, host, state, started_at, finished_at, exit_code, job, message",
                    QStringLiteral("a phase's run"), [&](const Statement &row) -> Result<void> {
                        if (auto there = ensure(row.text(1)); !there)
                            return there;
                        if (isChanged(QStringLiteral("phase_run"),
                                      QStringLiteral("[%1,\"%2\",\"%3\"]")
                                          .arg(row.integer(2))
                                          .arg(row.text(3), row.text(4)),
                                      row.text(1)))
                            return {};
                        PhaseRun run;
                        run.phase = static_cast<int>(row.integer(2));
                        run.step = row.text(3);
                        run.host = row.text(4);
                        run.state = runStateFromName(row.text(5)).value_or(RunState::Lost);
                        run.startedAt = timeOf(row.optionalInteger(6));
                        run.finishedAt = timeOf(row.optionalInteger(7));
                        if (const auto code = row.optionalInteger(8))
                            run.exitCode = static_cast<int>(*code);
                        run.jobId = row.text(9);
                        run.message = row.text(10);
                        return m_to.savePhaseRun(row.text(1), run);
                    });
    }

    // A stream as it was; one that is there already stays.
    Result<void> keepStream(const QString &campaign, const EndedStream &stream, const QString &sha256) {
        if (m_streams.contains(campaign + QLatin1Char('/') + stream.name) ||
            isChanged(QStringLiteral("observation_stream"), QStringLiteral("[\"%1\"]").arg(stream.name),
                      campaign))
            return {};
        if (sha256Text(stream.compressed) != sha256) {
            lose(QStringLiteral("%1 of %2: its bytes are not those that were recorded")
                     .arg(stream.name, campaign));
            m_anew.insert(campaign);
            return {};
        }
        if (auto there = ensure(campaign); !there)
            return there;
        auto kept = m_to.saveObservations(campaign, stream);
        if (kept) {
            m_streams.insert(campaign + QLatin1Char('/') + stream.name);
            m_recovery.observations += stream.lines;
        }
        return kept;
    }

    Result<void> copyKeptStreams() {
        const auto known = m_from.hasTable(QStringLiteral("observation_stream"));
        if (!known || !*known)
            return {};
        return each("observation_stream", "campaign, name, plain_bytes, plain_sha256, lines, sha256, bytes",
                    QStringLiteral("a stream of observations"), [&](const Statement &row) {
                        return keepStream(
                            row.text(1),
                            {row.text(2), row.integer(3), row.integer(5), row.text(4), row.blob(7)},
                            row.text(6));
                    });
    }

    // The rows of older versions become streams. They are sorted in a file of their own, since a damaged
    // index cannot be followed and memory is not for gigabytes.
    Result<void> copyObservations() {
        Database &to = m_to.database();
        auto insert =
            to.prepare("INSERT OR IGNORE INTO sorted.line(campaign, stream, offset, line) VALUES (?,?,?,?)");
        if (!insert)
            return insert.error();
        const auto copied = each("observation", "campaign, stream, offset, line",
                                 QStringLiteral("an observation"), [&](const Statement &row) -> Result<void> {
                                     insert->reset();
                                     for (int column = 1; column <= 4; ++column)
                                         insert->bindFrom(column, row, column);
                                     return to.run(*insert, QStringLiteral("sorting an observation"));
                                 });
        if (!copied)
            return copied;
        auto streams =
            to.prepare("SELECT DISTINCT campaign, stream FROM sorted.line ORDER BY campaign, stream");
        auto lines =
            to.prepare("SELECT offset, line FROM sorted.line WHERE campaign=? AND stream=? ORDER BY offset");
        if (!streams || !lines)
            return streams ? lines.error() : streams.error();
        while (streams->next()) {
            lines->reset();
            lines->bind(1, streams->text(0)).bind(2, streams->text(1));
            const EndedStream stream =
                ObservationStreams::ofLines(streams->text(1) + kObservationSuffix, *lines, {});
            if (auto kept = keepStream(streams->text(0), stream, sha256Text(stream.compressed)); !kept)
                return kept;
        }
        return {};
    }

    // A revision as it was, under its number; one that is there already stays.
    Result<void> keepFile(const SalvagedFile &file) {
        const QString name = file.campaign + QLatin1Char('/') + file.name;
        const QString place = QStringLiteral("%1#%2").arg(name).arg(file.revision);
        if (m_files.contains(place))
            return {};
        if (isChanged(file.campaign.isEmpty() ? QStringLiteral("document") : QStringLiteral("evidence_file"),
                      QStringLiteral("[\"%1\",%2]").arg(file.name).arg(file.revision), file.campaign))
            return {};
        if (sha256Text(file.bytes) != file.sha256) {
            lose(QStringLiteral("%1 of %2, revision %3: its bytes are not those that were recorded")
                     .arg(file.name, file.campaign)
                     .arg(file.revision));
            m_anew.insert(file.campaign);
            return {};
        }
        if (auto there = file.campaign.isEmpty() ? Result<void>() : ensure(file.campaign); !there)
            return there;
        auto insert = m_to.database().prepare(file.campaign.isEmpty()
                                                  ? "INSERT INTO document(name, revision, saved_at, sha256, "
                                                    "problem, bytes) VALUES (?2,?3,?4,?5,?6,?8)"
                                                  : "INSERT INTO evidence_file(campaign, name, revision, "
                                                    "saved_at, sha256, problem, removed, bytes) "
                                                    "VALUES (?1,?2,?3,?4,?5,?6,?7,?8)");
        if (!insert)
            return insert.error();
        if (!file.campaign.isEmpty())
            insert->bind(1, file.campaign).bind(7, qint64(file.removed ? 1 : 0));
        insert->bind(2, file.name).bind(3, file.revision).bind(4, file.savedAt).bind(5, file.sha256);
        insert->bind(6, file.problem).bind(8, file.bytes);
        auto kept = m_to.database().run(*insert, QStringLiteral("keeping %1").arg(place));
        if (kept) {
            m_files.insert(place);
            ++m_recovery.files;
        }
        return kept;
    }

    Result<void> copyFiles() {
        return each("evidence_file", "campaign, name, sha256, problem, removed, revision, saved_at, bytes",
                    QStringLiteral("a file"), [&](const Statement &row) {
                        return keepFile({row.text(1), row.text(2), row.integer(6), row.integer(7),
                                         row.text(3), row.text(4), row.integer(5) != 0, row.blob(8)});
                    });
    }

    // Rows that no tree leads to any more, because a page above them is gone.
    Result<void> salvagePages() {
        if (m_isWhole)
            return {};
        return forEachSalvaged(
            m_pages, [this](const SalvagedFile &file) { return keepFile(file); },
            [this](const SalvagedStream &stream) {
                return keepStream(stream.campaign, stream.stream, stream.sha256);
            });
    }

    Result<void> copyStreams() {
        return each("stream", "campaign, name, bytes, sha256", QStringLiteral("a stream"),
                    [&](const Statement &row) -> Result<void> {
                        if (auto there = ensure(row.text(1)); !there)
                            return there;
                        return m_to.saveStream(row.text(1), row.text(2), row.integer(3), row.text(4));
                    });
    }

    Result<void> copyDocuments() {
        return each("document", "name, sha256, problem, revision, saved_at, bytes",
                    QStringLiteral("a document"), [&](const Statement &row) {
                        return keepFile({{},
                                         row.text(1),
                                         row.integer(4),
                                         row.integer(5),
                                         row.text(2),
                                         row.text(3),
                                         false,
                                         row.blob(6)});
                    });
    }

    Result<void> copyJudgements() {
        return each("judgement", "campaign, content", QStringLiteral("a judgement"),
                    [&](const Statement &row) -> Result<void> {
                        if (isChanged(QStringLiteral("judgement"), QStringLiteral("[%1]").arg(row.integer(0)),
                                      row.text(1)))
                            return {};
                        const auto judgement =
                            judgementFromJson(QJsonDocument::fromJson(row.text(2).toUtf8()).object());
                        if (!judgement)
                            return judgement.error();
                        if (auto there = ensure(row.text(1)); !there)
                            return there;
                        return m_to.saveJudgement(row.text(1), *judgement);
                    });
    }

    Result<void> copyTriages() {
        const auto known = m_from.hasTable(QStringLiteral("triage"));
        if (!known || !*known)
            return {};
        return each("triage", "campaign, content, noted_at", QStringLiteral("a triage"),
                    [&](const Statement &row) -> Result<void> {
                        if (isChanged(QStringLiteral("triage"), QStringLiteral("[%1]").arg(row.integer(0)),
                                      row.text(1)))
                            return {};
                        auto triage = triageFromJson(row.text(2).toUtf8());
                        if (!triage)
                            return triage.error();
                        if (auto there = ensure(row.text(1)); !there)
                            return there;
                        triage->at = timeOf(row.integer(3));
                        return m_to.saveTriage(row.text(1), *triage);
                    });
    }

    Result<void> copySummaries() {
        // Where even that cannot be read, neither can the rows.
        const auto hasClaim = m_from.hasColumn(QStringLiteral("campaign"), QStringLiteral("claim"));
        const char *columns = hasClaim && *hasClaim
                                  ? "id, state, finished_at, verdict, claimed, reason, claim"
                                  : "id, state, finished_at, verdict, claimed, reason, ''";
        return each("campaign", columns, QStringLiteral("a verdict"),
                    [&](const Statement &row) -> Result<void> {
                        if (m_changed.contains(QStringLiteral("campaign[]") + row.text(1)))
                            return {};
                        CampaignSummary summary;
                        summary.id = row.text(1);
                        summary.state = runStateFromName(row.text(2)).value_or(RunState::Lost);
                        summary.finishedAt = timeOf(row.optionalInteger(3));
                        summary.verdict = verdictFromName(row.text(4));
                        if (const auto claimed = row.optionalInteger(5))
                            summary.claimedPass = *claimed != 0;
                        summary.reason = row.text(6);
                        summary.claim = row.text(7);
                        return m_to.updateCampaign(summary);
                    });
    }

    Result<void> copyRemovals() {
        const auto known = m_from.hasTable(QStringLiteral("removal"));
        if (!known || !*known)
            return {};
        return each("removal", "campaign, removed", QStringLiteral("a removal"),
                    [&](const Statement &row) { return m_to.setRemoved(row.text(1), row.integer(2) != 0); });
    }

    // What lost something is not what it was judged as.
    Result<void> judgeAnew() {
        for (const QString &id : std::as_const(m_anew)) {
            if (!m_campaigns.contains(id))
                continue;
            const auto record = m_to.loadEvidence(id);
            if (!record)
                return record.error();
            const Judgement judgement = judgeRecord(*record, builtInProtocols());
            CampaignSummary summary = record->summary;
            setJudgement(summary, judgement);
            if (auto saved = m_to.saveJudgement(id, judgement); !saved)
                return saved;
            if (auto saved = m_to.updateCampaign(summary); !saved)
                return saved;
        }
        return {};
    }

    Database &m_from;
    const QString m_pages; ///< the file to be looked through page by page
    CampaignStore &m_to;
    const ArchiveProgress &m_progress;
    qint64 m_rows = 0;
    Recovery m_recovery;
    bool m_isWhole = true;
    QSet<QString> m_campaigns;
    QSet<QString> m_streams; ///< "campaign/name"
    QSet<QString> m_files;   ///< and documents: "campaign/name#revision"
    QSet<QString> m_changed; ///< units that are not what the chain says: table, subject, campaign
    QSet<QString> m_anew;    ///< campaigns that are to be judged anew
};

// A table beside the new archive that is gone with it: it has no link, and needs none.
Result<void> sortInto(Database &to, const QString &file) {
    auto attach = to.prepare("ATTACH ? AS sorted");
    if (!attach)
        return attach.error();
    attach->bind(1, file);
    if (auto attached = to.run(*attach, QStringLiteral("making %1").arg(file)); !attached)
        return attached;
    return to.execute("CREATE TABLE sorted.line(campaign TEXT, stream TEXT, offset INTEGER, line BLOB, "
                      "PRIMARY KEY(campaign, stream, offset))");
}

const QStringList kFiles{QStringLiteral("archive.sqlite"), QStringLiteral("archive.sqlite-wal")};

} // namespace

Result<Recovery> recover(const Paths &paths, const ArchiveProgress &progress) {
    if (auto whole = ArchiveExchange::takeUp(paths); !whole)
        return whole.error();
    // Older versions set the damaged files aside first, and could be cut off before there was a new archive.
    const bool isThere = QFile::exists(paths.archiveFile());
    const QString source = isThere ? paths.dataDir : ArchiveExchange::newestSetAside(paths);
    if (source.isEmpty())
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1.").arg(paths.dataDir)};
    if (isThere) {
        const auto health = checkArchive(paths, progress);
        if (health && health->problems.isEmpty())
            return Recovery{{}, health->campaigns, health->files, health->observations, {}};
        if (!health && health.error().code != ErrorCode::Corrupt)
            return health.error(); // a newer schema or no permission is no damage
    }
    auto exchange = ArchiveExchange::begin(paths);
    if (!exchange)
        return exchange.error();
    // Work on a copy: even to look at a write-ahead log may write to its file.
    const QDir work(exchange->making().dataDir + QStringLiteral("/source"));
    if (!QDir().mkdir(work.path()))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(work.path())};
    for (const QString &name : kFiles) {
        const QString file = source + QLatin1Char('/') + name;
        if (QFile::exists(file) && !QFile::copy(file, work.filePath(name)))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be copied. Nothing was changed.").arg(file)};
    }
    Result<Recovery> recovery = Error{};
    {
        const auto from = Database::openReadOnly(work.filePath(kFiles.constFirst()));
        if (!from)
            return from.error();
        const auto to = CampaignStore::open(exchange->making());
        if (!to)
            return to.error();
        const auto sorted = sortInto((*to)->database(), work.filePath(QStringLiteral("sorted.sqlite")));
        if (!sorted)
            return sorted.error();
        recovery = Copier(**from, work.filePath(kFiles.constFirst()), **to, progress).run();
    }
    QDir(work).removeRecursively();
    if (!recovery)
        return recovery;
    const auto aside = exchange->finish();
    if (!aside)
        return aside.error();
    recovery->setAside = isThere ? *aside : source;
    return recovery;
}

} // namespace slipway
