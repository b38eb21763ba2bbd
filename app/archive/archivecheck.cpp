// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecheck.h"

#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/archive/rowtext.h"
#include "app/core/sha256.h"

#include <QFile>

namespace slipway {

namespace {

constexpr qsizetype kProblems = 100;

class Checker {
public:
    explicit Checker(Database &database) : m_database(database) {}

    Result<ArchiveHealth> run() {
        const auto damaged = m_database.integrityProblems();
        if (!damaged)
            return damaged.error();
        m_health.problems += *damaged;
        for (const auto step :
             {&Checker::checkChain, &Checker::checkFiles, &Checker::checkDocuments, &Checker::checkJudgements,
              &Checker::checkTriages, &Checker::checkObservations, &Checker::checkCampaigns}) {
            if (const auto done = (this->*step)(); !done)
                return done.error();
        }
        return m_health;
    }

private:
    void say(const QString &problem) {
        if (m_health.problems.size() < kProblems)
            m_health.problems << problem;
    }

    // Runs a query and hands each of its rows on.
    Result<void> each(const char *sql, const std::function<Result<void>(const Statement &)> &row) {
        auto select = m_database.prepare(sql);
        if (!select)
            return select.error();
        while (select->next()) {
            if (auto done = row(*select); !done)
                return done;
        }
        if (select->status() != SQLITE_DONE)
            say(m_database.error(QStringLiteral("reading it")).text);
        return {};
    }

    Result<void> checkChain() {
        QString previous;
        return each(
            "SELECT seq, campaign, kind, subject, sha256, hash FROM event ORDER BY seq",
            [&](const Statement &row) -> Result<void> {
                const ChainEvent event{row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4)};
                if (event.seq != ++m_health.entries)
                    say(QStringLiteral("entries %1 to %2 are missing")
                            .arg(m_health.entries)
                            .arg(event.seq - 1));
                else if (row.text(5) != EvidenceChain::hashOf(previous, event))
                    say(QStringLiteral("entry %1 (%2 %3 of %4) is not the one that was recorded")
                            .arg(event.seq)
                            .arg(event.kind, event.subject, event.campaign));
                m_health.entries = event.seq;
                previous = row.text(5);
                return {};
            });
    }

    // The row's bytes against the link that recorded them.
    Result<void> compare(const QString &campaign, const QString &kind, const QString &subject,
                         const QString &sha256) {
        auto select = m_database.prepare(
            "SELECT sha256 FROM event WHERE campaign=? AND kind=? AND subject=? ORDER BY seq DESC LIMIT 1");
        if (!select)
            return select.error();
        select->bind(1, campaign).bind(2, kind).bind(3, subject);
        if (!select->next())
            say(QStringLiteral("%1 %2 of %3 was never recorded").arg(kind, subject, campaign));
        else if (select->text(0) != sha256)
            say(QStringLiteral("%1 %2 of %3 has other bytes than were recorded")
                    .arg(kind, subject, campaign));
        return {};
    }

    // As many rows as links of this kind: a row that is gone leaves its link behind.
    Result<void> compareCount(const QString &kind, qint64 rows) {
        auto select = m_database.prepare("SELECT count(*) FROM event WHERE kind=?");
        if (!select)
            return select.error();
        select->bind(1, kind);
        if (!select->next() || select->integer(0) != rows)
            say(QStringLiteral("%1 entries of kind \"%2\" were recorded, %3 are there")
                    .arg(select->integer(0))
                    .arg(kind)
                    .arg(rows));
        return {};
    }

    Result<void> checkFiles() {
        qint64 rows = 0;
        const auto done = each(
            "SELECT campaign, name, revision, problem, removed, bytes FROM evidence_file",
            [&](const Statement &row) {
                ++rows;
                return compare(row.text(0), QStringLiteral("file"),
                               fileSubject(row.text(1), row.integer(2), row.text(3), row.integer(4) != 0),
                               sha256Text(row.blob(5)));
            });
        m_health.files += rows;
        return done ? compareCount(QStringLiteral("file"), rows) : done;
    }

