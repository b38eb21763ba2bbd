// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"
#include "models/evidence/reportbuilder.h"
#include "models/evidence/streamorder.h"
#include "tests/phases/phaserig.h"
#include "tests/phases/testdatabase.h"
#include "tests/support/testpaths.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kA = QStringLiteral("node-a");
const QString kB = QStringLiteral("node-b");
const QString kFunctional = QStringLiteral("functional");

QString sha256(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
}

QByteArray answerOf(const PhaseOutput &output, const QString &name) {
    for (const Observation &observation : output.all(QStringLiteral("output"))) {
        if (observation.text("name") == name)
            return outputBytes(observation);
    }
    return {};
}

QString stateFolder(const PhaseRig &rig, const QString &host) {
    return rig.home(host) + QStringLiteral("/.local/state/slipway");
}

// Since boot, as /proc says.
qint64 upMs() {
    QFile file(QStringLiteral("/proc/uptime"));
    return file.open(QIODevice::ReadOnly)
               ? static_cast<qint64>(file.readAll().split(' ').constFirst().toDouble() * 1000)
               : -1;
}

// "R", "S", "Z", …; empty when there is no such process.
QByteArray stateOf(const QString &pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(2) : QByteArray();
}

bool nothingLeft(const PhaseRig &rig) {
    const QStringList left = rig.leftFiles() + rig.leftProcesses();
    if (!left.isEmpty())
        qWarning("left: %s", qPrintable(left.join(QLatin1Char('\n'))));
    return left.isEmpty();
}

} // namespace

class PhaseProgramsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginNamesCampaignRunJobProgramAndServer() {
        PhaseRig rig;
        const QString program = rig.programFile(1, kFunctional, kB);
        const PhaseOutput output = rig.run(1, kFunctional, kB);
        QVERIFY2(output.exitCode == 0, output.log.constData());
        const Observation begin = output.first(QStringLiteral("begin"));
        QCOMPARE(begin.text("campaign"), QStringLiteral("rig"));
        QCOMPARE(begin.text("run"), rig.plan.runToken);
        QCOMPARE(begin.text("key"), rig.plan.key);
        QCOMPARE(begin.text("job"), QStringLiteral("p1-functional-") + rig.plan.runToken);
        QCOMPARE(begin.text("host"), kB);
        QCOMPARE(begin.text("program_sha256"), sha256(program));
        QCOMPARE(begin.text("server_sha256"), sha256(rig.serverPath()));
        QCOMPARE(begin.flag("separate_user"), ::geteuid() == 0);
        QVERIFY(begin.flag("separate_user") || !begin.text("separate_user_reason").isEmpty());
        QVERIFY(nothingLeft(rig));
    }

    void versionIsWhatIsSaidOnStdout() {
        PhaseRig rig;
        rig.setServer("echo 'loaded config from /etc/x' >&2\necho 'server 7.1'\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        QCOMPARE(output.first(QStringLiteral("begin")).text("version"), QStringLiteral("server 7.1"));
    }

    void toolsOfAllProfilesCount() {
        PhaseRig rig;
        rig.setServer("[ \"$1\" = mcp ] || exec HONEST \"$@\"\n"
                      "tools='{}'\n"
                      "[ \"$3\" != full ] || tools='{},{},{},{}'\n"
                      "while read -r line; do case $line in *tools/list*)\n"
                      "  printf '{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"tools\":[%s]}}\\n' \"$tools\";; "
                      "esac; done\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        const QJsonObject report = functionalReport({1, kFunctional, kA, {kA, output.out}}, 4);
        QCOMPARE(report.value(QLatin1String("mcp_tool_count")).toInt(), 4);
        QCOMPARE(report.value(QLatin1String("mcp_core_tool_count")).toInt(), 1);
        QVERIFY2(report.value(QLatin1String("pass")).toBool(), output.log.constData());
    }

    // A long answer comes in several writes, and the server may be interrupted between them.
    void anAnswerInPiecesIsWaitedFor() {
        PhaseRig rig;
        rig.setServer("[ \"$1\" = mcp ] || exec HONEST \"$@\"\n"
                      "while read -r line; do case $line in *tools/list*)\n"
                      "  printf '{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":'; sleep 0.5\n"
                      "  printf '{\"tools\":[{},{},{},{}]}}\\n';; esac; done\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        const QJsonObject report = functionalReport({1, kFunctional, kA, {kA, output.out}}, 4);
        QCOMPARE(report.value(QLatin1String("mcp_tool_count")).toInt(), 4);
        QVERIFY2(report.value(QLatin1String("pass")).toBool(), output.log.constData());
    }

    void serverSeesNothingOfTheHarness() {
        if (::geteuid() != 0)
            QSKIP("Only root can run the server as another user.");
        PhaseRig rig;
        const QByteArray home = rig.home(kA).toUtf8();
        rig.setServer(
            "[ \"$1\" = store ] || exec HONEST \"$@\"\n"
            "env\n"
            "cat " +
            home +
            "/.local/state/slipway/work/*/user && echo read-work\n"
            "ls " +
            home +
            " && echo read-home\n"
            "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep SLIPWAY_KEY && echo read-environment\n"
            "for link in /proc/[0-9]*/fd/1; do\n"
            "  case $(readlink $link) in *functional*.out) : >>$link && echo \"wrote to $link\";; esac\n"
            "done\n"
            "setsid " +
            rig.serverPath().toUtf8() +
            " stay &\n"
            "[ \"$1\" != stay ] || sleep 300\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        const QByteArray said = answerOf(output, QStringLiteral("store"));
        QVERIFY2(said.contains("AI_MEMORY_DB="), output.log.constData());
        for (const char *secret : {"SLIPWAY_", "read-work", "read-home", "read-environment", "wrote to"})
            QVERIFY2(!said.contains(secret), said.constData());
    }

    // In a container whose first process reaps nobody, an ended server stays a zombie. So does a child whose
    // parent does not ask for it.
    void aProcessThatNobodyReapsHasEnded() {
        QProcess parent;
        parent.start(QStringLiteral("perl"),
                     {QStringLiteral("-e"), QStringLiteral("$| = 1; my $p = fork; exec 'sleep', '300' "
                                                           "unless $p; print \"$p\\n\"; sleep 300")});
        QVERIFY(parent.waitForReadyRead());
        const QString child = QString::fromLatin1(parent.readAll().trimmed());
        QProcess ending;
        ending.start(QStringLiteral("bash"),
                     {QStringLiteral("-c"),
                      QStringLiteral(". \"$1/common.sh\"; . \"$1/server.sh\"; end_process $2 1"),
                      QStringLiteral("bash"), testPaths::source("resources/phases"), child});
        const bool ended = ending.waitForFinished();
        const QByteArray state = stateOf(child);
        parent.kill();
        ending.kill();
        parent.waitForFinished();
        ending.waitForFinished();
        QVERIFY(ended);
        QCOMPARE(ending.exitCode(), 0);
        QCOMPARE(state, QByteArray("Z"));
    }

    // Whatever a server started goes with it, in whatever session it is.
    void nothingOfTheServerStays() {
        if (::geteuid() != 0)
            QSKIP("Only root can run the server as another user.");
        PhaseRig rig;
        rig.setServer("[ \"$1\" != stay ] || exec sleep 300\n"
                      "[ \"$1\" != store ] || setsid \"$0\" stay >/dev/null 2>&1 &\n"
                      "[ \"$1\" != store ] || exec sh -c 'sleep 0.2; : \"$0\"' \"$0\"\n"
                      "exec HONEST \"$@\"\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        const auto sleeping = output.first(QStringLiteral("begin")).text("server_user");
        QProcess ps;
        ps.start(QStringLiteral("ps"),
                 {QStringLiteral("-o"), QStringLiteral("args="), QStringLiteral("-U"), sleeping});
        QVERIFY(ps.waitForFinished());
        for (const QByteArray &line : ps.readAllStandardOutput().split('\n'))
            QVERIFY2(line.isEmpty() || line.contains("<defunct>"), line.constData());
        QVERIFY(nothingLeft(rig));
    }

    void strangersFoldersAreRefused_data() {
        QTest::addColumn<bool>("link");
        QTest::newRow("a link") << true;
        QTest::newRow("open to others") << false;
    }

    void strangersFoldersAreRefused() {
        QFETCH(const bool, link);
        PhaseRig rig;
        const QString work = stateFolder(rig, kA) + QStringLiteral("/work");
        const QTemporaryDir elsewhere;
        QVERIFY(QDir().mkpath(stateFolder(rig, kA)));
        QVERIFY(::chmod(QFile::encodeName(stateFolder(rig, kA)).constData(), 0700) == 0);
        if (link)
            QVERIFY(QFile::link(elsewhere.path(), work));
        else
            QVERIFY(QDir().mkdir(work) && ::chmod(QFile::encodeName(work).constData(), 0777) == 0);
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        QCOMPARE(output.exitCode, 70);
        QVERIFY2(output.log.contains(link ? "is symbolic link, not a folder" : "is open to others"),
                 output.log.constData());
        QVERIFY(QDir(elsewhere.path()).isEmpty() && output.out.isEmpty());
    }

    void workFolderThatOthersCanChangeIsRefused() {
        PhaseRig rig;
        QCOMPARE(::chmod(QFile::encodeName(rig.workDir()).constData(), 0777), 0); // without the sticky bit
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        QCOMPARE(output.exitCode, 70);
        QVERIFY2(output.log.contains("others may replace what lies in"), output.log.constData());
    }

    void nothingInTheWorkFolderHasANameThatCanBeForeseen() {
        PhaseRig rig;
        QCOMPARE(rig.run(2, QStringLiteral("serve"), kA).exitCode, 0);
        const auto entries =
            QDir(rig.workDir()).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden);
        QCOMPARE(entries.size(), 1);
        const QFileInfo &folder = entries.constFirst();
        QVERIFY(!folder.fileName().contains(rig.plan.runToken) && folder.ownerId() == ::geteuid());
        QVERIFY(!folder.permission(QFile::WriteOther) && !folder.permission(QFile::ReadOther));
        QCOMPARE(rig.run(2, QStringLiteral("clean"), kA).exitCode, 0);
        QVERIFY(nothingLeft(rig));
    }

    // What an earlier run left behind answers on the port; the server under test may or may not notice.
    void portInUseIsReportedAndNotMeasured() {
        PhaseRig rig;
        QProcess stray;
        const QTemporaryDir elsewhere;
        stray.start(testPaths::program("ai-memory-reference"),
                    {QStringLiteral("--db"), elsewhere.filePath(QStringLiteral("db")),
                     QStringLiteral("serve"), QStringLiteral("--host"), QStringLiteral("0.0.0.0"),
                     QStringLiteral("--port"), rig.plan.parameters.value(QStringLiteral("port"))});
        stray.setReadChannel(QProcess::StandardError);
        QVERIFY(stray.waitForReadyRead());
        const qint64 pid = stray.processId();
        const PhaseJudgement judgement = rig.judged(2, rig.federate());
        stray.kill();
        stray.waitForFinished();
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.detail.contains(QStringLiteral("is in use before the start")) &&
                     judgement.detail.contains(QStringLiteral("pid %1").arg(pid)),
                 qPrintable(judgement.detail));
        QVERIFY(nothingLeft(rig));
    }

    void serverThatCannotServeIsReportedInItsOwnWords() {
        PhaseRig rig;
        rig.setServer(
            "[ \"$1\" != serve ] || { echo 'Error: no such option' >&2; exit 2; }\nexec HONEST \"$@\"\n");
        const PhaseJudgement judgement = rig.judged(2, rig.federate());
        QVERIFY2(judgement.detail.contains(QStringLiteral("exit status 2")) &&
                     judgement.detail.contains(QStringLiteral("no such option")),
                 qPrintable(judgement.detail));
        QVERIFY(nothingLeft(rig));
    }

    void serverThatIsKilledIsReported() {
        PhaseRig rig;
        qint64 killed = 0;
        const auto streams = rig.federate([&] {
            QFile file(stateFolder(rig, kB) +
                       QStringLiteral("/work/%1-phase2-node-b/serve.pid").arg(rig.plan.runToken));
            QVERIFY(file.open(QIODevice::ReadOnly));
            killed = file.readAll().split(' ').constFirst().toLongLong();
            QVERIFY(killed > 1);
            ::kill(static_cast<pid_t>(killed), SIGKILL);
        });
        const PhaseJudgement judgement = rig.judged(2, streams);
        QVERIFY(judgement.verdict != Verdict::Proven && judgement.verdict != Verdict::UnprovenPass);
        QVERIFY2(judgement.detail.contains(
                     QStringLiteral("node-b (pid %1): it ended by itself (signal 9)").arg(killed)),
                 qPrintable(judgement.detail));
    }

    void migrationThatFailsNamesItsCause() {
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("memories"), QStringLiteral("5"));
        rig.setServer(
            "[ \"$1\" != migrate ] || { echo 'error: extension \"vector\" is not available' >&2; exit 1; }\n"
            "exec HONEST \"$@\"\n");
        const PhaseJudgement judgement = rig.judged(3, rig.runAlone(3));
        QVERIFY2(judgement.detail.contains(QStringLiteral("ended with 1")) &&
                     judgement.detail.contains(QStringLiteral("extension \"vector\" is not available")),
                 qPrintable(judgement.detail));
        QVERIFY(nothingLeft(rig));
    }

    // While the server migrates, no command line of the machine has the password of the database, which asks
    // for it.
    void thePasswordOfADatabaseIsInNoCommandLine_data() {
        QTest::addColumn<QString>("url");
        QTest::newRow("user") << QStringLiteral("postgres://gate:%1@127.0.0.1:%2/postgres");
        QTest::newRow("parameter") << QStringLiteral(
            "postgres://gate@127.0.0.1:%2/postgres?password=%1&connect_timeout=5");
    }

    void thePasswordOfADatabaseIsInNoCommandLine() {
        QFETCH(QString, url);
        TestDatabase database("s3:cret\\w@7Q%");
        if (database.port() == 0)
            QSKIP("No PostgreSQL is installed.");
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("memories"), QStringLiteral("5"));
        rig.plan.parameters.insert(QStringLiteral("postgres_url"),
                                   url.arg(QStringLiteral("s3%3Acret%5Cw%407Q%25")).arg(database.port()));
        rig.setServer(
            "[ \"$1\" != migrate ] || ! cat /proc/[0-9]*/cmdline 2>/dev/null | grep -aq 's3.*[c]ret.*7Q' || "
            "{ echo 'the password can be seen' >&2; exit 1; }\n"
            "exec HONEST \"$@\"\n");
        const PhaseJudgement judgement = rig.judged(3, rig.runAlone(3));
        QVERIFY2(judgement.verdict == Verdict::Proven || judgement.verdict == Verdict::UnprovenPass,
                 qPrintable(judgement.detail));
        QVERIFY(nothingLeft(rig));
    }

    // Every line has the time since boot, and nothing in honest streams contradicts itself.
    void timesOfHonestRunsAreInOrder() {
        const qint64 before = upMs();
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("cycles"), QStringLiteral("2"));
        rig.plan.parameters.insert(QStringLiteral("writes"), QStringLiteral("40"));
        rig.plan.parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("25"));
        rig.plan.parameters.insert(QStringLiteral("writes_per_agent"), QStringLiteral("5"));
        const auto streams = rig.federate() + rig.runAlone(4);
        int lines = 0;
        for (const ObservedStream &stream : streams) {
            HostClock clock;
            StreamOrder order;
            forEachObservation(stream.file, [&](const Observation &observation) {
                ++lines;
                const int jumps = clock.jumps();
                const QDateTime at = clock.read(observation);
                order.add(observation, at, clock.jumps() > jumps);
                const qint64 up = observation.integer("up_ms").value_or(-1);
                QVERIFY2(up >= before && up <= upMs(), qPrintable(QString::number(up)));
            });
            QVERIFY(clock.isSteady());
            QCOMPARE(clock.problem(), QString());
            QCOMPARE(order.problem(), QString());
        }
        QVERIFY(lines > 40);
        const auto cycles = cyclesFromStream(streams.constLast().file);
        QCOMPARE(cycles.size(), 2);
        for (const Cycle &cycle : cycles)
            QVERIFY(cycle.settleMs && *cycle.settleMs <= cycle.startedAt.msecsTo(cycle.endedAt));
    }

    // Each canary is a loss that was made on purpose, and is seen for what it is.
    void canariesAreSeen() {
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("cycles"), QStringLiteral("1"));
        rig.plan.parameters.insert(QStringLiteral("writes"), QStringLiteral("40"));
        rig.plan.parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("25"));
        rig.plan.parameters.insert(QStringLiteral("canaries"), QStringLiteral("6"));
        const auto streams = rig.runAlone(4);
        QList<CanaryCycle> canaries;
        QCOMPARE(cyclesFromStream(streams.constFirst().file, nullptr, &canaries).size(), 1);
        QCOMPARE(canaries.size(), 6);
        for (const CanaryCycle &canary : canaries)
            QVERIFY2(canary.isSeen(), qPrintable(canary.kind + QStringLiteral(": ") + canary.problem));
        const PhaseJudgement judgement = rig.judged(4, streams);
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.detail));
        QVERIFY(nothingLeft(rig));
    }

    // A comparison that looks at what was acknowledged in place of what is there.
    void aBlindComparisonIsInvalidEvidence_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("canary");
        QTest::newRow("to rows") << QByteArray("row_array \"$ROWS\"")
                                 << QByteArray("row_array \"$dir/acked\"")
                                 << QStringLiteral("cycle 2 (hidden on node-");
        QTest::newRow("to one node") << QByteArray("asked_at \"$i\"") << QByteArray("node_url \"$i\"")
                                     << QStringLiteral("cycle 2 (hidden on node-");
        QTest::newRow("to files") << QByteArray("files+=(\"$FILE\")")
                                  << QByteArray("files+=(\"$DATA/$serial-$i/memory.db\")")
                                  << QStringLiteral("cycle 3 (forgotten on node-");
    }

    void aBlindComparisonIsInvalidEvidence() {
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QFETCH(const QString, canary);
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("cycles"), QStringLiteral("1"));
        rig.plan.parameters.insert(QStringLiteral("writes"), QStringLiteral("40"));
        rig.plan.parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("25"));
        rig.spoil(from, to);
        const PhaseJudgement judgement = rig.judged(4, rig.runAlone(4));
        QCOMPARE(judgement.verdict, Verdict::InvalidEvidence);
        QVERIFY2(judgement.detail.contains(canary) &&
                     judgement.detail.contains(QStringLiteral("is said to hold")),
                 qPrintable(judgement.detail));
    }

    // Canaries and classes number their cycles anew, and the folders of one are removed while the next ones
    // run.
    void whatIsRemovedLateIsOfNoLaterCycle() {
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("cycles"), QStringLiteral("3"));
        rig.plan.parameters.insert(QStringLiteral("writes"), QStringLiteral("40"));
        rig.plan.parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("25"));
        rig.spoil("rm -rf -- \"$dir\"", "sleep 2 && rm -rf -- \"$dir\"");
        QStringList notes;
        const auto cycles = cyclesFromStream(rig.runAlone(4).constFirst().file, &notes);
        QCOMPARE(notes, QStringList());
        QCOMPARE(cycles.size(), 3);
        for (const Cycle &cycle : cycles)
            QCOMPARE(cycle.converged, cycle.ok);
        QVERIFY(nothingLeft(rig));
    }

    // The file is what job.sh leaves where the dashboard says that a class is decided.
    void aClassEndsEarlyWhereThePlanLetsIt_data() {
        QTest::addColumn<QString>("stopEarly");
        QTest::addColumn<int>("cycles");
        QTest::newRow("allowed") << QStringLiteral("1") << 1;
        QTest::newRow("not allowed") << QStringLiteral("0") << 2;
    }

    void aClassEndsEarlyWhereThePlanLetsIt() {
        QFETCH(const QString, stopEarly);
        QFETCH(const int, cycles);
        PhaseRig rig;
        rig.plan.parameters.insert(QStringLiteral("cycles"), QStringLiteral("2"));
        rig.plan.parameters.insert(QStringLiteral("writes"), QStringLiteral("40"));
        rig.plan.parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("25"));
        rig.plan.parameters.insert(QStringLiteral("stop_early"), stopEarly);
        const QString program = rig.programFile(4, QStringLiteral("chaos"), QStringLiteral("chaos"));
        QFile enough(QFileInfo(program).dir().filePath(QStringLiteral("enough-kill_primary_mid_write")));
        QVERIFY(enough.open(QIODevice::WriteOnly));
        enough.close();
        const PhaseOutput output = rig.run(4, QStringLiteral("chaos"), QStringLiteral("chaos"));
        QCOMPARE(output.exitCode, 0);
        QList<Observation> ends = output.all(QStringLiteral("cycle_end"));
        ends.removeIf([](const Observation &end) {
            return end.text("fault") != QLatin1String("kill_primary_mid_write");
        }); // of canaries
        QCOMPARE(ends.size(), cycles);
        QCOMPARE(output.all(QStringLiteral("end")).size(), 1);
        const QList<Observation> ended = output.all(QStringLiteral("ended_early"));
        QCOMPARE(ended.size(), cycles == 1 ? 1 : 0);
        if (!ended.isEmpty())
            QCOMPARE(ended.constFirst().integer("cycles"), 1);
        // One cycle decides nothing: whoever ended the class, its evidence is not whole.
        const PhaseJudgement judgement = rig.judged(
            4, {{4, QStringLiteral("chaos"), QStringLiteral("chaos"), {QStringLiteral("s"), output.out}}});
        QCOMPARE(judgement.verdict == Verdict::Incomplete, cycles == 1);
        QVERIFY(nothingLeft(rig));
    }

    // TERM comes to the program and to what it called the moment that this has made something.
    void aStopAtAnyInstantLeavesNothing_data() {
        QTest::addColumn<int>("phase");
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("tool");
        for (const char *tool : {"mktemp", "mkdir", "install"}) {
            const auto row = [tool](const char *name) -> QTestData & {
                return QTest::newRow(
                    qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(name), QLatin1String(tool))));
            };
            row("functional") << 1 << kFunctional << kA << QString::fromLatin1(tool);
            row("migration") << 3 << QStringLiteral("migrate") << kA << QString::fromLatin1(tool);
            row("chaos") << 4 << QStringLiteral("chaos") << QStringLiteral("chaos")
                         << QString::fromLatin1(tool);
        }
    }

    void aStopAtAnyInstantLeavesNothing() {
        QFETCH(const int, phase);
        QFETCH(const QString, step);
        QFETCH(const QString, host);
        QFETCH(const QString, tool);
        PhaseRig rig;
        rig.stopAfter(tool);
        const PhaseOutput output = rig.run(phase, step, host);
        QCOMPARE(output.exitCode, 143);
        QVERIFY(nothingLeft(rig));
    }

    void answersWithoutAnEndAreBounded() {
        PhaseRig rig;
        rig.setServer("[ \"$1\" != store ] || exec yes\nexec HONEST \"$@\"\n");
        const PhaseOutput output = rig.run(1, kFunctional, kA);
        QCOMPARE(output.exitCode, 0);
        QCOMPARE(answerOf(output, QStringLiteral("store")).size(), 8 * 1024 * 1024);
        QVERIFY2(output.log.contains("printed more than is kept"), output.log.constData());
    }
};

QTEST_GUILESS_MAIN(PhaseProgramsTest)
#include "tst_phaseprograms.moc"
