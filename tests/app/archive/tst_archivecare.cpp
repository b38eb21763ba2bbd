// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"
#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"
#include "app/core/builtinprotocols.h"
#include "app/exporter/runexport.h"
#include "models/campaign/judgerecord.h"
#include "models/evidence/recoveryfindings.h"
#include "models/evidence/zstream.h"
#include "tests/app/archive/oldarchive.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

// Damage of the kinds that disks, copies and people do, each found, set aside and recovered from.
class ArchiveCareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = pathsOf(QStringLiteral("data"));
        for (const auto &id : {QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")})
            add(id);
    }

    void aSoundArchiveIsSound() {
        const auto health = checkArchive(m_paths);
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QCOMPARE(health->problems, QStringList());
        QCOMPARE(health->campaigns, 3);
        QCOMPARE(health->files, 6);
        QCOMPARE(health->observations, 12);
        QCOMPARE(health->entries, links());
        const auto recovery = recover(m_paths);
        QVERIFY(recovery.ok());
        QVERIFY(recovery->setAside.isEmpty());
    }

    // What SQLite's own check does not see.
    void changedRowsAreFound_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, const char *sql, const char *problem) {
            QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(problem);
        };
        row("a byte",
            "DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE campaign='c2' AND name='a'",
            "evidence_file [\"a\",1] of c2 has other bytes");
        row("a byte and its hash",
            "DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'', "
            "sha256='e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' WHERE campaign='c2' "
            "AND name='a'",
            "evidence_file [\"a\",1] of c2 is not what was recorded");
        row("a file gone",
            "DROP TRIGGER file_kept; DELETE FROM evidence_file WHERE campaign='c2' AND name='a'",
            "evidence_file [\"a\",1] of c2 was recorded and is missing");
        row("a file slipped in", "INSERT INTO evidence_file VALUES('c2','z',1,0,'','',0,x'')",
            "evidence_file [\"z\",1] of c2 was never recorded");
        row("a judgement",
            "DROP TRIGGER judgement_stays; UPDATE judgement SET content='{}' WHERE campaign='c2'",
            "judgement [2] of c2 is not what was recorded");
        row("a triage", "DROP TRIGGER triage_stays; UPDATE triage SET content='{}' WHERE campaign='c2'",
            "triage [2] of c2 is not what was recorded");
        row("a triage gone", "DROP TRIGGER triage_kept; DELETE FROM triage WHERE campaign='c3'",
            "triage [3] of c3 was recorded and is missing");
        row("an observation", "DROP TRIGGER observation_stays; UPDATE observation SET line=x'00' WHERE id=3",
            "observations 3-4 of c2");
        row("an observation gone", "DROP TRIGGER observation_kept; DELETE FROM observation WHERE id=3",
            "observations 3-4 of c2");
        row("a kept stream",
            "DROP TRIGGER observation_stream_stays; UPDATE observation_stream SET bytes=x'00' WHERE "
            "campaign='c2'",
            "observation_stream [\"phase2-x-y.obs.jsonl\"] of c2 has other bytes");
        row("a link", "DROP TRIGGER event_stays; UPDATE event SET sha256='' WHERE seq=8", "entry 8");
        row("a link gone", "DROP TRIGGER event_kept; DELETE FROM event WHERE seq=8",
            "entries 8 to 8 are missing");
    }

    void changedRowsAreFound() {
        QFETCH(QString, sql);
        QFETCH(QString, problem);
        QProcess sqlite;
        sqlite.start(QStringLiteral("sqlite3"), {m_paths.archiveFile(), sql});
        QVERIFY(sqlite.waitForFinished());
        QCOMPARE(sqlite.readAllStandardError(), QByteArray());
        const auto health = checkArchive(m_paths);
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QVERIFY2(health->problems.join(QLatin1Char('\n')).contains(problem),
                 qPrintable(health->problems.join(QLatin1Char('\n'))));
    }

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
        for (const int number : {0, 1, 3, 4})
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
        const auto store = CampaignStore::open(m_paths);
        QVERIFY(!store.ok());
        QCOMPARE(store.error().code, ErrorCode::Corrupt);
        QVERIFY2(store.error().text.contains(problem), qPrintable(store.error().text));
        QVERIFY2(store.error().text.contains(QStringLiteral("slipwayctl archive recover")),
                 qPrintable(store.error().text));
        QVERIFY(!store.error().text.contains(QStringLiteral("CREATE TABLE")));
        QCOMPARE(read(m_paths.archiveFile()), before);
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
    }

    void aTriggerThatIsMadeWhileTheArchiveIsOpenStopsTheNextWrite() {
        const auto store = CampaignStore::open(m_paths);
        QVERIFY(store.ok());
        QVERIFY((*store)->saveTriage(QStringLiteral("c1"), {FailureClass::Product, {}, {}, {}}).ok());
        outside(QStringLiteral("CREATE TRIGGER t AFTER INSERT ON triage BEGIN UPDATE campaign SET "
                               "verdict='PROVEN' WHERE id='c1'; END"));
        const auto saved = (*store)->saveTriage(QStringLiteral("c1"), {FailureClass::Harness, {}, {}, {}});
        QVERIFY(!saved.ok());
        QVERIFY2(saved.error().text.contains(QStringLiteral("the trigger t ")),
                 qPrintable(saved.error().text));
        const auto record = (*store)->loadCampaign(QStringLiteral("c1"));
        QVERIFY(!record->summary.verdict);
        QCOMPARE(record->summary.triage.failureClass, FailureClass::Product);
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
            const auto store = CampaignStore::open(m_paths);
            QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
            CampaignRecord record;
            record.summary.id = id;
            record.summary.source = QStringLiteral("run");
            PhaseRun run;
            run.phase = 2;
            run.step = QStringLiteral("x");
            run.host = QStringLiteral("y");
            const std::function<Result<void>()> writes[]{
                [&] { return (*store)->updateCampaign(record.summary); },
                [&] { return (*store)->createCampaign(record); },
                [&] { return (*store)->savePhaseRun(id, run); },
                [&] {
                    return (*store)->saveTriage(QStringLiteral("c3"), {FailureClass::Product, {}, {}, {}});
                },
                [&] { return (*store)->saveStream(id, QStringLiteral("x.log"), 9, QString()); },
                [&] { return (*store)->saveSalient(id, QStringLiteral("reason"), {}); },
                [&]() -> Result<void> {
                    const auto saved = (*store)->saveFile(id, {QStringLiteral("z"), "more"});
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
            QVERIFY((*store)->saveTriage(QStringLiteral("c1"), {FailureClass::Harness, {}, {}, {}}).ok());
        }
        const auto after = checkArchive(m_paths);
        QVERIFY(after.ok());
        QCOMPARE(after->problems, health->problems);
    }

    // A lost write-ahead log takes commits with it; the file that is left is sound to SQLite.
    void lostCommitsAreFoundAndRecoveredFrom() {
        const QByteArray before = read(m_paths.archiveFile());
        const QString last = QString::number(links());
        add(QStringLiteral("c4"));
        write(m_paths.archiveFile(), before);
        const auto store = CampaignStore::open(m_paths);
        QVERIFY(!store.ok());
        QCOMPARE(store.error().code, ErrorCode::Corrupt);
        QVERIFY2(store.error().text.contains(QStringLiteral("entry is number %1, ").arg(last)),
                 qPrintable(store.error().text));
        QCOMPARE(read(m_paths.archiveFile()), before); // looked at, not touched
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(recovery->campaigns, 3);
        QCOMPARE(recovery->files, 6);
        QCOMPARE(recovery->observations, 12);
        QCOMPARE(recovery->lost, QStringList());
        QCOMPARE(read(recovery->setAside + QStringLiteral("/archive.sqlite")), before);
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
    }

    void aTruncatedFileIsSetAsideAndReadAsFarAsItGoes() {
        QFile file(m_paths.archiveFile());
        const QByteArray damaged = read(m_paths.archiveFile()).left(file.size() / 2);
        QVERIFY(file.resize(file.size() / 2));
        const auto store = CampaignStore::open(m_paths);
        QVERIFY(!store.ok());
        for (const Error &error : {store.error(), CampaignStore::openToRead(m_paths).error()}) {
            QCOMPARE(error.code, ErrorCode::Corrupt);
            QVERIFY2(error.text.contains(QStringLiteral("slipwayctl archive recover")),
                     qPrintable(error.text));
            QVERIFY2(!error.text.contains(QStringLiteral("SELECT")), qPrintable(error.text));
        }
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(read(recovery->setAside + QStringLiteral("/archive.sqlite")), damaged);
        const auto health = checkArchive(m_paths);
        QVERIFY(health.ok());
        QCOMPARE(health->problems, QStringList());
    }

    void aDestroyedFileLeavesAnEmptyArchiveAndIsKept() {
        write(m_paths.archiveFile(), QByteArray(40'000, 'x'));
        QCOMPARE(CampaignStore::open(m_paths).error().code, ErrorCode::Corrupt);
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(recovery->campaigns, 0);
        QVERIFY(!recovery->lost.isEmpty());
        QCOMPARE(read(recovery->setAside + QStringLiteral("/archive.sqlite")), QByteArray(40'000, 'x'));
        QVERIFY(CampaignStore::open(m_paths).ok());
    }

    void aFileThatIsNotWholeIsNamedAndTheRestIsKept() {
        QProcess sqlite;
        sqlite.start(QStringLiteral("sqlite3"),
                     {m_paths.archiveFile(),
                      QStringLiteral("DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE "
                                     "campaign='c2' AND name='a'")});
        QVERIFY(sqlite.waitForFinished());
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(recovery->files, 5);
        QCOMPARE(recovery->lost.size(), 1);
        QVERIFY2(recovery->lost.constFirst().startsWith(QStringLiteral("a of c2")),
                 qPrintable(recovery->lost.constFirst()));
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
    }

    // Whatever page it is, be it the first one: what does not lie on it is there, and the count is of what is
    // kept.
    void aDestroyedPageCostsOnlyWhatLiesOnIt() {
        const QByteArray whole = read(m_paths.archiveFile());
        const Paths original = m_paths;
        for (qsizetype page = 0; page < whole.size() / 4096; ++page) {
            m_paths = pathsOf(QStringLiteral("page%1").arg(page));
            QVERIFY(QFile::copy(headFileOf(original), headFileOf(m_paths)));
            QByteArray damaged = whole;
            damaged.replace(page * 4096, 4096, QByteArray(4096, '\0'));
            write(m_paths.archiveFile(), damaged);
            const auto recovery = recover(m_paths);
            QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
            const auto store = CampaignStore::open(m_paths);
            QVERIFY(store.ok());
            qsizetype files = 0;
            qsizetype streams = 0;
            const auto list = (*store)->listCampaigns();
            for (const CampaignSummary &summary : *list) {
                const QList<EvidenceFile> kept = (*store)->loadCampaign(summary.id)->files;
                files += kept.size() - (findFile(kept, kRecoveryFindings) ? 1 : 0);
                streams += (*store)->loadKeptStreams(summary.id)->size();
            }
            QCOMPARE(list->size(), 3);
            QVERIFY2(files >= 5, qPrintable(QStringLiteral("page %1: %2 files").arg(page + 1).arg(files)));
            // Three small streams lie on one page.
            QVERIFY2(streams >= 3,
                     qPrintable(QStringLiteral("page %1: %2 streams").arg(page + 1).arg(streams)));
            if (!recovery->setAside.isEmpty()) {
                QCOMPARE(recovery->campaigns, 3);
                QCOMPARE(recovery->files, files);
            }
        }
    }

    // What lost its row or a file is not passed on as what it was judged as.
    void whatLostSomethingIsJudgedAnew() {
        {
            const auto store = CampaignStore::open(m_paths);
            CampaignSummary summary = (*store)->loadCampaign(QStringLiteral("c2"))->summary;
            summary.verdict = Verdict::Proven;
            QVERIFY((*store)->updateCampaign(summary).ok());
        }
        outside(QStringLiteral("DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE "
                               "campaign='c2' AND name='a'"));
        QVERIFY(recover(m_paths).ok());
        const auto store = CampaignStore::open(m_paths);
        QVERIFY((*store)->loadCampaign(QStringLiteral("c2"))->summary.verdict != Verdict::Proven);
    }

    // What was lost makes no campaign look better: it stays with it, whatever is done with it afterwards.
    void whatARecoveryLostStaysAFinding() {
        CampaignRecord published;
        published.summary.id = QStringLiteral("imported");
        published.summary.source = kImported;
        published.files = {{QStringLiteral("phase2.json"), "{\"pass\":true}"},
                           {QStringLiteral("phase2-retry.json"), "{\"pass\":false}"}};
        setJudgement(published, judgeRecord(published, builtInProtocols()));
        {
            const auto store = CampaignStore::open(m_paths);
            QCOMPARE(*(*store)->importCampaign(published), Imported::New);
        }
        outside(QStringLiteral("DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE "
                               "name='phase2-retry.json'"));
        for (int round = 0; round < 2; ++round) {
            const auto recovery = recover(m_paths);
            QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
            const auto store = CampaignStore::open(m_paths);
            const auto record = (*store)->loadEvidence(published.summary.id);
            QCOMPARE(record->summary.verdict, Verdict::InvalidEvidence);
            QVERIFY2(record->summary.reason.contains(QStringLiteral("phase2-retry.json")),
                     qPrintable(record->summary.reason));
            QCOMPARE(recoveryFindingsIn(record->files).size(), 1);
            QCOMPARE(judgeRecord(*record, builtInProtocols()).verdict, Verdict::InvalidEvidence);
            const auto run = planRun(*record, {}, builtInProtocols(), {});
            QVERIFY2(run.ok(), run ? "" : qPrintable(run.error().text));
            QCOMPARE(run->judgement.verdict, Verdict::InvalidEvidence);
            const auto manifest = readManifest(fileBytes(run->files, kManifest));
            QVERIFY(manifest.ok());
            QVERIFY(manifest->findings.contains(recoveryFindingsIn(record->files).constFirst()));
            // Damaged once more, elsewhere.
            outside(QStringLiteral("DROP TRIGGER triage_stays; UPDATE triage SET content='{}' WHERE "
                                   "campaign='c2'"));
        }
    }

    // Rows that no page has any more are known by the chain.
    void aFileThatIsGoneStaysAFinding() {
        outside(QStringLiteral("DROP TRIGGER file_kept; DELETE FROM evidence_file WHERE campaign='c2' AND "
                               "name='a'"));
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(recovery->lost, QStringList{QStringLiteral("evidence_file [\"a\",1] of c2: it was recorded "
                                                            "and is missing")});
        const auto store = CampaignStore::open(m_paths);
        QCOMPARE(recoveryFindingsIn((*store)->loadCampaign(QStringLiteral("c2"))->files).size(), 1);
        QVERIFY(recoveryFindingsIn((*store)->loadCampaign(QStringLiteral("c1"))->files).isEmpty());
    }

    // A verdict that another hand wrote is named, not carried on; so is a file that it added.
    void whatWasChangedIsNotCarriedOn() {
        outside(QStringLiteral("UPDATE campaign SET verdict='PROVEN', claimed=1 WHERE id='c2'"));
        outside(QStringLiteral(
            "INSERT INTO evidence_file VALUES('c3', 'z', 1, 0, "
            "'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '', 0, x'')"));
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        const QString lost = recovery->lost.join(QLatin1Char('\n'));
        QVERIFY2(lost.contains(QStringLiteral("campaign of c2: it is not what was recorded")),
                 qPrintable(lost));
        QVERIFY2(lost.contains(QStringLiteral("evidence_file [\"z\",1] of c3")), qPrintable(lost));
        const auto store = CampaignStore::open(m_paths);
        const auto record = (*store)->loadCampaign(QStringLiteral("c2"));
        QVERIFY(record.ok());
        QCOMPARE(record->files.size(), 3); // with what was lost
        QVERIFY(record->summary.verdict != Verdict::Proven);
        QCOMPARE((*store)->loadCampaign(QStringLiteral("c3"))->files.size(), 2);
    }

    // At each step of an exchange that is cut off there: the next one to open it has the new archive.
    void anExchangeThatWasCutOffIsTakenUp() {
        const QString folder = m_dir->filePath(QStringLiteral("new"));
        QVERIFY(backUp(m_paths, folder).ok());
        add(QStringLiteral("c4")); // only in the old one
        QVERIFY(QDir(folder + QStringLiteral("/spools")).removeRecursively());
        for (int step = 0; step < 4; ++step) {
            const Paths original = m_paths;
            m_paths = pathsOf(QStringLiteral("step%1").arg(step));
            for (const QString &path : {original.archiveFile(), headFileOf(original)})
                QVERIFY(QFile::copy(path, m_paths.dataDir + QLatin1Char('/') + QFileInfo(path).fileName()));
            const Paths made{m_paths.dataDir + QStringLiteral("/archive-ready-20260102-030405-678")};
            QVERIFY(QDir().mkpath(made.dataDir));
            QVERIFY(QFile::copy(folder + QStringLiteral("/archive.sqlite"), made.archiveFile()));
            QVERIFY(QFile::copy(folder + QStringLiteral("/archive.head"), headFileOf(made)));
            const QString old = m_paths.dataDir + QStringLiteral("/damaged-20260102-030405-678/");
            QVERIFY(QDir().mkpath(old));
            if (step > 0)
                QVERIFY(QFile::rename(m_paths.archiveFile(), old + QStringLiteral("archive.sqlite")));
            if (step > 1)
                QVERIFY(QFile::rename(headFileOf(m_paths), old + QStringLiteral("archive.head")));
            if (step > 2)
                QVERIFY(QFile::rename(headFileOf(made), headFileOf(m_paths)));
            const auto store = CampaignStore::openToRead(m_paths);
            QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
            QCOMPARE((*store)->listCampaigns()->size(), 3);
            QVERIFY(!QFileInfo::exists(made.dataDir));
            QVERIFY(QFile::exists(old + QStringLiteral("archive.sqlite")));
            QVERIFY(QFile::exists(old + QStringLiteral("archive.head")));
            m_paths = original;
        }
    }

    // As versions before left it that were cut off in the middle.
    void whatARecoverySetAsideIsTakenUp() {
        const QString aside = m_paths.dataDir + QStringLiteral("/damaged-20260102-030405-678");
        QVERIFY(QDir().mkdir(aside));
        QVERIFY(QFile::rename(m_paths.archiveFile(), aside + QStringLiteral("/archive.sqlite")));
        QVERIFY(QFile::rename(headFileOf(m_paths), aside + QStringLiteral("/archive.head")));
        const auto store = CampaignStore::open(m_paths);
        QVERIFY(!store.ok());
        QVERIFY2(store.error().text.contains(aside), qPrintable(store.error().text));
        QCOMPARE(recover(m_paths)->campaigns, 3);
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
    }

    void whoOnlyLooksMakesNothing() {
        const Paths typo{m_dir->filePath(QStringLiteral("typo"))};
        QCOMPARE(checkArchive(typo).error().code, ErrorCode::NotFound);
        QCOMPARE(CampaignStore::openToRead(typo).error().code, ErrorCode::NotFound);
        QCOMPARE(backUp(typo, m_dir->filePath(QStringLiteral("b"))).error().code, ErrorCode::NotFound);
        QVERIFY(!QFileInfo::exists(typo.dataDir));
        QVERIFY(!QFileInfo::exists(m_dir->filePath(QStringLiteral("b.part"))));
    }

    void readingWaitsForNobodysLock() {
        QProcess other;
        other.start(QStringLiteral("sqlite3"), {m_paths.archiveFile()});
        other.write("BEGIN IMMEDIATE; SELECT 'held';\n");
        QVERIFY(other.waitForReadyRead());
        const auto store = CampaignStore::openToRead(m_paths);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
        QCOMPARE((*store)->listCampaigns()->size(), 3);
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
        const auto writer = CampaignStore::open(m_paths); // this one cannot, and says why
        QVERIFY(!writer.ok());
        QVERIFY2(writer.error().text.contains(QStringLiteral("Another program holds")),
                 qPrintable(writer.error().text));
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
    }

    // The state of before, with nothing beside it that remembers more.
    void aHeadThatIsMissingIsSaid() {
        const QByteArray before = read(m_paths.archiveFile());
        add(QStringLiteral("c4"));
        write(m_paths.archiveFile(), before);
        for (const char *suffix : {"-wal", "-shm"})
            QFile::remove(m_paths.archiveFile() + QString::fromLatin1(suffix));
        QVERIFY(QFile::remove(headFileOf(m_paths)));
        const auto health = checkArchive(m_paths);
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QVERIFY(health->problems.join(QLatin1Char(' ')).contains(QStringLiteral("archive.head is missing")));
        QVERIFY(!CampaignStore::open(m_paths).ok());
        QVERIFY(!QFile::exists(headFileOf(m_paths)));
    }

    // What is not of a backup is left alone, whatever its name.
    void anothersFolderIsLeftAlone() {
        const QString folder = m_dir->filePath(QStringLiteral("backup"));
        QVERIFY(QDir().mkdir(folder + QStringLiteral(".part")));
        write(folder + QStringLiteral(".part/thesis"), "mine");
        QCOMPARE(backUp(m_paths, folder).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(read(folder + QStringLiteral(".part/thesis")), QByteArray("mine"));
    }

    void aChangedLogIsFound() {
        write(m_paths.spoolDir(QStringLiteral("c2")) + QStringLiteral("/x.log"), "other");
        const auto health = checkArchive(m_paths);
        QCOMPARE(health->problems.size(), 1);
        QVERIFY(health->problems.constFirst().contains(QStringLiteral("x.log")));
    }

    void backupAndRestore() {
        const QString folder = m_dir->filePath(QStringLiteral("backup"));
        const auto saved = backUp(m_paths, folder);
        QVERIFY2(saved.ok(), saved ? "" : qPrintable(saved.error().text));
        QCOMPARE(backUp(m_paths, folder).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(restore(m_paths, folder).error().code, ErrorCode::AlreadyExists);
        m_paths = pathsOf(QStringLiteral("other"));
        const auto restored = restore(m_paths, folder);
        QVERIFY2(restored.ok(), restored ? "" : qPrintable(restored.error().text));
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
        QCOMPARE(read(m_paths.spoolDir(QStringLiteral("c2")) + QStringLiteral("/x.log")),
                 QByteArray("log of c2"));
    }

    void aDamagedBackupIsNotRestored() {
        const QString folder = m_dir->filePath(QStringLiteral("backup"));
        QVERIFY(backUp(m_paths, folder).ok());
        write(folder + QStringLiteral("/spools/c1/x.log"), "other");
        const auto restored = restore(pathsOf(QStringLiteral("other")), folder);
        QVERIFY(!restored.ok());
        QVERIFY(restored.error().text.contains(QStringLiteral("x.log")));
    }

private:
    [[nodiscard]] Paths pathsOf(const QString &name) const {
        QDir().mkpath(m_dir->filePath(name));
        return Paths{m_dir->filePath(name)};
    }

    void add(const QString &id) {
        const auto store = CampaignStore::open(m_paths);
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
        CampaignRecord record;
        record.summary.id = id;
        record.summary.source = QStringLiteral("run");
        record.peers = {QStringLiteral("node-a"), QStringLiteral("node-b")};
        record.requiredPhases = {1, 2};
        record.parameters = {{QStringLiteral("cycles"), QStringLiteral("7")}};
        QVERIFY((*store)->createCampaign(record).ok());
        for (const auto &name : {QStringLiteral("a"), QStringLiteral("b")})
            QVERIFY((*store)->saveFile(id, {name, id.toUtf8() + QByteArray(3000, 'y')}).ok());
        QVERIFY(test::addOldObservations(
                    **store, id,
                    {{QStringLiteral("s"), 0, "one " + id.toUtf8()}, {QStringLiteral("s"), 9, "two"}})
                    .ok());
        QVERIFY((*store)
                    ->saveObservations(id, test::streamOf(QStringLiteral("phase2-x-y.obs.jsonl"),
                                                          "three\nfour " + id.toUtf8()))
                    .ok());
        const QByteArray log = "log of " + id.toUtf8();
        QVERIFY(QDir().mkpath(m_paths.spoolDir(id)));
        write(m_paths.spoolDir(id) + QStringLiteral("/x.log"), log);
        const QString sha =
            QString::fromLatin1(QCryptographicHash::hash(log, QCryptographicHash::Sha256).toHex());
        QVERIFY((*store)->saveStream(id, QStringLiteral("x.log"), log.size(), sha).ok());
        Judgement judgement;
        judgement.reason = QStringLiteral("why");
        QVERIFY((*store)->saveJudgement(id, judgement).ok());
        QVERIFY((*store)->saveTriage(id, {FailureClass::Product, id, {}, {}}).ok());
    }

    void expectWhole(const QStringList &ids) {
        const auto health = checkArchive(m_paths);
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QCOMPARE(health->problems, QStringList());
        const auto store = CampaignStore::open(m_paths);
        for (const QString &id : ids) {
            const auto record = (*store)->loadCampaign(id);
            QVERIFY(record.ok());
            QCOMPARE(record->files.size(), 2);
            QCOMPARE(record->files.constFirst().bytes, id.toUtf8() + QByteArray(3000, 'y'));
            QCOMPARE(record->parameters.value(QStringLiteral("cycles")), QStringLiteral("7"));
            QCOMPARE(record->peers.size(), 2);
            QCOMPARE(record->requiredPhases, QList<int>({1, 2}));
            QCOMPARE(record->judgement->reason, QStringLiteral("why"));
            QCOMPARE(record->summary.triage.owner, id);
            const auto evidence = (*store)->loadEvidence(id);
            QVERIFY(evidence.ok());
            QCOMPARE(evidence->observations.size(), 2);
            QCOMPARE(*plainBytes(evidence->observations.constFirst(), 1000), "three\nfour " + id.toUtf8());
            QCOMPARE(*plainBytes(evidence->observations.constLast(), 1000), "one " + id.toUtf8() + "\ntwo\n");
        }
    }

    [[nodiscard]] qint64 links() const {
        QProcess sqlite;
        sqlite.start(QStringLiteral("sqlite3"),
                     {m_paths.archiveFile(), QStringLiteral("SELECT count(*) FROM event")});
        return sqlite.waitForFinished() ? sqlite.readAllStandardOutput().trimmed().toLongLong() : -1;
    }

    // As another program would.
    void outside(const QString &sql) const {
        QProcess sqlite;
        sqlite.start(QStringLiteral("sqlite3"), {m_paths.archiveFile(), sql});
        QVERIFY(sqlite.waitForFinished());
        QCOMPARE(sqlite.readAllStandardError(), QByteArray());
    }

    static QByteArray read(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
    }

    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(ArchiveCareTest)
#include "tst_archivecare.moc"
