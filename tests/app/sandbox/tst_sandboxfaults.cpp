// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>

using namespace slipway;
using namespace slipway::test;

class TestSandboxFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deadHostIsRepaired();
    void deadSwitchIsRepaired();
    void sshServerComesBackAndJobsLive();
    void downTakesWhatHostsStarted();
    void downOfNothing();
    void killedUpLeavesNothing();
    void upAfterKilledUp();
    void deletedFolderIsNotAnObstacle();
};

void TestSandboxFaults::deadHostIsRepaired() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    QCOMPARE(ssh(fleet->hosts.at(1), QStringLiteral("echo kept >~/kept")).exitCode, 0);
    const auto before = box.pids();
    ::kill(static_cast<pid_t>(before.value(QStringLiteral("node-b"))), SIGKILL);
    QTRY_COMPARE(box.sandbox.status()->state, SandboxStatus::State::Partial);

    const auto again = box.sandbox.up({});
    QVERIFY2(again, again ? "" : qPrintable(again.error().text));
    QCOMPARE(*again, *fleet);
    const auto after = box.pids();
    QVERIFY(after.value(QStringLiteral("node-b")) != 0);
    QVERIFY(after.value(QStringLiteral("node-b")) != before.value(QStringLiteral("node-b")));
    QCOMPARE(after.value(QStringLiteral("node-a")), before.value(QStringLiteral("node-a")));
    QCOMPARE(ssh(fleet->hosts.at(1), QStringLiteral("cat ~/kept")).output, QByteArray("kept\n"));
}

void TestSandboxFaults::deadSwitchIsRepaired() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    if (!box.namespaces())
        QSKIP("Without namespaces there is no switch.");
    QProcess remove;
    remove.start(QStringLiteral("ip"),
                 {QStringLiteral("link"), QStringLiteral("delete"), box.sandbox.link()});
    QVERIFY(remove.waitForFinished());
    QCOMPARE(remove.exitCode(), 0);
    QCOMPARE(box.sandbox.status()->state, SandboxStatus::State::Partial);
    const auto again = box.sandbox.up({});
    QVERIFY2(again, again ? "" : qPrintable(again.error().text));
    QCOMPARE(box.sandbox.status()->state, SandboxStatus::State::Up);
    QCOMPARE(ssh(again->hosts.at(0), QStringLiteral("echo here")).output, QByteArray("here\n"));
}

void TestSandboxFaults::sshServerComesBackAndJobsLive() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    if (!box.namespaces())
        QSKIP("Without namespaces, ssh servers of other people might be hit.");
    const Host &host = fleet->hosts.at(2);
    const auto job = ssh(host, QStringLiteral("setsid sleep 300 >/dev/null 2>&1 </dev/null & echo $!"));
    QCOMPARE(job.exitCode, 0);
    const auto before = box.pids();
    QVERIFY(ssh(host, QStringLiteral("pkill -KILL sshd")).exitCode != 0);
    const auto again = box.sandbox.up({});
    QVERIFY2(again, again ? "" : qPrintable(again.error().text));
    QCOMPARE(box.pids(), before);
    QCOMPARE(ssh(host, QStringLiteral("pgrep -c sleep; kill -0 %1 && echo alive")
                           .arg(QString::fromLatin1(job.output.trimmed())))
                 .output.right(6),
             QByteArray("alive\n"));
}

void TestSandboxFaults::downTakesWhatHostsStarted() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    QCOMPARE(ssh(fleet->hosts.at(0),
                 QStringLiteral("setsid sleep 300 >/dev/null 2>&1 </dev/null & mkdir -m 0 ~/closed"))
                 .exitCode,
             0);
    QVERIFY(!box.left().isEmpty());
    const auto down = box.sandbox.down();
    QVERIFY2(down, down ? "" : qPrintable(down.error().text));
    QCOMPARE(box.left(), QStringList());
}

void TestSandboxFaults::downOfNothing() {
    Box box;
    QVERIFY(box.sandbox.down());
    const auto status = box.sandbox.status();
    QVERIFY(status);
    QCOMPARE(status->state, SandboxStatus::State::Down);
    QCOMPARE(box.left(), QStringList());
}

void TestSandboxFaults::killedUpLeavesNothing() {
    Box box;
    // Spread over the time that a whole one takes here, so that every stage is hit on a fast and a slow
    // machine.
    QElapsedTimer timer;
    timer.start();
    QVERIFY(box.sandbox.up({}));
    const int whole = static_cast<int>(timer.elapsed());
    QVERIFY(box.sandbox.down());
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
        const int delay = whole * round / kRounds + QRandomGenerator::global()->bounded(1 + whole / kRounds);
        QProcess up;
        up.start(slipwayctl(), {QStringLiteral("--data-dir"), box.dir.path(), QStringLiteral("sandbox"),
                                QStringLiteral("up")});
        QVERIFY(up.waitForStarted());
        up.waitForFinished(delay);
        up.kill();
        up.waitForFinished();
        const auto down = box.sandbox.down();
        QVERIFY2(down, down ? "" : qPrintable(down.error().text));
        const QStringList left = box.left();
        QVERIFY2(left.isEmpty(), qPrintable(QStringLiteral("killed after %1 ms: ").arg(delay) +
                                            left.join(QStringLiteral("; "))));
    }
}

void TestSandboxFaults::upAfterKilledUp() {
    Box box;
    for (int round = 0; round < 5; ++round) {
        QProcess up;
        up.start(slipwayctl(), {QStringLiteral("--data-dir"), box.dir.path(), QStringLiteral("sandbox"),
                                QStringLiteral("up")});
        QVERIFY(up.waitForStarted());
        up.waitForFinished(QRandomGenerator::global()->bounded(1000));
        up.kill();
        up.waitForFinished();
        const auto fleet = box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        QCOMPARE(box.sandbox.status()->state, SandboxStatus::State::Up);
        if (round % 2 == 0)
            QVERIFY(box.sandbox.down());
    }
}

void TestSandboxFaults::deletedFolderIsNotAnObstacle() {
    Box box;
    QVERIFY(box.sandbox.up({}));
    QVERIFY(QDir(QFileInfo(box.sandbox.fleetFile()).path()).removeRecursively());
    const auto again = box.sandbox.up({});
    QVERIFY2(again, again ? "" : qPrintable(again.error().text));
    QCOMPARE(box.sandbox.status()->state, SandboxStatus::State::Up);
    QVERIFY(box.sandbox.down());
    QCOMPARE(box.left(), QStringList());
}

QTEST_GUILESS_MAIN(TestSandboxFaults)
#include "tst_sandboxfaults.moc"
