// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/observationstore.h"
#include "app/archive/searchindex.h"
#include "app/archive/triagestore.h"
#include "tests/app/archive/threecampaigns.h"

#include <QSet>
#include <QTest>

#include <atomic>
#include <thread>

using namespace slipway;

// What another program did to an archive is never written under, nor sealed as sound.
class ArchiveSealsTest : public QObject, private test::ThreeCampaigns {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

    // What another program made, changed or removed of the schema: a trigger would write under our seals.
    void aForeignSchemaIsFoundAndNothingIsWritten_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *sql, const char *problem) {
            QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(problem);
        };
        row("a trigger",
            "CREATE TRIGGER t AFTER INSERT ON triage BEGIN UPDATE campaign SET verdict='PROVEN' WHERE "
            "id='c1'; END",
            "the trigger t was not made by Slipway");
        row("a table", "CREATE TABLE mine(x INTEGER PRIMARY KEY)", "the table mine was not made by Slipway");
        row("a table without a key", "CREATE TABLE mine(x)", "the table mine was not made by Slipway");
        row("a view", "CREATE VIEW v AS SELECT * FROM campaign", "the view v was not made by Slipway");
        row("an index", "CREATE INDEX i ON campaign(ref)", "the index i was not made by Slipway");
        row("statistics", "ANALYZE", "the table sqlite_stat1 was not made by Slipway");
        row("a trigger gone", "DROP TRIGGER file_stays", "the trigger file_stays is missing");
        row("an index gone", "DROP INDEX triage_of", "the index triage_of is missing");
        row("a table gone", "DROP TABLE salient", "the table salient is missing");
        row("a column", "ALTER TABLE campaign ADD COLUMN x TEXT",
            "the table campaign is not as Slipway made it");
        row("another trigger",
            "DROP TRIGGER file_stays; CREATE TRIGGER file_stays BEFORE UPDATE ON evidence_file BEGIN SELECT "
            "1; END",
            "the trigger file_stays is not as Slipway made it");
        const auto version = [](int number) {
            const QString name = QString::number(number);
            QTest::newRow(qPrintable(QStringLiteral("version ") + name))
                << QStringLiteral("PRAGMA user_version=") + name
                << QStringLiteral("its version number (user_version) is %1, and its tables are those of ")
                       .arg(name);
        };
        for (const int number : {0, 1, 3, 4, 5})
            version(number);
    }

    void aForeignSchemaIsFoundAndNothingIsWritten() {
        QFETCH(QString, sql);
        QFETCH(QString, problem);
        outside(sql);
        const QByteArray before = read(m_paths.archiveFile());
        const auto health = checkArchive(m_paths);
        const QString found = health ? health->problems.join(QLatin1Char('\n')) : health.error().text;
        QVERIFY2(found.contains(problem), qPrintable(found));
        QVERIFY(health.ok() || health.error().code == ErrorCode::Corrupt);
        const auto archive = Archive::open(m_paths);
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::Corrupt);
        QVERIFY2(archive.error().text.contains(problem), qPrintable(archive.error().text));
        QVERIFY2(archive.error().text.contains(QStringLiteral("slipwayctl archive recover")),
                 qPrintable(archive.error().text));
        QVERIFY(!archive.error().text.contains(QStringLiteral("CREATE TABLE")));
        QCOMPARE(read(m_paths.archiveFile()), before);
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
    }

    void aTriggerThatIsMadeWhileTheArchiveIsOpenStopsTheNextWrite() {
        const auto archive = Archive::open(m_paths);
        QVERIFY(archive.ok());
        QVERIFY(TriageStore(**archive).save(QStringLiteral("c1"), {FailureClass::Product, {}, {}, {}}).ok());
        outside(QStringLiteral("CREATE TRIGGER t AFTER INSERT ON triage BEGIN UPDATE campaign SET "
                               "verdict='PROVEN' WHERE id='c1'; END"));
        const auto saved =
            TriageStore(**archive).save(QStringLiteral("c1"), {FailureClass::Harness, {}, {}, {}});
        QVERIFY(!saved.ok());
        QVERIFY2(saved.error().text.contains(QStringLiteral("the trigger t ")),
                 qPrintable(saved.error().text));
        const auto record = CampaignReader(**archive).load(QStringLiteral("c1"));
        QVERIFY(!record->summary.verdict);
        QCOMPARE(record->summary.triage.failureClass, FailureClass::Product);
    }

    // Rows and links are read at one moment, so that what we write meanwhile is not a stranger's.
    void aCampaignThatIsWrittenMeanwhileIsNotTakenForChanged() {
        const QString id = QStringLiteral("c2");
        std::atomic<bool> hasEnded = false;
        bool isWritten = true;
        std::thread writer([&] {
            const auto archive = Archive::open(m_paths);
            for (int i = 0; i < 60 && archive; ++i) {
                PhaseRun run;
                run.phase = 2;
                run.step = QStringLiteral("burst");
                run.host = QStringLiteral("node-a");
                run.message = QString::number(i);
                isWritten = isWritten && CampaignStore(**archive).savePhaseRun(id, run).ok();
            }
            isWritten = isWritten && archive;
            hasEnded = true;
        });
        QStringList wrong;
        QSet<QString> seen;
        while (!hasEnded) {
            const auto archive = Archive::openToRead(m_paths);
            const auto record = archive ? CampaignReader(**archive).loadEvidence(id) : archive.error();
            if (!record || !record->findings.isEmpty())
                wrong << (record ? record->findings.constFirst().reason : record.error().text);
            else if (!record->phaseRuns.isEmpty())
                seen.insert(record->phaseRuns.constFirst().message);
        }
        writer.join();
        QVERIFY(isWritten);
        QCOMPARE(wrong, QStringList());
        QVERIFY2(seen.size() > 1, "it was not read while it was written");
    }

    // A row that another program changed is not sealed as sound by the next write of ours.
    void damageIsNeverSealedAsSound_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("write");
        const auto row = [](const char *name, const char *sql, int write) {
            QTest::newRow(name) << QString::fromLatin1(sql) << write;
        };
        row("a ref, and a judgement", "UPDATE campaign SET ref='other', finished_at=7 WHERE id='c2'", 0);
        row("a campaign, and the same", "DELETE FROM campaign WHERE id='c2'", 1);
        row("a run", "INSERT INTO phase_run VALUES('c2',2,'x','y','passed',1,2,0,'j','',0)", 2);
        row("the last triage, and one more",
            "DROP TRIGGER triage_kept; DELETE FROM triage WHERE campaign='c3'; CREATE TRIGGER triage_kept "
            "BEFORE DELETE ON triage BEGIN SELECT RAISE(ABORT, 'a triage is never removed'); END",
            3);
        row("a log's hash, and another end", "UPDATE stream SET bytes=8 WHERE campaign='c2'", 4);
        row("what a search finds", "UPDATE salient SET place='p' WHERE campaign='c2'", 5);
        row("a file, and its next revision", "INSERT INTO evidence_file VALUES('c2','z',1,0,'','',0,x'')", 6);
    }

    void damageIsNeverSealedAsSound() {
        QFETCH(QString, sql);
        QFETCH(int, write);
        outside(sql);
        const auto health = checkArchive(m_paths);
        QVERIFY(health.ok());
        QVERIFY(!health->problems.isEmpty());
        const QString id = QStringLiteral("c2");
        {
            const auto archive = Archive::open(m_paths);
            QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
            CampaignRecord record;
            record.summary.id = id;
            record.summary.source = QStringLiteral("run");
            PhaseRun run;
            run.phase = 2;
            run.step = QStringLiteral("x");
            run.host = QStringLiteral("y");
            const std::function<Result<void>()> writes[]{
                [&] { return CampaignStore(**archive).update(record.summary); },
                [&] { return CampaignStore(**archive).create(record); },
                [&] { return CampaignStore(**archive).savePhaseRun(id, run); },
                [&] {
                    return TriageStore(**archive).save(QStringLiteral("c3"),
                                                       {FailureClass::Product, {}, {}, {}});
                },
                [&] {
                    return ObservationStore(**archive).saveSpool(id, QStringLiteral("x.log"), 9, QString());
                },
                [&] { return SearchIndex(**archive).replace(id, QStringLiteral("reason"), {}); },
                [&]() -> Result<void> {
                    const auto saved = EvidenceStore(**archive).save(id, {QStringLiteral("z"), "more"});
                    return saved ? Result<void>() : saved.error();
                }};
            const auto written = writes[write]();
            if (write == 6) { // the row that was slipped in stays as it is, and is found
                QVERIFY(written.ok());
            } else {
                QVERIFY(!written.ok());
                QCOMPARE(written.error().code, ErrorCode::Corrupt);
                QVERIFY2(written.error().text.contains(QStringLiteral("is not what was recorded")) &&
                             written.error().text.contains(QStringLiteral("archive recover")),
                         qPrintable(written.error().text));
            }
            // What is whole can be written.
            QVERIFY(
                TriageStore(**archive).save(QStringLiteral("c1"), {FailureClass::Harness, {}, {}, {}}).ok());
        }
        const auto after = checkArchive(m_paths);
        QVERIFY(after.ok());
        QCOMPARE(after->problems, health->problems);
    }
};

QTEST_GUILESS_MAIN(ArchiveSealsTest)
#include "tst_archiveseals.moc"
