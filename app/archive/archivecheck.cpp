// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecheck.h"

#include "app/archive/archive.h"
#include "app/archive/archiveschema.h"
#include "app/archive/chainindex.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/oldlinks.h"
#include "app/archive/rowseals.h"
#include "app/core/sha256.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSet>

#include <chrono>
#include <future>

namespace slipway {

namespace {

constexpr qsizetype kProblems = 100;
constexpr int kProgressMs = 200;

class Checker {
public:
    Checker(const Paths &paths, SqliteConnection &database, const ArchiveProgress &progress)
        : m_paths(paths), m_database(database), m_progress(progress) {
        m_reported.start();
    }

    // All of it is of one moment, whatever is written meanwhile.
    Result<ArchiveHealth> run() {
        TRY(m_database.execute("BEGIN"));
        for (const auto step :
             {&Checker::checkSchema, &Checker::checkHead, &Checker::checkChain, &Checker::checkRows,
              &Checker::checkObservations, &Checker::checkSpools, &Checker::count}) {
            const auto done = (this->*step)();
            if (!done && done.error().code != ErrorCode::Corrupt)
                return done.error();
            if (!done)
                say(done.error().text);
        }
        return m_health;
    }

private:
    void say(const QString &problem) {
        if (m_health.problems.size() < kProblems)
            m_health.problems << problem;
    }

    void report(const QString &doing, qint64 done, qint64 total = 0) {
        if (!m_reported.hasExpired(kProgressMs))
            return;
        m_progress(doing, done, total);
        m_reported.restart();
    }

    Result<void> checkSchema() {
        const auto problems = schemaProblems(m_database);
        if (!problems)
            return problems.error();
        for (const QString &problem : *problems)
            say(problem);
        return {};
    }

    Result<void> checkHead() { return EvidenceChain(m_database, headFileOf(m_paths)).verifyHead(); }

    Result<void> checkChain() {
        auto select =
            m_database.prepare("SELECT seq, campaign, kind, subject, sha256, hash FROM event ORDER BY seq");
        if (!select)
            return select.error();
        QString previous;
        while (select->next()) {
            const ChainEvent event{select->integer(0), select->text(1), select->text(2), select->text(3),
                                   select->text(4)};
            if (event.seq != ++m_health.entries)
                say(QStringLiteral("entries %1 to %2 are missing").arg(m_health.entries).arg(event.seq - 1));
            else if (select->text(5) != EvidenceChain::hashOf(previous, event))
                say(QStringLiteral("entry %1 (%2) is not the one that was recorded")
                        .arg(event.seq)
                        .arg(unitText(event.kind, event.subject, event.campaign)));
            m_health.entries = event.seq;
            report(QStringLiteral("links of the chain"), event.seq);
            previous = select->text(5);
            if (event.kind.startsWith(QLatin1String("row ")))
                m_links.add(event.seq, event.campaign, event.kind, event.subject, event.sha256);
            m_isBegun = m_isBegun || event.kind == QLatin1String("begin");
        }
        return select->status() == SQLITE_DONE ? Result<void>()
                                               : m_database.error(QStringLiteral("reading the chain"));
    }

    Result<void> checkRows() {
        RowSeals seals(m_database);
        const auto tables = seals.tables();
        if (!tables)
            return tables.error();
        if (!m_isBegun && m_health.entries > 0)
            say(QStringLiteral("the chain does not begin"));
        for (const SealedTable &table : *tables) {
            const QString kind = RowSeals::linkKind(table);
            const QString name = QString::fromUtf8(table.name);
            const auto wrongBlob = [&](const UnitSeal &unit) {
                say(QStringLiteral("%1 has other bytes than were recorded")
                        .arg(unitText(name, unit.subject, unit.campaign)));
            };
            const auto seen = [&](const UnitSeal &unit) -> Result<void> {
                report(QStringLiteral("rows, of table %1").arg(name), ++m_rows);
                switch (m_links.compare(unit.campaign, kind, unit.subject, unit.sha256)) {
                case ChainIndex::Found::Same:
                    break;
                case ChainIndex::Found::Other:
                    say(QStringLiteral("%1 is not what was recorded")
                            .arg(unitText(name, unit.subject, unit.campaign)));
                    break;
                case ChainIndex::Found::Never:
                    say(QStringLiteral("%1 was never recorded")
                            .arg(unitText(name, unit.subject, unit.campaign)));
                    break;
                }
                return {};
            };
            const auto done = seals.forEachUnit(table, seen, wrongBlob);
            if (!done && done.error().code != ErrorCode::Corrupt)
                return done;
            if (!done)
                say(done.error().text);
        }
        return sayUnseen();
    }

