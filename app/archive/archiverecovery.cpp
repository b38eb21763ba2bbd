// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/rowtext.h"
#include "models/evidence/judgementjson.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>

namespace slipway {

namespace {

constexpr qsizetype kLost = 100;

// Copies what is whole, campaign by campaign.
class Copier {
public:
    Copier(Database &from, CampaignStore &to) : m_from(from), m_to(to) {}

    Result<Recovery> run() {
        const auto done = m_to.together([&]() -> Result<void> {
            for (const auto step : {&Copier::copyCampaigns, &Copier::copyRuns, &Copier::copyObservations,
                                    &Copier::copyFiles, &Copier::copyStreams, &Copier::copyDocuments,
                                    &Copier::copyJudgements, &Copier::copyTriages, &Copier::copySummaries}) {
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

    static QDateTime timeOf(const std::optional<qint64> &value) {
        return value ? QDateTime::fromMSecsSinceEpoch(*value, Qt::UTC) : QDateTime();
    }

    Result<void> copyCampaigns() {
        return each("campaign", "id, ref, fleet, protocol, source, state, started_at, peers, phases",
                    QStringLiteral("a campaign"), [&](const Statement &row) -> Result<void> {
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
                        ++m_recovery.campaigns;
                        return m_to.createCampaign(record);
                    });
    }

    QMap<QString, QString> parametersOf(const QString &campaign) {
        QMap<QString, QString> parameters;
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
                    QStringLiteral("a phase's run"), [&](const Statement &row) {
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

    Result<void> copyObservations() {
        return each(
            "observation", "campaign, stream, offset, line", QStringLiteral("an observation"),
            [&](const Statement &row) {
                ++m_recovery.observations;
                return m_to.appendObservations(row.text(1), {{row.text(2), row.integer(3), row.blob(4)}});
            });
    }

    Result<void> copyFiles() {
        return each(
            "evidence_file", "campaign, name, sha256, problem, removed, bytes, revision",
            QStringLiteral("a file"), [&](const Statement &row) -> Result<void> {
                const QByteArray bytes = row.blob(6);
                if (sha256Text(bytes) != row.text(3)) {
                    lose(QStringLiteral("%1 of %2, revision %3: its bytes are not those that were recorded")
                             .arg(row.text(2), row.text(1))
                             .arg(row.integer(7)));
                    return {};
                }
                ++m_recovery.files;
                if (row.integer(5) != 0)
                    return m_to.removeFile(row.text(1), row.text(2));
                const auto saved = m_to.saveFile(row.text(1), {row.text(2), bytes, row.text(4)});
                return saved ? Result<void>() : saved.error();
            });
    }

    Result<void> copyStreams() {
        return each("stream", "campaign, name, bytes, sha256", QStringLiteral("a stream"),
                    [&](const Statement &row) {
                        return m_to.saveStream(row.text(1), row.text(2), row.integer(3), row.text(4));
                    });
    }

    Result<void> copyDocuments() {
        return each(
            "document", "name, sha256, problem, bytes", QStringLiteral("a document"),
            [&](const Statement &row) -> Result<void> {
                const QByteArray bytes = row.blob(4);
                if (sha256Text(bytes) != row.text(2)) {
                    lose(QStringLiteral("%1: its bytes are not those that were recorded").arg(row.text(1)));
                    return {};
                }
                ++m_recovery.files;
                const auto saved = m_to.saveDocument({row.text(1), bytes, row.text(3)});
                return saved ? Result<void>() : saved.error();
            });
    }

    Result<void> copyJudgements() {
        return each("judgement", "campaign, content", QStringLiteral("a judgement"),
                    [&](const Statement &row) -> Result<void> {
                        const auto judgement =
                            judgementFromJson(QJsonDocument::fromJson(row.text(2).toUtf8()).object());
                        if (!judgement)
                            return judgement.error();
                        return m_to.saveJudgement(row.text(1), *judgement);
                    });
    }

    Result<void> copyTriages() {
        const auto known = m_from.hasTable(QStringLiteral("triage"));
        if (!known || !*known)
            return {};
        return each("triage", "campaign, content, noted_at", QStringLiteral("a triage"),
                    [&](const Statement &row) -> Result<void> {
                        auto triage = triageFromJson(row.text(2).toUtf8());
                        if (!triage)
                            return triage.error();
                        triage->at = timeOf(row.integer(3));
                        return m_to.saveTriage(row.text(1), *triage);
                    });
    }

    Result<void> copySummaries() {
        return each("campaign", "id, state, finished_at, verdict, claimed, reason",
                    QStringLiteral("a verdict"), [&](const Statement &row) {
                        CampaignSummary summary;
                        summary.id = row.text(1);
                        summary.state = runStateFromName(row.text(2)).value_or(RunState::Lost);
                        summary.finishedAt = timeOf(row.optionalInteger(3));
                        summary.verdict = verdictFromName(row.text(4));
                        if (const auto claimed = row.optionalInteger(5))
                            summary.claimedPass = *claimed != 0;
                        summary.reason = row.text(6);
                        return m_to.updateCampaign(summary);
                    });
    }

    Database &m_from;
    CampaignStore &m_to;
    Recovery m_recovery;
};

const QStringList kFiles{QStringLiteral("archive.sqlite"), QStringLiteral("archive.sqlite-wal"),
                         QStringLiteral("archive.sqlite-shm"), QStringLiteral("archive.head")};

Result<QString> setAside(const Paths &paths) {
    const QString folder = paths.dataDir + QStringLiteral("/damaged-") +
                           QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    if (!QDir().mkdir(folder))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(folder)};
    for (const QString &name : kFiles) {
        const QString file = paths.dataDir + QLatin1Char('/') + name;
        if (QFile::exists(file) && !QFile::rename(file, folder + QLatin1Char('/') + name))
            return Error{ErrorCode::Io, QStringLiteral("%1 cannot be moved to %2.").arg(file, folder)};
    }
    return folder;
}

} // namespace

Result<Recovery> recover(const Paths &paths) {
    if (!QFile::exists(paths.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1.").arg(paths.dataDir)};
    const auto health = checkArchive(paths);
    if (health && health->problems.isEmpty())
        return Recovery{{}, health->campaigns, health->files, health->observations, {}};
    if (!health && health.error().code != ErrorCode::Corrupt)
        return health.error(); // a newer schema or no permission is no damage
    const auto folder = setAside(paths);
    if (!folder)
        return folder.error();
    // Work on a copy: even to look at a write-ahead log may write to its file.
    QTemporaryDir work(paths.dataDir + QStringLiteral("/recover-XXXXXX"));
    for (const QString &name : {kFiles.at(0), kFiles.at(1)}) {
        const QString file = *folder + QLatin1Char('/') + name;
        if (QFile::exists(file) && !QFile::copy(file, work.filePath(name)))
            return Error{
                ErrorCode::Io,
                QStringLiteral("%1 cannot be copied. The damaged files are in %2.").arg(file, *folder)};
    }
    const auto from = Database::openReadOnly(work.filePath(kFiles.at(0)));
    if (!from)
        return from.error();
    const auto to = CampaignStore::open(paths);
    if (!to)
        return to.error();
    auto recovery = Copier(**from, **to).run();
    if (recovery)
        recovery->setAside = *folder;
    return recovery;
}

} // namespace slipway
