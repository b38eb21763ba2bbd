// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/triagestore.h"
#include "app/core/paths.h"
#include "models/core/instant.h"
#include "tests/app/archive/oldarchive.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace slipway;

namespace {

CampaignRecord campaign(const QString &id) {
    CampaignRecord record;
    record.summary.id = id;
    record.summary.source = QStringLiteral("run");
    record.summary.state = RunState::Running;
    record.summary.startedAt = utcOfMilliseconds(1'700'000'000'000);
    record.parameters = {{QStringLiteral("cycles"), QStringLiteral("7")}};
    return record;
}

EvidenceFile file(int number) {
    return {QStringLiteral("f%1").arg(number), QByteArray(300, 'x') + QByteArray::number(number)};
}

// What "undo" means for one campaign: its last change that stands.
Result<TriageUndo> undoLast(Archive &archive, const QString &id) {
    return TriageStore(archive).undo(CampaignReader(archive).load(id)->summary.triage.change, {id});
}

} // namespace

class ArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void readsWhatItStores() {
        auto archive = open();
        CampaignRecord record = campaign(QStringLiteral("c1"));
        QVERIFY(CampaignStore(*archive).create(record).ok());
        PhaseRun run;
        run.phase = 2;
        run.step = QStringLiteral("burst");
        run.host = QStringLiteral("chaos");
        run.state = RunState::Running;
        run.startedAt = record.summary.startedAt;
        QVERIFY(CampaignStore(*archive).savePhaseRun(QStringLiteral("c1"), run).ok());
        run.state = RunState::Failed;
        run.exitCode = 72;
        run.message = QStringLiteral("Grüße\n\"quoted\"");
        QVERIFY(CampaignStore(*archive).savePhaseRun(QStringLiteral("c1"), run).ok());
        const EvidenceFile file{QStringLiteral("phase2.json"), QByteArray("\x00\xff raw", 6)};
        QVERIFY(EvidenceStore(*archive).save(QStringLiteral("c1"), file).ok());
        Judgement judgement;
        judgement.verdict = Verdict::Fail;
        judgement.reason = QStringLiteral("why");
        QVERIFY(JudgementStore(*archive).save(QStringLiteral("c1"), judgement).ok());
        record.summary.state = RunState::Passed;
        record.summary.verdict = Verdict::Fail;
        record.summary.claimedPass = true;
        record.summary.claim = QStringLiteral("At least 0.995");
        QVERIFY(CampaignStore(*archive).update(record.summary).ok());

