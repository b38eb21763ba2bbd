// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/campaignreader.h"
#include "app/archive/evidencechain.h"
#include "tests/app/archive/threecampaigns.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace slipway;

// What a check finds, what only looks, and copies of an archive.
class ArchiveCareTest : public QObject, private test::ThreeCampaigns {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

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

    // At each step of an exchange that is cut off there: the next one to open it has the new archive.
    void anExchangeThatWasInterruptedIsResumed() {
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
            const auto archive = Archive::openToRead(m_paths);
            QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
            QCOMPARE(CampaignReader(**archive).list()->size(), 3);
            QVERIFY(!QFileInfo::exists(made.dataDir));
            QVERIFY(QFile::exists(old + QStringLiteral("archive.sqlite")));
            QVERIFY(QFile::exists(old + QStringLiteral("archive.head")));
            m_paths = original;
        }
    }

    // As versions before left it that were cut off in the middle.
    void whatARecoverySetAsideIsContinued() {
        const QString aside = m_paths.dataDir + QStringLiteral("/damaged-20260102-030405-678");
        QVERIFY(QDir().mkdir(aside));
        QVERIFY(QFile::rename(m_paths.archiveFile(), aside + QStringLiteral("/archive.sqlite")));
        QVERIFY(QFile::rename(headFileOf(m_paths), aside + QStringLiteral("/archive.head")));
        const auto archive = Archive::open(m_paths);
        QVERIFY(!archive.ok());
        QVERIFY2(archive.error().text.contains(aside), qPrintable(archive.error().text));
        QCOMPARE(recover(m_paths)->campaigns, 3);
        expectWhole({QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")});
    }

    void whoOnlyLooksMakesNothing() {
        const Paths typo{m_dir->filePath(QStringLiteral("typo"))};
        QCOMPARE(checkArchive(typo).error().code, ErrorCode::NotFound);
        QCOMPARE(Archive::openToRead(typo).error().code, ErrorCode::NotFound);
        QCOMPARE(backUp(typo, m_dir->filePath(QStringLiteral("b"))).error().code, ErrorCode::NotFound);
        QVERIFY(!QFileInfo::exists(typo.dataDir));
        QVERIFY(!QFileInfo::exists(m_dir->filePath(QStringLiteral("b.part"))));
    }

    void readingWaitsForNobodysLock() {
        QProcess other;
        other.start(QStringLiteral("sqlite3"), {m_paths.archiveFile()});
        other.write("BEGIN IMMEDIATE; SELECT 'held';\n");
        QVERIFY(other.waitForReadyRead());
        const auto archive = Archive::openToRead(m_paths);
        QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        QCOMPARE(CampaignReader(**archive).list()->size(), 3);
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
        const auto writer = Archive::open(m_paths); // this one cannot, and says why
        QVERIFY(!writer.ok());
        QVERIFY2(writer.error().text.contains(QStringLiteral("Another program holds")),
                 qPrintable(writer.error().text));
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
    }

    // The state of before, with nothing next to it that remembers more.
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
        QVERIFY(!Archive::open(m_paths).ok());
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
};

QTEST_GUILESS_MAIN(ArchiveCareTest)
#include "tst_archivecare.moc"