    Result<void> checkDocuments() {
        qint64 rows = 0;
        const auto done =
            each("SELECT name, revision, problem, bytes FROM document", [&](const Statement &row) {
                ++rows;
                return compare(QString(), QStringLiteral("document"),
                               fileSubject(row.text(0), row.integer(1), row.text(2), false),
                               sha256Text(row.blob(3)));
            });
        m_health.files += rows;
        return done ? compareCount(QStringLiteral("document"), rows) : done;
    }

    Result<void> checkJudgements() {
        qint64 rows = 0;
        const auto done = each("SELECT campaign, id, content FROM judgement", [&](const Statement &row) {
            ++rows;
            return compare(row.text(0), QStringLiteral("judgement"), QString::number(row.integer(1)),
                           sha256Text(row.text(2).toUtf8()));
        });
        return done ? compareCount(QStringLiteral("judgement"), rows) : done;
    }

    Result<void> checkTriages() {
        const auto known = m_database.hasTable(QStringLiteral("triage"));
        if (!known || !*known)
            return known ? Result<void>() : known.error();
        qint64 rows = 0;
        const auto done = each("SELECT campaign, id, content FROM triage", [&](const Statement &row) {
            ++rows;
            return compare(row.text(0), QStringLiteral("triage"), QString::number(row.integer(1)),
                           sha256Text(row.text(2).toUtf8()));
        });
        return done ? compareCount(QStringLiteral("triage"), rows) : done;
    }

    // Each link covers a range of rows.
    Result<void> checkObservations() {
        qint64 covered = 0;
        auto select = m_database.prepare(
            "SELECT stream, offset, line FROM observation WHERE id BETWEEN ? AND ? ORDER BY id");
        if (!select)
            return select.error();
        auto done =
            each("SELECT campaign, subject, sha256 FROM event WHERE kind='observations'",
                 [&](const Statement &link) -> Result<void> {
                     const QStringList range = link.text(1).split(QLatin1Char('-'));
                     select->reset();
                     select->bind(1, range.value(0).toLongLong()).bind(2, range.value(1).toLongLong());
                     QList<ObservationRow> rows;
                     while (select->next())
                         rows.append({select->text(0), select->integer(1), select->blob(2)});
                     covered += rows.size();
                     if (observationsHash(rows) != link.text(2))
                         say(QStringLiteral("observations %1 of %2 are not those that were recorded")
                                 .arg(link.text(1), link.text(0)));
                     return {};
                 });
        if (!done)
            return done;
        return each("SELECT count(*) FROM observation", [&](const Statement &row) -> Result<void> {
            m_health.observations = row.integer(0);
            if (m_health.observations != covered)
                say(QStringLiteral("%1 observations are there, %2 were recorded")
                        .arg(m_health.observations)
                        .arg(covered));
            return {};
        });
    }

    Result<void> checkCampaigns() {
        const auto done = each("SELECT count(*) FROM campaign", [&](const Statement &row) -> Result<void> {
            m_health.campaigns = row.integer(0);
            return {};
        });
        return done ? compareCount(QStringLiteral("campaign"), m_health.campaigns) : done;
    }

    Database &m_database;
    ArchiveHealth m_health;
};

// A stream's spool beside the archive, as long and as it was when the stream ended.
void checkSpool(const Paths &paths, const Statement &row, ArchiveHealth &health) {
    QFile file(paths.spoolDir(row.text(0)) + QLatin1Char('/') + row.text(1));
    Sha256 hash;
    if (!file.open(QIODevice::ReadOnly))
        health.problems << QStringLiteral("%1 is missing: %2").arg(file.fileName(), file.errorString());
    else if (!hash.add(file) || QString::fromLatin1(hash.hex()) != row.text(2))
        health.problems << QStringLiteral("%1 has other bytes than were recorded").arg(file.fileName());
}

} // namespace

Result<ArchiveHealth> checkRows(Database &database) {
    return Checker(database).run();
}

Result<ArchiveHealth> checkArchive(const Paths &paths) {
    const auto store = CampaignStore::open(paths.archiveFile(), paths.archiveLock());
    if (!store)
        return store.error();
    auto health = checkRows((*store)->database());
    if (!health)
        return health;
    auto streams = (*store)->database().prepare("SELECT campaign, name, sha256 FROM stream");
    if (!streams)
        return streams.error();
    while (streams->next())
        checkSpool(paths, *streams, *health);
    return health;
}

} // namespace slipway
