// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runrecorder.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kCampaign = QStringLiteral("c1");
constexpr int kPatience = 60'000;

} // namespace

// The archive cannot be written for a while, for another reason than a full disk.
class RunRecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatCouldNotBeWrittenIsKeptAndTriedAgain() {
        const QTemporaryDir dir;
        const Paths paths{dir.path()};
        auto archive = ArchiveThread::open(paths);
        QVERIFY(archive.ok());
        CampaignRecord record;
        record.summary.id = kCampaign;
        record.summary.source = QStringLiteral("run");
        record.summary.state = RunState::Running;
        const auto made = (*archive)->call<bool>([record](CampaignStore &store) -> Result<bool> {
            const auto created = store.createCampaign(record);
            return created ? Result<bool>(true) : created.error();
        });
        QVERIFY(made.ok());
        RunRecorder recorder(**archive);
        QSignalSpy failed(&recorder, &RunRecorder::failed);

        QProcess other;
        other.start(QStringLiteral("sqlite3"), {paths.archiveFile()});
        other.write("BEGIN IMMEDIATE; SELECT 'held';\n");
        QVERIFY(other.waitForReadyRead());
        PhaseRun run;
        run.phase = 2;
        run.step = QStringLiteral("burst");
        run.host = QStringLiteral("node-a");
        run.state = RunState::Passed;
        recorder.record(kCampaign, run, {{0, "one"}, {4, "two"}});
        recorder.record(kCampaign, run);
        QVERIFY(failed.wait(kPatience));
        const auto error = failed.constFirst().at(1).value<Error>();
        QVERIFY2(error.text.contains(QStringLiteral("kept and tried again")), qPrintable(error.text));
        other.closeWriteChannel();
        QVERIFY(other.waitForFinished());

        // A line that came and never reached the archive is taken from the spool.
        const QString spools = dir.filePath(QStringLiteral("spools"));
        QVERIFY(QDir().mkpath(spools));
        QFile spool(spools + QStringLiteral("/phase2-burst-node-a.obs.jsonl"));
        QVERIFY(spool.open(QIODevice::WriteOnly));
        spool.write("one\ntwo\nthree\n");
        spool.close();
        bool kept = false;
        record.summary.state = RunState::Passed;
        recorder.finish(record.summary, {}, dir.filePath(QStringLiteral("spools")), [&] { kept = true; });
        QTRY_VERIFY_WITH_TIMEOUT(kept, kPatience);
        const auto read = (*archive)->call<CampaignRecord>(
            [](CampaignStore &store) { return store.loadCampaign(kCampaign); });
        QVERIFY(read.ok());
        QCOMPARE(read->phaseRuns.size(), 1);
        QCOMPARE(read->summary.state, RunState::Passed);
        QProcess count;
        count.start(QStringLiteral("sqlite3"),
                    {paths.archiveFile(), QStringLiteral("SELECT count(*) FROM observation")});
        QVERIFY(count.waitForFinished());
        QCOMPARE(count.readAll().trimmed(), QByteArray("3"));
    }
};

QTEST_GUILESS_MAIN(RunRecorderTest)
#include "tst_runrecorder.moc"
