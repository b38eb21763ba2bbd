// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/observationstore.h"
#include "models/observation/zstream.h"
#include "tests/app/archive/oldarchive.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kOld = QStringLiteral("old");

void silent(const QString &, qint64, qint64) {}

} // namespace

// An archive of an older version, opened, compressed, and what must not be compressed.
class ArchiveCompactTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = Paths{m_dir->path()};
        QVERIFY(makeOldArchive(m_paths));
    }

    void anOldArchiveOpensAndIsSound() {
        {
            const auto archive = Archive::open(m_paths);
            QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        }
        expectWhole();
        QCOMPARE(sqlite("SELECT count(*) FROM observation"), QByteArray("3"));
        QVERIFY(sqlite("DELETE FROM observation").contains("observations are never removed"));
    }

    void whoLooksBringsAnOldArchiveUpToDate() {
        const auto archive = Archive::openToRead(m_paths);
        QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        QCOMPARE(CampaignReader(**archive).list()->size(), 1);
    }

    // What an older version linked and somebody changed is not linked anew.
    void aChangedRowOfAnOldArchiveIsNotTakenOver() {
        sqlite("DROP TRIGGER judgement_stays; UPDATE judgement SET content='{\"verdict\":\"PROVEN\"}'");
        const auto archive = Archive::open(m_paths);
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::Corrupt);
        QVERIFY2(archive.error().text.contains(QStringLiteral("judgement")),
                 qPrintable(archive.error().text));
    }

    void rowsBecomeAStreamAndTheirSpoolGoes() {
        const auto compaction = compact(m_paths, silent);
        QVERIFY2(compaction.ok(), compaction ? "" : qPrintable(compaction.error().text));
        QCOMPARE(compaction->streams, 1);
        QCOMPARE(compaction->left, QStringList());
        QCOMPARE(sqlite("SELECT count(*) FROM observation"), QByteArray("0"));
        QVERIFY(!QFile::exists(spool()));
        expectWhole();
        const auto again = compact(m_paths, silent);
        QVERIFY(again.ok());
        QCOMPARE(again->streams, 0);
        expectWhole();
    }

    // Nothing is left of a stream in the chain's eyes when it is put back as rows, or gone.
    void whatWasCompactedIsCovered_data() {
        QTest::addColumn<QByteArray>("sql");
        QTest::newRow("a row is put back") << QByteArray(
            "INSERT INTO observation VALUES(1,'old','phase2-burst-node-a',0,x'7b226f6273223a226f6e65227d')");
        QTest::newRow("the stream is gone")
            << QByteArray("DROP TRIGGER observation_stream_kept; DELETE FROM observation_stream");
        QTest::newRow("the stream has other bytes")
            << QByteArray("DROP TRIGGER observation_stream_stays; UPDATE observation_stream SET bytes=x'00'");
    }

    void whatWasCompactedIsCovered() {
        QFETCH(QByteArray, sql);
        QVERIFY(compact(m_paths, silent).ok());
        QCOMPARE(sqlite(sql), QByteArray());
        QVERIFY(!checkArchive(m_paths)->problems.isEmpty());
    }

    void changedRowsAreNotCompacted() {
        sqlite("DROP TRIGGER observation_stays; UPDATE observation SET line=x'7b7d' WHERE id=2");
        const auto compaction = compact(m_paths, silent);
        QVERIFY(!compaction.ok());
        QCOMPARE(compaction.error().code, ErrorCode::Corrupt);
        QCOMPARE(sqlite("SELECT count(*) FROM observation"), QByteArray("3"));
        QVERIFY(QFile::exists(spool()));
    }

    // An older version lost a row on its way; the spool that was recorded has it.
    void aGapInTheRowsIsFilledFromTheSpool() {
        {
            const auto archive = Archive::open(m_paths);
            CampaignRecord record;
            record.summary.id = QStringLiteral("gap");
            record.summary.source = QStringLiteral("run");
            QVERIFY(CampaignStore(**archive).create(record).ok());
            QVERIFY(addOldObservations(**archive, QStringLiteral("gap"),
                                       {{QStringLiteral("phase2-x-y"), 0, "one"},
                                        {QStringLiteral("phase2-x-y"), 8, "three"}})
                        .ok());
            const EndedStream whole = streamOf(QStringLiteral("phase2-x-y.obs.jsonl"), "one\ntwo\nthree\n");
            QVERIFY(ObservationStore(**archive)
                        .saveSpool(QStringLiteral("gap"), whole.name, whole.bytes, whole.sha256)
                        .ok());
            record.summary.finishedAt = QDateTime::currentDateTimeUtc();
            QVERIFY(CampaignStore(**archive).update(record.summary).ok());
            write(m_paths.spoolDir(QStringLiteral("gap")) + QStringLiteral("/phase2-x-y.obs.jsonl"),
                  "one\ntwo\nthree\n");
        }
        QVERIFY(compact(m_paths, silent).ok());
        const auto archive = Archive::open(m_paths);
        const auto record = CampaignReader(**archive).loadEvidence(QStringLiteral("gap"));
        QVERIFY(record.ok());
        QCOMPARE(*plainBytes(record->observations.constFirst(), 1000), QByteArray("one\ntwo\nthree\n"));
    }

    void whatHasNotEndedIsLeft() {
        {
            const auto archive = Archive::open(m_paths);
            CampaignRecord record;
            record.summary.id = QStringLiteral("going");
            record.summary.state = RunState::Running;
            QVERIFY(CampaignStore(**archive).create(record).ok());
            QVERIFY(addOldObservations(**archive, QStringLiteral("going"),
                                       {{QStringLiteral("phase2-x-y"), 0, "one"}})
                        .ok());
        }
        const auto compaction = compact(m_paths, silent);
        QVERIFY(compaction.ok());
        QCOMPARE(compaction->left.size(), 1);
        QVERIFY(compaction->left.constFirst().contains(QStringLiteral("going has not ended")));
        QCOMPARE(sqlite("SELECT count(*) FROM observation"), QByteArray("1"));
    }

    // Killed at any time: all of it is there, and the next run comes to its end.
    void aKilledCompactionLosesNothing() {
        for (int round = 0; round < 12; ++round) {
            init();
            const pid_t child = fork();
            if (child == 0) {
                (void)compact(m_paths, silent);
                _exit(0);
            }
            ::usleep(static_cast<useconds_t>(round * 4000));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            expectWhole();
            QVERIFY(compact(m_paths, silent).ok());
            QCOMPARE(sqlite("SELECT count(*) FROM observation"), QByteArray("0"));
            expectWhole();
        }
    }

    void roomIsFreed() {
        {
            const auto archive = Archive::open(m_paths);
            CampaignRecord record;
            record.summary.id = QStringLiteral("large");
            QVERIFY(CampaignStore(**archive).create(record).ok());
            QList<ObservationRow> rows;
            for (int i = 0; i < 20'000; ++i)
                rows.append({QStringLiteral("phase4-x-y"), 101LL * i, QByteArray(100, 'a')});
            QVERIFY(addOldObservations(**archive, QStringLiteral("large"), rows).ok());
            record.summary.finishedAt = QDateTime::currentDateTimeUtc();
            QVERIFY(CampaignStore(**archive).update(record.summary).ok());
        }
        const auto compaction = compact(m_paths, silent);
        QVERIFY(compaction.ok());
        QVERIFY2(
            compaction->bytesBefore > 2'000'000 && compaction->bytesAfter < 400'000,
            qPrintable(QStringLiteral("%1 of %2").arg(compaction->bytesAfter).arg(compaction->bytesBefore)));
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
    }

    void theCommandSaysWhatItDid() {
        QProcess command;
        command.start(testPaths::program("slipwayctl"),
                      {QStringLiteral("--data-dir"), m_paths.dataDir, QStringLiteral("archive"),
                       QStringLiteral("compact"), QStringLiteral("--json")});
        QVERIFY(command.waitForFinished());
        QCOMPARE(command.exitCode(), 0);
        const QByteArray said = command.readAllStandardOutput();
        QVERIFY2(said.contains("\"streams\": 1"), said.constData());
    }

private:
    [[nodiscard]] QString spool() const { return m_paths.spoolDir(kOld) + QLatin1Char('/') + kOldStream; }

    void expectWhole() {
        const auto health = checkArchive(m_paths);
        QVERIFY2(health.ok(), health ? "" : qPrintable(health.error().text));
        QCOMPARE(health->problems, QStringList());
        QCOMPARE(health->observations, 3);
        const auto archive = Archive::open(m_paths);
        QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        const auto record = CampaignReader(**archive).loadEvidence(kOld);
        QVERIFY2(record.ok(), record ? "" : qPrintable(record.error().text));
        QCOMPARE(record->history.size(), 1); // its old judgement
        QCOMPARE(record->judgement->reason, QStringLiteral("as it was judged then"));
        QCOMPARE(record->observations.size(), 1);
        QCOMPARE(record->observations.constFirst().name,
                 QStringLiteral("observations/") + kOldStream + QStringLiteral(".zst"));
        QCOMPARE(*plainBytes(record->observations.constFirst(), 1000), kOldObservations);
    }

    static void write(const QString &path, const QByteArray &bytes) {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QByteArray sqlite(const QByteArray &sql) const {
        QProcess shell;
        shell.setProcessChannelMode(QProcess::MergedChannels);
        shell.start(QStringLiteral("sqlite3"), {m_paths.archiveFile(), QString::fromUtf8(sql)});
        shell.waitForFinished();
        return shell.readAll().trimmed();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(ArchiveCompactTest)
#include "tst_archivecompact.moc"