        archive.reset();
        archive = open();
        const auto read = CampaignReader(*archive).load(QStringLiteral("c1"));
        QVERIFY(read.ok());
        QCOMPARE(read->summary.verdict, Verdict::Fail);
        QCOMPARE(read->summary.claimedPass, true);
        QCOMPARE(read->summary.claim, record.summary.claim);
        QCOMPARE(CampaignReader(*archive).list()->constFirst().claim, record.summary.claim);
        QCOMPARE(read->summary.startedAt, record.summary.startedAt);
        QCOMPARE(read->parameters, record.parameters);
        QCOMPARE(read->phaseRuns.size(), 1);
        QCOMPARE(read->phaseRuns.constFirst().message, run.message);
        QCOMPARE(read->phaseRuns.constFirst().exitCode, 72);
        QCOMPARE(read->files.constFirst().bytes, file.bytes);
        QCOMPARE(read->judgement->reason, QStringLiteral("why"));
    }

    void takenIdIsRefused() {
        auto archive = open();
        QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        const auto again = CampaignStore(*archive).create(campaign(QStringLiteral("c1")));
        QVERIFY(!again.ok());
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        QVERIFY(again.error().text.contains(QStringLiteral("c1")));
    }

    void aTriageStandsUntilTheNextAndIsUndone() {
        auto archive = open();
        const QString id = QStringLiteral("c1");
        QVERIFY(CampaignStore(*archive).create(campaign(id)).ok());
        QCOMPARE(undoLast(*archive, id).error().code, ErrorCode::NotFound);
        const Triage first{FailureClass::Harness, QStringLiteral("Ada"), QStringLiteral("a note"),
                           QStringLiteral("https://example.org/7")};
        QVERIFY(TriageStore(*archive).save(id, first).ok());
        QVERIFY(TriageStore(*archive).save(id, {FailureClass::Product, {}, {}, {}}).ok());
        archive.reset();
        archive = open();
        QCOMPARE(CampaignReader(*archive).list()->constFirst().triage.failureClass, FailureClass::Product);
        QVERIFY(undoLast(*archive, id).ok());
        const Triage read = CampaignReader(*archive).load(id)->summary.triage;
        QCOMPARE(triageToJson(read), triageToJson(first));
        QVERIFY(read.at.isValid());
    }

    void theFirstTriageIsUndoneToNone() {
        auto archive = open();
        const QString id = QStringLiteral("c1");
        QVERIFY(CampaignStore(*archive).create(campaign(id)).ok());
        QVERIFY(TriageStore(*archive).save(id, {FailureClass::Product, {}, {}, {}}).ok());
        QVERIFY(undoLast(*archive, id).ok());
        QVERIFY(CampaignReader(*archive).load(id)->summary.triage.isEmpty());
        QVERIFY(!undoLast(*archive, id).ok());
    }

    void anUndoTakesBackItsChangeAndNoOther() {
        auto archive = open();
        const QString change = QStringLiteral("one change");
        for (const auto &id : {QStringLiteral("c1"), QStringLiteral("c2"), QStringLiteral("c3")}) {
            QVERIFY(CampaignStore(*archive).create(campaign(id)).ok());
            QVERIFY(TriageStore(*archive).save(id, {FailureClass::Harness, {}, {}, {}, {}, change}).ok());
        }
        QVERIFY(TriageStore(*archive)
                    .save(QStringLiteral("c2"), {FailureClass::Product, QStringLiteral("Ada"), {}, {}})
                    .ok());
        archive.reset();
        archive = open();
        const auto undone = TriageStore(*archive).undo(change, {});
        QVERIFY(undone.ok());
        QCOMPARE(undone->undone, (QStringList{QStringLiteral("c1"), QStringLiteral("c3")}));
        QCOMPARE(undone->left, QStringList{QStringLiteral("c2")});
        const auto triageOf = [&](const QString &id) {
            return CampaignReader(*archive).load(id)->summary.triage;
        };
        QVERIFY(triageOf(QStringLiteral("c1")).isEmpty());
        QCOMPARE(triageOf(QStringLiteral("c2")).owner, QStringLiteral("Ada"));
        // Once the later change is taken back, the one before it can be.
        QVERIFY(undoLast(*archive, QStringLiteral("c2")).ok());
        QCOMPARE(triageOf(QStringLiteral("c2")).failureClass, FailureClass::Harness);
        QCOMPARE(TriageStore(*archive).undo(change, {})->undone, QStringList{QStringLiteral("c2")});
        QVERIFY(triageOf(QStringLiteral("c2")).isEmpty());
        QCOMPARE(TriageStore(*archive).undo(change, {}).error().code, ErrorCode::NotFound);
    }

    void threeChangesAreTakenBackOneByOne() {
        auto archive = open();
        const QString id = QStringLiteral("c1");
        QVERIFY(CampaignStore(*archive).create(campaign(id)).ok());
        for (const auto &owner : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")})
            QVERIFY(TriageStore(*archive).save(id, {FailureClass::Product, owner, {}, {}}).ok());
        for (const auto &owner : {QStringLiteral("b"), QStringLiteral("a"), QString()}) {
            QVERIFY(undoLast(*archive, id).ok());
            QCOMPARE(CampaignReader(*archive).load(id)->summary.triage.owner, owner);
        }
        QVERIFY(!undoLast(*archive, id).ok());
    }

    void aBadTriageIsRefusedWhole() {
        auto archive = open();
        QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        const Triage bad{std::nullopt, {}, {}, QStringLiteral("javascript:alert(1)")};
        QCOMPARE(TriageStore(*archive).save(QStringLiteral("c1"), bad).error().code, ErrorCode::InvalidInput);
        QCOMPARE(TriageStore(*archive).save(QStringLiteral("c2"), {}).error().code, ErrorCode::NotFound);
        QVERIFY(CampaignReader(*archive).load(QStringLiteral("c1"))->summary.triage.isEmpty());
    }

    void absentCampaignIsNamed() {
        const auto read = CampaignReader(*open()).load(QStringLiteral("nothing"));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::NotFound);
    }

    void listIsInVersionOrder() {
        auto archive = open();
        for (const auto &id :
             {QStringLiteral("soak-r9"), QStringLiteral("soak-r10"), QStringLiteral("soak-r1")})
            QVERIFY(CampaignStore(*archive).create(campaign(id)).ok());
        const auto list = CampaignReader(*archive).list();
        QVERIFY(list.ok());
        QStringList ids;
        for (const CampaignSummary &summary : *list)
            ids << summary.id;
        QCOMPARE(ids, QStringList({QStringLiteral("soak-r10"), QStringLiteral("soak-r9"),
                                   QStringLiteral("soak-r1")}));
    }

    void evidenceIsNeverOverwritten() {
        auto archive = open();
        QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        for (const char *bytes : {"one", "one", "two"})
            QVERIFY(EvidenceStore(*archive).save(QStringLiteral("c1"), {QStringLiteral("f"), bytes}).ok());
        QCOMPARE(sqlite("SELECT count(*) FROM evidence_file"), QByteArray("2"));
        QVERIFY(sqlite("UPDATE evidence_file SET bytes=x'00'").contains("evidence is never changed"));
        QVERIFY(sqlite("DELETE FROM evidence_file").contains("evidence is never removed"));
        const EndedStream stream = test::streamOf(QStringLiteral("phase2-x-y.obs.jsonl"), "one\n");
        CampaignSummary summary = CampaignReader(*archive).load(QStringLiteral("c1"))->summary;
        QVERIFY(ObservationStore(*archive).save(summary.id, stream).ok());
        // The stream of a run that was fetched anew takes its place, until the campaign has ended.
        const EndedStream anew = test::streamOf(stream.name, "one\ntwo\n");
        QVERIFY(ObservationStore(*archive).save(summary.id, anew).ok());
        summary.finishedAt = summary.startedAt.addSecs(1);
        QVERIFY(CampaignStore(*archive).update(summary).ok());
        QVERIFY(ObservationStore(*archive).save(summary.id, anew).ok());
        const auto late = ObservationStore(*archive).save(summary.id, stream);
        QVERIFY(!late.ok());
        QVERIFY2(late.error().text.contains(QStringLiteral("never changed")), qPrintable(late.error().text));
        QVERIFY(sqlite("DELETE FROM observation_stream").contains("observations are never removed"));
    }

    void tracesAreReadOfTheirCycleAndSettlingOfPhase2() {
        const auto archive = open();
        QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        QMap<QString, QByteArray> streams;
        const auto add = [&](const QString &stream, QByteArray line) {
            line = "{'t':'2026-01-02T03:04:05.000001Z'," + line + "}\n";
            streams[stream + QStringLiteral(".obs.jsonl")] += line.replace('\'', '"');
        };
        for (int cycle = 1; cycle <= 21; ++cycle)
            add(QStringLiteral("phase4-chaos-chaos"),
                "'obs':'write','fault':'f','cycle':" + QByteArray::number(cycle) +
                    ",'agent':'a','code':'201','start_us':5,'end_us':9");
        add(QStringLiteral("phase4-chaos-chaos"), "'obs':'fault','fault':'f','cycle':2,'fault_us':7");
        add(QStringLiteral("phase2-burst-chaos"), "'obs':'progress','node':'node-b','held':3,'of':4,'ms':10");
        add(QStringLiteral("phase2-burst-chaos"),
            "'obs':'write','id':'x','code':'201','start_us':1,'end_us':2");
        const auto expectBoth = [&] {
            const auto trace =
                ObservationStore(*archive).loadTrace(QStringLiteral("c1"), QStringLiteral("f"), 2);
            QVERIFY(trace.ok());
            QCOMPARE(trace->writes.size(), 1); // not those of cycle 20 and 21
            QCOMPARE(trace->inFlight(), 1);
            const auto settling = ObservationStore(*archive).loadSettling(QStringLiteral("c1"));
            QVERIFY(settling.ok());
            QCOMPARE(settling->nodes.size(), 1);
            QCOMPARE(settling->acked, 4);
        };
        // While they arrive, from their spools, whose last line is not whole yet.
        const QString spools = Paths{m_dir->path()}.spoolDir(QStringLiteral("c1"));
        QVERIFY(QDir().mkpath(spools));
        for (auto it = streams.constBegin(); it != streams.constEnd(); ++it) {
            QFile spool(spools + QLatin1Char('/') + it.key());
            QVERIFY(spool.open(QIODevice::WriteOnly));
            spool.write(it.value() + "{\"t\":\"2026");
        }
        expectBoth();
        QCOMPARE(CampaignReader(*archive).loadEvidence(QStringLiteral("c1"))->observations.size(), 2);
        QVERIFY(QDir(spools).removeRecursively());
        for (auto it = streams.constBegin(); it != streams.constEnd(); ++it)
            QVERIFY(ObservationStore(*archive)
                        .save(QStringLiteral("c1"), test::streamOf(it.key(), it.value()))
                        .ok());
        expectBoth();
        QVERIFY(ObservationStore(*archive)
                    .loadTrace(QStringLiteral("none"), QStringLiteral("f"), 2)
                    ->writes.isEmpty());
    }

    void newerSchemaIsRefused() {
        open().reset();
        sqlite("PRAGMA user_version=99");
        const auto archive = Archive::open(Paths{m_dir->path()});
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::Unsupported);
        QVERIFY(archive.error().text.contains(QStringLiteral("newer Slipway")));
    }

    void damagedFileIsRefusedAndLeftAlone() {
        QFile damaged(path());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write(QByteArray(8192, 'x'));
        damaged.close();
        const auto archive = Archive::open(Paths{m_dir->path()});
        QVERIFY(!archive.ok());
        QCOMPARE(archive.error().code, ErrorCode::Corrupt);
        QCOMPARE(QFile(path()).size(), 8192);
    }

    void filesArePrivate() {
        open().reset();
        QVERIFY(!(QFile(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther)));
    }

    // A child writes batches and reports each one that was committed; it is killed in the middle of it.
    void killedWriterLosesNothingThatWasReportedSafe() {
        {
            auto archive = open();
            QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        }
        int committed = 0;
        for (int round = 0; round < 8; ++round) {
            int pipeEnds[2];
            QCOMPARE(pipe(pipeEnds), 0);
            const pid_t child = fork();
            if (child == 0) {
                auto archive = open();
                for (int batch = committed;; ++batch) {
                    if (!EvidenceStore(*archive).save(QStringLiteral("c1"), file(batch)).ok())
                        _exit(1);
                    if (::write(pipeEnds[1], "x", 1) != 1)
                        _exit(1);
                }
            }
            ::close(pipeEnds[1]);
            char byte = 0;
            for (int seen = 0; seen < 3 + round && ::read(pipeEnds[0], &byte, 1) == 1; ++seen)
                ++committed;
            ::kill(child, SIGKILL);
            while (::read(pipeEnds[0], &byte, 1) == 1)
                ++committed;
            ::close(pipeEnds[0]);
            ::waitpid(child, nullptr, 0);
            auto archive = open(); // opens and checks what the dead left behind
            QVERIFY(archive != nullptr);
            archive.reset();
            QVERIFY(sqlite("SELECT count(*) FROM evidence_file").toInt() >= committed);
            committed = sqlite("SELECT count(*) FROM evidence_file").toInt();
        }
    }

    void twoProcessesWriteAtOnce() {
        open().reset();
        QList<pid_t> children;
        for (int writer = 0; writer < 2; ++writer) {
            const pid_t child = fork();
            if (child == 0) {
                auto archive = open();
                const QString id = QStringLiteral("w%1").arg(writer);
                bool fine = CampaignStore(*archive).create(campaign(id)).ok();
                for (int batch = 0; fine && batch < 100; ++batch)
                    fine = EvidenceStore(*archive).save(id, file(batch)).ok();
                archive.reset();
                _exit(fine ? 0 : 1);
            }
            children << child;
        }
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            QCOMPARE(status, 0);
        }
        QCOMPARE(sqlite("SELECT count(*) FROM evidence_file"), QByteArray("200"));
        QCOMPARE(sqlite("PRAGMA integrity_check"), QByteArray("ok"));
    }

    void fullDiskIsNamedAndKeepsTheRest() {
        auto archive = open();
        QVERIFY(CampaignStore(*archive).create(campaign(QStringLiteral("c1"))).ok());
        struct rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        struct rlimit small = before;
        small.rlim_cur = 200 * 1024;
        std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &small);
        const auto saved = EvidenceStore(*archive).save(
            QStringLiteral("c1"), {QStringLiteral("big"), QByteArray(4 * 1024 * 1024, 'x')});
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!saved.ok());
        QVERIFY2(saved.error().text.contains(QStringLiteral("saving big of c1")),
                 qPrintable(saved.error().text));
        QVERIFY(CampaignReader(*archive).load(QStringLiteral("c1")).ok());
    }

private:
    [[nodiscard]] QString path() const { return m_dir->filePath(QStringLiteral("archive.sqlite")); }
    [[nodiscard]] std::unique_ptr<Archive> open() const {
        auto archive = Archive::open(Paths{m_dir->path()});
        if (!archive)
            qFatal("%s", qPrintable(archive.error().text));
        return std::move(*archive);
    }
    QByteArray sqlite(const char *sql) const {
        QProcess shell;
        shell.setProcessChannelMode(QProcess::MergedChannels);
        shell.start(QStringLiteral("sqlite3"), {path(), QString::fromUtf8(sql)});
        shell.waitForFinished();
        return shell.readAll().trimmed();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(ArchiveTest)
#include "tst_archive.moc"