    Result<void> sayUnseen() {
        auto select = m_database.prepare("SELECT kind, subject, campaign FROM event WHERE seq=?");
        if (!select)
            return select.error();
        for (const qint64 seq : m_links.unseen()) {
            if (m_health.problems.size() >= kProblems)
                break;
            select->reset();
            select->bind(1, seq);
            if (select->next())
                say(QStringLiteral("%1 was recorded and is missing")
                        .arg(unitText(select->text(0).mid(4), select->text(1), select->text(2))));
        }
        return {};
    }

    Result<void> checkObservations() {
        const auto problems = oldObservationProblems(m_database, m_health.observations);
        if (!problems)
            return problems.error();
        for (const QString &problem : *problems)
            say(problem);
        return {};
    }

    // Each log next to the archive, as it was when its stream ended, and nothing else there. The spool of a
    // stream of observations goes once they are kept; one that a crash left behind is the same.
    Result<void> checkSpools() {
        auto streams = m_database.prepare("SELECT s.campaign, s.name, s.sha256, c.finished_at, s.stays FROM "
                                          "(SELECT campaign, name, sha256, 1 "
                                          "AS stays FROM stream UNION ALL SELECT campaign, name, "
                                          "plain_sha256, 0 FROM observation_stream) s "
                                          "LEFT JOIN campaign c ON c.id=s.campaign ORDER BY s.campaign");
        if (!streams)
            return streams.error();
        QSet<QString> known;
        QString campaign;
        const auto endOfCampaign = [&] {
            for (const QString &name :
                 QDir(m_paths.spoolDir(campaign)).entryList({QStringLiteral("phase*")}, QDir::Files)) {
                if (!campaign.isEmpty() && !known.contains(name))
                    say(QStringLiteral("%1/%2 was never recorded").arg(m_paths.spoolDir(campaign), name));
            }
            known.clear();
        };
        bool ended = true;
        while (streams->next()) {
            if (streams->text(0) != campaign) {
                if (ended)
                    endOfCampaign();
                campaign = streams->text(0);
                known.clear();
            }
            ended = streams->optionalInteger(3).has_value();
            known.insert(streams->text(1));
            TRY(checkSpool(*streams));
        }
        if (ended)
            endOfCampaign();
        return streams->status() == SQLITE_DONE ? Result<void>()
                                                : m_database.error(QStringLiteral("reading its streams"));
    }

    Result<void> checkSpool(const Statement &row) {
        QFile file(m_paths.spoolDir(row.text(0)) + QLatin1Char('/') + row.text(1));
        Sha256 hash;
        const bool stays = row.integer(4) != 0;
        report(QStringLiteral("log ") + file.fileName(), 0);
        if (!file.exists() && stays)
            say(QStringLiteral("%1 is missing").arg(file.fileName()));
        else if (file.exists() && !QFileInfo(file).isFile())
            say(QStringLiteral("%1 is not a regular file").arg(file.fileName()));
        else if (file.exists() && (!file.open(QIODevice::ReadOnly) || !hash.add(file)))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be read: %2").arg(file.fileName(), file.errorString())};
        else if (file.exists() && QString::fromLatin1(hash.hex()) != row.text(2))
            say(QStringLiteral("%1 has other bytes than were recorded").arg(file.fileName()));
        return {};
    }

    Result<void> count() {
        for (const auto &[sql, into] :
             {std::pair{"SELECT count(*) FROM campaign", &m_health.campaigns},
              std::pair{"SELECT (SELECT count(*) FROM observation) + (SELECT coalesce(sum(lines), 0) FROM "
                        "observation_stream)",
                        &m_health.observations},
              std::pair{"SELECT (SELECT count(*) FROM evidence_file) + (SELECT count(*) FROM document)",
                        &m_health.files}}) {
            auto select = m_database.prepare(sql);
            if (!select || !select->next())
                return m_database.error(QStringLiteral("counting"));
            *into = select->integer(0);
        }
        return {};
    }

    const Paths &m_paths;
    SqliteConnection &m_database;
    const ArchiveProgress &m_progress;
    QElapsedTimer m_reported;
    qint64 m_rows = 0;
    ChainIndex m_links;
    bool m_isBegun = false;
    ArchiveHealth m_health;
};

} // namespace

Result<ArchiveHealth> checkArchive(const Paths &paths, const ArchiveProgress &progress) {
    auto database = Archive::openDatabaseToRead(paths);
    if (!database)
        return database.error();
    // SQLite's own check takes as long as all of ours: it is made at the same time, by a connection of its
    // own.
    auto pages = std::async(std::launch::async, [&paths]() -> Result<QStringList> {
        auto own = Database::openToRead(paths.archiveFile(), paths.archiveLock());
        return own ? (*own)->integrityProblems() : own.error();
    });
    auto health = Checker(paths, **database, progress).run();
    while (pages.wait_for(std::chrono::milliseconds(kProgressMs)) != std::future_status::ready)
        progress(QStringLiteral("pages and indexes"), 0, 0);
    const auto problems = pages.get();
    if (!health)
        return health;
    if (!problems)
        return problems.error();
    health->problems = *problems + health->problems;
    return health;
}

} // namespace slipway
