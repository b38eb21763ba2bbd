// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecheck.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/searchindex.h"
#include "app/session/runrecorder.h"
#include "models/observation/zstream.h"
#include "tests/app/archive/failingdisk.h"
#include "tests/app/archive/oldarchive.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kCampaign = QStringLiteral("c1");
const QString kStream = QStringLiteral("phase2-burst-node-a.obs.jsonl");
constexpr int kTimeout = 60'000;

} // namespace

// The archive cannot be written for a while, for another reason than a full disk.
class RunRecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { FailingDisk::install(); }

    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = Paths{m_dir->path()};
        auto archive = ArchiveThread::open(m_paths);
        QVERIFY2(archive.ok(), archive ? "" : qPrintable(archive.error().text));
        m_archive = std::move(*archive);
        m_record.summary.id = kCampaign;
        m_record.summary.source = QStringLiteral("run");
        m_record.summary.state = RunState::Running;
        m_record.summary.startedAt = QDateTime::currentDateTimeUtc();
        const auto made = m_archive->call<bool>([record = m_record](Archive &opened) -> Result<bool> {
            const auto created = CampaignStore(opened).create(record);
            return created ? Result<bool>(true) : created.error();
        });
        QVERIFY(made.ok());
        QVERIFY(QDir().mkpath(spools()));
    }
    void cleanup() { m_archive.reset(); }

    void anotherProgramHoldsTheArchive() {
        QProcess other;
        other.start(QStringLiteral("sqlite3"), {m_paths.archiveFile()});
        other.write("BEGIN IMMEDIATE; SELECT 'held';\n");
        QVERIFY(other.waitForReadyRead());
        RunRecorder recorder(*m_archive);
        QSignalSpy failed(&recorder, &RunRecorder::failed);
        recorder.record(kCampaign, run());
        QVERIFY(failed.wait(kTimeout));
        expectKeptAndTriedAgain(failed);
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());
        end(recorder);
    }

    // Writes fail when a stream has ended, and go well again: it is kept whole, and only then its spool goes.
    void aDiskThatIsAwayForAMoment() {
        const QByteArray bytes = "one\ntwo\nthree\n";
        write(kStream, bytes);
        RunRecorder recorder(*m_archive);
        QSignalSpy failed(&recorder, &RunRecorder::failed);
        FailingDisk::fails = true;
        recorder.record(kCampaign, spools(),
                        {streamOf(kStream, bytes), streamOf(QStringLiteral("x.log"), {})});
        recorder.record(kCampaign, run());
        QVERIFY(failed.wait(kTimeout));
        expectKeptAndTriedAgain(failed);
        QVERIFY(QFile::exists(spools() + QLatin1Char('/') + kStream));
        FailingDisk::fails = false;
        end(recorder);
        QVERIFY(!QFile::exists(spools() + QLatin1Char('/') + kStream));
        expectObservations({bytes});
    }

    // What nobody reported is taken from the spools: a gap is filled before the campaign has ended.
    void aStreamThatNeverReachedTheArchiveIsTakenFromItsSpool() {
        write(kStream, "one\ntwo\n");
        write(QStringLiteral("phase2-burst-node-a.log"), "a log");
        RunRecorder recorder(*m_archive);
        end(recorder);
        expectObservations({"one\ntwo\n"});
        QVERIFY(QFile::exists(spools() + QStringLiteral("/phase2-burst-node-a.log")));
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
    }

    // What was compared with its host is not replaced by what somebody puts there; nor is that lost.
    void aSpoolThatIsNotWhatIsKeptIsSetAside() {
        RunRecorder recorder(*m_archive);
        recorder.record(kCampaign, spools(), {streamOf(kStream, "one\ntwo\n")});
        write(kStream, "other\n");
        end(recorder);
        expectObservations({"one\ntwo\n"});
        QVERIFY(QFile::exists(spools() + QLatin1Char('/') + kStream + QStringLiteral(".changed-1")));
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
    }

    // What the archive holds is compared with what came, whatever it answered when it was written.
    void bytesThatAreNotThoseThatCameAreReportedAndTheCampaignDoesNotEnd() {
        EndedStream wrong = streamOf(kStream, "one\n");
        wrong.compressed = zstdCompress("two\n");
        write(kStream, "one\n");
        RunRecorder recorder(*m_archive);
        QSignalSpy failed(&recorder, &RunRecorder::failed);
        recorder.record(kCampaign, spools(), {wrong});
        QVERIFY(failed.wait(kTimeout));
        const auto error = failed.constFirst().at(1).value<Error>();
        QVERIFY2(error.text.contains(QStringLiteral("does not hold ") + kStream), qPrintable(error.text));
        QVERIFY(QFile::exists(spools() + QLatin1Char('/') + kStream));
    }

    void aLogsWarningsAreFound() {
        StreamRecord log(QStringLiteral("phase2-burst-node-a.log"), StreamRecord::Keeps::Warnings);
        log.add("all is well\nit fai");
        log.add("led here\n");
        write(log.end().name, "all is well\nit failed here\n");
        RunRecorder recorder(*m_archive);
        recorder.record(kCampaign, spools(), {log.end()});
        end(recorder);
        const auto hits = m_archive->call<QList<SearchHit>>(
            [](Archive &archive) { return SearchIndex(archive).find(QStringLiteral("failed here"), 9); });
        QVERIFY(hits.ok());
        QCOMPARE(hits->size(), 1);
        QCOMPARE(hits->constFirst().place, QStringLiteral("phase2-burst-node-a.log, byte 12"));
        QCOMPARE(checkArchive(m_paths)->problems, QStringList());
    }

private:
    [[nodiscard]] QString spools() const { return m_paths.spoolDir(kCampaign); }

    static PhaseRun run() {
        PhaseRun run;
        run.phase = 2;
        run.step = QStringLiteral("burst");
        run.host = QStringLiteral("node-a");
        run.state = RunState::Passed;
        return run;
    }

    void write(const QString &name, const QByteArray &bytes) const {
        QFile file(spools() + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(bytes), bytes.size());
    }

    static void expectKeptAndTriedAgain(const QSignalSpy &failed) {
        const auto error = failed.constFirst().at(1).value<Error>();
        QVERIFY2(error.text.contains(QStringLiteral("kept and tried again")), qPrintable(error.text));
    }

    void end(RunRecorder &recorder) {
        bool kept = false;
        CampaignSummary summary = m_record.summary;
        summary.state = RunState::Passed;
        summary.finishedAt = QDateTime::currentDateTimeUtc();
        recorder.finish(summary, {}, spools(), [&] { kept = true; });
        QTRY_VERIFY_WITH_TIMEOUT(kept, kTimeout);
        const auto read = m_archive->call<CampaignRecord>(
            [](Archive &archive) { return CampaignReader(archive).load(kCampaign); });
        QVERIFY(read.ok());
        QCOMPARE(read->summary.state, RunState::Passed);
    }

    void expectObservations(const QList<QByteArray> &streams) {
        const auto read = m_archive->call<CampaignRecord>(
            [](Archive &archive) { return CampaignReader(archive).loadEvidence(kCampaign); });
        QVERIFY(read.ok());
        QCOMPARE(read->observations.size(), streams.size());
        for (qsizetype i = 0; i < streams.size(); ++i)
            QCOMPARE(*plainBytes(read->observations.at(i), 1000), streams.at(i));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<ArchiveThread> m_archive;
    CampaignRecord m_record;
};

QTEST_GUILESS_MAIN(RunRecorderTest)
#include "tst_runrecorder.moc"
