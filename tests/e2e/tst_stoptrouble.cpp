// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include <QTest>

#include <csignal>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kSeconds = 60'000; // trouble lasts longer

} // namespace

// A stop says what it waits for and ends whatever else is wrong; what was not ended here can be resumed.
class StopTroubleTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void aFullDisk_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl-C") << SIGINT;
        QTest::newRow("SIGTERM") << SIGTERM;
    }

    void aFullDisk() {
        QFETCH(const int, signal);
        const SmallDisk disk(32);
        if (!disk.isMounted())
            QSKIP("A disk of its own takes root.");
        const QString id = QStringLiteral("full");
        ProgramRun run(disk.path(), m_rig->launch(id, QStringLiteral("2")));
        QVERIFY2(run.waitFor("burst on chaos: running"), run.said().constData());
        disk.fill();
        QVERIFY2(run.waitFor("Make room on this machine"), run.said().constData());
        run.signal(signal);
        expectStopped(run, id, "Make room on this machine");
        disk.empty();
        expectResumed(disk.path(), id);
    }

    void aDeadLink() {
        if (!m_rig->box.namespaces())
            QSKIP("Links can be cut between hosts with namespaces of their own.");
        const QString id = QStringLiteral("cut");
        ProgramRun run(m_rig->dataDir(), m_rig->launch(id, QStringLiteral("2")));
        QVERIFY2(run.waitFor("burst on chaos: running"), run.said().constData());
        const Host chaos = m_rig->fleet.withRole(HostRole::Chaos).constFirst();
        const QString drop = QStringLiteral(
            "nft add table inet cut; for c in input output; do nft add chain inet cut $c \"{ type "
            "filter hook $c priority 0; }\"; nft add rule inet cut $c drop; done; sleep 90; nft "
            "delete table inet cut");
        QCOMPARE(
            ssh(chaos, QStringLiteral("setsid sh -c 'sleep 0.5; %1' >/dev/null 2>&1 </dev/null &").arg(drop))
                .exitCode,
            0);
        QTest::qSleep(1000);
        run.signal(SIGINT);
        expectStopped(run, id, "chaos");
        QTRY_VERIFY_WITH_TIMEOUT(ssh(chaos, QStringLiteral("true")).exitCode == 0, kCampaignTimeout);
        expectResumed(m_rig->dataDir(), id);
    }

private:
    void expectStopped(ProgramRun &run, const QString &id, const QByteArray &waitedFor) const {
        QVERIFY2(run.waitForEnd(kSeconds), run.said().constData());
        QCOMPARE(run.code(), 4);
        QVERIFY2(run.said().contains("Stopping still waits. The last that was heard: "),
                 run.said().constData());
        const QByteArray last = run.said().mid(run.said().lastIndexOf("stopping waits no longer"));
        QVERIFY2(last.contains(waitedFor) && last.contains("slipwayctl resume " + id.toUtf8()),
                 run.said().constData());
    }

    void expectResumed(const QString &dataDir, const QString &id) const {
        ProgramRun resumed(dataDir, {QStringLiteral("resume"), id});
        QVERIFY2(resumed.waitForEnd() && resumed.code() == 4, resumed.said().constData());
        QVERIFY2(CampaignRig::stateOf(dataDir, id) != QLatin1String("lost"), resumed.said().constData());
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }
};

QTEST_GUILESS_MAIN(StopTroubleTest)
#include "tst_stoptrouble.moc"
