// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/hostcheck.h"
#include "app/core/shellword.h"
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QSignalSpy>
#include <QTest>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kPatience = 60'000;
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
        fanOut.run({slow}, "sleep 3; echo late", kPatience);
        fanOut.run(others, "echo here; echo there >&2; exit 5", kPatience);
        QVERIFY(finished.wait(kPatience));
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
        fanOut.run(others, "echo again", kPatience);
        QVERIFY(finished.wait(kPatience));
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
            healths.insert(answer.host, readHealth(answer.host == good.name ? good : bad, answer));
        });
        fanOut.run({good}, healthProgram(good), kPatience);
        fanOut.run({bad}, healthProgram(bad), kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(healths.size(), 2, kPatience);
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
        fanOut.run({hostOf(sshd, 1)}, "printf %s " + shellWord(every) + "\n", kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(said, every, kPatience);
    }
};

QTEST_GUILESS_MAIN(FanOutTest)
#include "tst_fanout.moc"
