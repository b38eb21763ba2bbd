// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostcheck.h"
#include "app/core/shellword.h"
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 60'000;
constexpr int kHosts = 24;

Host hostOf(const TestSshd &sshd, int number) {
    Host host = sshd.host();
    host.name = QStringLiteral("host-%1").arg(number);
    host.sshConfig = QStringLiteral("none");
    host.serverPath = QStringLiteral("/bin/true");
    host.workDir = QStringLiteral("/tmp");
    return host;
}

ShellFactory shells() {
    return [](const Host &host) { return std::make_unique<SshShell>(host, SshOptions{}); };
}

} // namespace

class FanOutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // One that is slow and one that is not there hold nobody up; sessions stay open for the next program.
    void everyHostAnswersForItself() {
        const TestSshd sshd({QStringLiteral("MaxStartups 200")});
        QList<Host> hosts;
        for (int number = 0; number < kHosts; ++number)
            hosts << hostOf(sshd, number);
        hosts[3].port = 1; // nothing listens there
        HostLinks links(shells());
        FanOut fanOut(links);
        QList<HostAnswer> answers;
        connect(&fanOut, &FanOut::answered, this, [&](const HostAnswer &answer) { answers << answer; });
        QSignalSpy finished(&fanOut, &FanOut::finished);
        QList<Host> others = hosts;
        const Host slow = others.takeAt(7);
        fanOut.run({slow}, "sleep 3; echo late", kTimeout);
        fanOut.run(others, "echo here; echo there >&2; exit 5", kTimeout);
        QVERIFY(finished.wait(kTimeout));
        QCOMPARE(answers.size(), kHosts);
        QCOMPARE(answers.constLast().out, QByteArray("late\n"));
        for (const HostAnswer &answer : answers) {
            if (answer.host == hosts.at(3).name) {
                QVERIFY(answer.error && answer.error->text.contains(answer.host));
            } else if (answer.host != slow.name) {
                QCOMPARE(answer.out, QByteArray("here\n"));
                QCOMPARE(answer.err, QByteArray("there\n"));
                QCOMPARE(answer.exitCode, 5);
            }
        }
        const auto logins = sshd.log().count("Accepted publickey");
        answers.clear();
        others.removeAt(3);
        fanOut.run(others, "echo again", kTimeout);
        QVERIFY(finished.wait(kTimeout));
        QCOMPARE(answers.size(), others.size());
        QCOMPARE(sshd.log().count("Accepted publickey"), logins);
    }

    void aHostIsCheckedBeforeItIsUsed() {
        const TestSshd sshd;
        Host good = hostOf(sshd, 1);
        Host bad = hostOf(sshd, 2);
        bad.serverPath = QStringLiteral("/no/such/'$(touch /tmp/never)' program");
        bad.workDir = QStringLiteral("/proc/1");
        HostLinks links(shells());
        FanOut fanOut(links);
        QMap<QString, HostHealth> healths;
        connect(&fanOut, &FanOut::answered, this, [&](const HostAnswer &answer) {
            healths.insert(answer.host, readHealth(answer.host == good.name ? good : bad, answer, {}));
        });
        fanOut.run({good}, healthProgram(good, {}), kTimeout);
        fanOut.run({bad}, healthProgram(bad, {}), kTimeout);
        QTRY_COMPARE_WITH_TIMEOUT(healths.size(), 2, kTimeout);
        QCOMPARE(healths[good.name].problem, QString());
        QVERIFY(healths[good.name].freeKb > 0);
        QCOMPARE(healths[good.name].serverSha256.size(), 64);
        const QString problem = healths[bad.name].problem;
        QVERIFY2(problem.contains(bad.serverPath), qPrintable(problem));
        QVERIFY2(problem.contains(QStringLiteral("cannot write to /proc/1")), qPrintable(problem));

        // Peers that do not run the same program.
        Fleet fleet;
        fleet.hosts = {good, bad, hostOf(sshd, 3)};
        QList<HostHealth> hosts{healths[good.name], healths[good.name], healths[good.name]};
        for (qsizetype i = 0; i < 3; ++i)
            hosts[i].host = fleet.hosts.at(i).name;
        hosts[1].serverSha256.fill(QLatin1Char('0'));
        compareHealth(fleet, hosts);
        QCOMPARE(hosts[0].problem, QString());
        QVERIFY(hosts[1].problem.contains(QStringLiteral("not the one of the other hosts")));
    }

    // Whatever an account does with a program instead of running it, is not an answer.
    void anAccountThatRunsNoCommandsIsReported_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("said");
        QTest::newRow("sftp") << QStringLiteral("internal-sftp") << QStringLiteral("sftp");
        QTest::newRow("words") << QStringLiteral("/bin/echo closed for maintenance")
                               << QStringLiteral("closed for maintenance");
        QTest::newRow("echo") << QStringLiteral("/bin/cat") << QStringLiteral("printf");
        QTest::newRow("nothing") << QStringLiteral("/bin/false") << QStringLiteral("nothing");
        QTest::newRow("well, and nothing") << QStringLiteral("/bin/true") << QStringLiteral("nothing");
        QTest::newRow("nologin") << QStringLiteral("/usr/sbin/nologin") << QStringLiteral("not available");
        QTest::newRow("killed") << QStringLiteral("kill -KILL $$") << QStringLiteral("KILL");
        QTest::newRow("endless") << QStringLiteral("cat /dev/zero") << QStringLiteral("more than 1024 KiB");
        QTest::newRow("endless errors")
            << QStringLiteral("yes no >&2") << QStringLiteral("more than 1024 KiB");
    }

    void anAccountThatRunsNoCommandsIsReported() {
        QFETCH(const QString, command);
        QFETCH(const QString, said);
        const TestSshd sshd({QStringLiteral("ForceCommand ") + command});
        const HostHealth health = healthOf(hostOf(sshd, 1));
        QVERIFY2(health.problem.contains(QStringLiteral("host-1")), qPrintable(health.problem));
        QVERIFY2(health.problem.contains(said), qPrintable(health.problem));
        QCOMPARE(clockText(health), QStringLiteral("not measured"));
        QCOMPARE(freeText(health), QStringLiteral("not measured"));
        QCOMPARE(serverText(health), QStringLiteral("not measured"));
    }

    void noiseBeforeTheAnswerDoesNoHarm() {
        const TestSshd sshd;
        writeFile(sshd.home() + QStringLiteral("/.bashrc"),
                  "printf 'time 1\nhas nothing\nno line end'; head -c 300000 /dev/zero | tr '\\0' x\n");
        QCOMPARE(healthOf(hostOf(sshd, 1)).problem, QString());
    }

    void whatARunNeedsIsAskedFor_data() {
        QTest::addColumn<QString>("missing"); // a program
        QTest::addColumn<QString>("home");
        QTest::addColumn<QString>("reported");
        QTest::newRow("all is there") << QString() << QString() << QString();
        for (const char *tool : {"setsid", "stat", "sha256sum", "dd", "base64", "grep", "timeout", "curl",
                                 "bash", "awk", "head", "setpriv", "perl", "env"})
            QTest::newRow(tool) << QString::fromLatin1(tool) << QString() << QString::fromLatin1(tool);
        QTest::newRow("date") << QStringLiteral("date") << QString()
                              << QStringLiteral("clock was not measured");
        QTest::newRow("df") << QStringLiteral("df") << QString()
                            << QStringLiteral("room /tmp has was not measured");
        QTest::newRow("mktemp") << QStringLiteral("mktemp") << QString() << QStringLiteral("cannot write");
        QTest::newRow("no home") << QString() << QStringLiteral("/") << QStringLiteral("no home folder");
        QTest::newRow("home cannot be written")
            << QString() << QStringLiteral("/proc/1")
            << QStringLiteral("the account it logs in to cannot write to the home folder /proc/1");
        QTest::newRow("home is full") << QString() << QStringLiteral("/dev/full/x")
                                      << QStringLiteral("cannot write to the home folder /dev/full/x");
    }

    void whatARunNeedsIsAskedFor() {
        QFETCH(const QString, missing);
        QFETCH(const QString, home);
        QFETCH(const QString, reported);
        const QTemporaryDir bin;
        for (const char *tool :
             {"bash",     "sh",     "curl",   "date",  "df",  "cut",   "head",    "sha256sum", "stat",
              "dd",       "cat",    "mkdir",  "mv",    "rm",  "sleep", "tr",      "wc",        "grep",
              "readlink", "sync",   "ln",     "uname", "env", "sort",  "uniq",    "awk",       "base64",
              "timeout",  "mktemp", "setsid", "sed",   "id",  "tar",   "setpriv", "perl"}) {
            if (QLatin1String(tool) != missing)
                QFile::link(QStandardPaths::findExecutable(QLatin1String(tool)),
                            bin.filePath(QLatin1String(tool)));
        }
        const QTemporaryDir standard;
        const TestSshd sshd({QStringLiteral("SetEnv PATH=%1 HOME=%2")
                                 .arg(bin.path(), home.isEmpty() ? standard.path() : home),
                             QStringLiteral("ForceCommand exec /bin/bash -c \"$SSH_ORIGINAL_COMMAND\"")});
        Host host = hostOf(sshd, 1);
        host.user.clear(); // as ssh_config says
        HostNeeds needs;
        needs.programs = true;
        const HostHealth health = healthOf(host, needs);
        if (reported.isEmpty())
            QCOMPARE(health.problem, QString());
        else
            QVERIFY2(health.problem.contains(reported), qPrintable(health.problem));
    }

    void whatOnlySomeHostsNeed() {
        const TestSshd sshd;
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const Host host = hostOf(sshd, 1);
        QCOMPARE(healthOf(host, {{server.serverPort() == 9999 ? 9998 : 9999}, true, true}).problem,
                 QString());
        const HostHealth busy = healthOf(host, {{server.serverPort()}, false, false});
        QVERIFY2(busy.problem.contains(QStringLiteral("port %1 is in use").arg(server.serverPort())),
                 qPrintable(busy.problem));
        QProcess left;
        left.setProcessEnvironment([&sshd] {
            QProcessEnvironment environment;
            environment.insert(QStringLiteral("HOME"), sshd.home());
            environment.insert(QStringLiteral("SLIPWAY_JOB"), QStringLiteral("p2-serve-0badc0de-1"));
            return environment;
        }());
        left.start(QStringLiteral("/bin/sleep"), {QStringLiteral("60")});
        QVERIFY(left.waitForStarted());
        const QString problem = healthOf(host).problem;
        QVERIFY2(problem.contains(QStringLiteral("%1 p2-serve-0badc0de-1 sleep").arg(left.processId())),
                 qPrintable(problem));
        left.kill();
        left.waitForFinished();
    }

    // Reported before a launch, and not by a phase that then exercises nothing.
    void aFaultClassThatTheHostCannotExerciseIsAProblem() {
        Host host;
        host.name = QStringLiteral("chaos");
        HostNeeds needs;
        needs.faults = QStringList{QStringLiteral("kill_primary_mid_write"),
                                   QStringLiteral("partition_minority"), QStringLiteral("clock_skew_peer")};
        const auto problemOf = [&](const QByteArray &said) {
            HostAnswer answer;
            answer.host = host.name;
            answer.exitCode = 0;
            answer.out = said;
            return readHealth(host, answer, needs).problem;
        };
        const QString without = problemOf("no-filter Operation not permitted\n");
        QVERIFY2(without.contains(QStringLiteral("partition_minority needs root and nft")) &&
                     without.contains(QStringLiteral("Operation not permitted")) &&
                     without.contains(QStringLiteral("clock_skew_peer needs libfaketimeMT")),
                 qPrintable(without));
        QVERIFY2(!without.contains(QStringLiteral("kill_primary_mid_write")), qPrintable(without));
        const QString with = problemOf("has filter\nhas faketime\n");
        QVERIFY2(!with.contains(QStringLiteral("fault class")), qPrintable(with));
    }

    void aServerThatCannotBeRunIsReported() {
        const TestSshd sshd;
        Host host = hostOf(sshd, 1);
        host.serverPath = sshd.path(QStringLiteral("server"));
        writeFile(host.serverPath, "#!/no/such/interpreter\n");
        QFile::setPermissions(host.serverPath, QFile::ReadOwner | QFile::ExeOwner);
        const QString problem = healthOf(host).problem;
        QVERIFY2(problem.contains(QStringLiteral("cannot be run there (exit code 127)")),
                 qPrintable(problem));
    }

    void wordsArriveAsTheyAre() {
        const TestSshd sshd;
        HostLinks links(shells());
        FanOut fanOut(links);
        QByteArray every;
        for (int byte = 1; byte < 256; ++byte)
            every += static_cast<char>(byte);
        every += "'\\''$(id)`id`\n-rf \"";
        QByteArray said;
        connect(&fanOut, &FanOut::answered, this, [&](const HostAnswer &answer) { said = answer.out; });
        fanOut.run({hostOf(sshd, 1)}, "printf %s " + shellWord(every) + "\n", kTimeout);
        QTRY_COMPARE_WITH_TIMEOUT(said, every, kTimeout);
    }

private:
    static HostHealth healthOf(const Host &host, const HostNeeds &needs = {}) {
        HostLinks links(shells());
        FanOut fanOut(links);
        HostHealth health;
        connect(&fanOut, &FanOut::answered, &fanOut,
                [&](const HostAnswer &answer) { health = readHealth(host, answer, needs); });
        const QSignalSpy finished(&fanOut, &FanOut::finished);
        fanOut.run({host}, healthProgram(host, needs), kTimeout);
        if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, kTimeout))
            qFatal("no answer of %s", qPrintable(host.name));
        return health;
    }

    static void writeFile(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }
};

QTEST_GUILESS_MAIN(FanOutTest)
#include "tst_fanout.moc"
