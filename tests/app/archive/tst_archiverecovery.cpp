// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/campaignimport.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencechain.h"
#include "app/archive/observationstore.h"
#include "app/core/builtinprotocols.h"
#include "app/pages/write/runexport.h"
#include "models/campaign/judgerecord.h"
#include "models/evidence/recoveryfindings.h"
#include "tests/app/archive/threecampaigns.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace slipway;

// Damage of the kinds that disks, copies and people do, each found, set aside and recovered from.
class ArchiveRecoveryTest : public QObject, private test::ThreeCampaigns {
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }

    // A lost write-ahead log takes commits with it; the file that is left is sound to SQLite.
    void lostCommitsAreFoundAndRecoveredFrom() {
        const QByteArray before = read(m_paths.archiveFile());
        const QString last = QString::number(links());
        add(QStringLiteral("c4"));
        write(m_paths.archiveFile(), before);
        const auto archive = Archive::open(m_paths);
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::Corrupt);
        QVERIFY2(archive.error().text.contains(QStringLiteral("entry is number %1, ").arg(last)),
                 qPrintable(archive.error().text));
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
        const auto archive = Archive::open(m_paths);
        QVERIFY(!archive.ok());
        for (const Error &error : {archive.error(), Archive::openToRead(m_paths).error()}) {
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
        QCOMPARE(Archive::open(m_paths).error().code, ErrorCode::Corrupt);
        const auto recovery = recover(m_paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QCOMPARE(recovery->campaigns, 0);
        QVERIFY(!recovery->lost.isEmpty());
        QCOMPARE(read(recovery->setAside + QStringLiteral("/archive.sqlite")), QByteArray(40'000, 'x'));
        QVERIFY(Archive::open(m_paths).ok());
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
            const auto archive = Archive::open(m_paths);
            QVERIFY(archive.ok());
            qsizetype files = 0;
            qsizetype streams = 0;
            const auto list = CampaignReader(**archive).list();
            for (const CampaignSummary &summary : *list) {
                const QList<EvidenceFile> kept = CampaignReader(**archive).load(summary.id)->files;
                files += kept.size() - (findFile(kept, kRecoveryFindings) ? 1 : 0);
                streams += ObservationStore(**archive).loadKept(summary.id)->size();
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
            const auto archive = Archive::open(m_paths);
            CampaignSummary summary = CampaignReader(**archive).load(QStringLiteral("c2"))->summary;
            summary.verdict = Verdict::Proven;
            QVERIFY(CampaignStore(**archive).update(summary).ok());
        }
        outside(QStringLiteral("DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE "
                               "campaign='c2' AND name='a'"));
        QVERIFY(recover(m_paths).ok());
        const auto archive = Archive::open(m_paths);
        QVERIFY(CampaignReader(**archive).load(QStringLiteral("c2"))->summary.verdict != Verdict::Proven);
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
            const auto archive = Archive::open(m_paths);
            QCOMPARE(importCampaign(**archive, published)->what, Imported::New);
        }
        outside(QStringLiteral("DROP TRIGGER file_stays; UPDATE evidence_file SET bytes=x'00' WHERE "
                               "name='phase2-retry.json'"));
        for (int round = 0; round < 2; ++round) {
            const auto recovery = recover(m_paths);
            QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
            const auto archive = Archive::open(m_paths);
            const auto record = CampaignReader(**archive).loadEvidence(published.summary.id);
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
        const auto archive = Archive::open(m_paths);
        QCOMPARE(recoveryFindingsIn(CampaignReader(**archive).load(QStringLiteral("c2"))->files).size(), 1);
        QVERIFY(recoveryFindingsIn(CampaignReader(**archive).load(QStringLiteral("c1"))->files).isEmpty());
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
        const auto archive = Archive::open(m_paths);
        const auto record = CampaignReader(**archive).load(QStringLiteral("c2"));
        QVERIFY(record.ok());
        QCOMPARE(record->files.size(), 3); // with what was lost
        QVERIFY(record->summary.verdict != Verdict::Proven);
        QCOMPARE(CampaignReader(**archive).load(QStringLiteral("c3"))->files.size(), 2);
    }
};

QTEST_GUILESS_MAIN(ArchiveRecoveryTest)
#include "tst_archiverecovery.moc"
