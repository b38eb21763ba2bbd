// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/faults/faultrig.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QStringList kBoth{QStringLiteral("input"), QStringLiteral("output")};

} // namespace

// What may happen between here and a host. Whatever it is, each byte arrives once and the job's own end is
// reported; it never runs twice.
class LinkFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto fleet = m_box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        m_fleet = *fleet;
        if (!m_box.namespaces())
            QSKIP("Faults of links need hosts with namespaces of their own.");
    }

    void costsNoByte_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<bool>("cuts"); // and is therefore reported
        QTest::newRow("connection cut") << QStringLiteral("pkill -KILL -f 'sshd: root'") << true;
        QTest::newRow("cut five times")
            << QStringLiteral("for i in 1 2 3 4 5; do pkill -KILL -f 'sshd: root'; sleep 0.6; done") << true;
        QTest::newRow("every sshd killed") << QStringLiteral("pkill -KILL sshd") << true;
        QTest::newRow("port closed for 4 s")
            << dropping({QStringLiteral("input")}, 4, QStringLiteral("tcp dport 22 reject with tcp reset"))
            << true;
        QTest::newRow("reset both ways for 2 s")
            << dropping(kBoth, 2, QStringLiteral("tcp flags & rst == 0 reject with tcp reset")) << true;
        QTest::newRow("packets dropped for 3 s") << dropping(kBoth, 3) << false;
        QTest::newRow("every third packet dropped")
            << dropping(kBoth, 5, QStringLiteral("numgen inc mod 3 0 drop")) << false;
        QTest::newRow("flapping")
            << QStringLiteral("for n in 1 2 3 4 5 6; do\n%1\nsleep 0.5; done").arg(dropping(kBoth, 0.7))
            << false;
        QTest::newRow("8 KB/s") << QStringLiteral(
                                       "nic=$(ls /sys/class/net | grep -v '^lo$' | head -n 1)\n"
                                       "tc qdisc add dev $nic root tbf rate 64kbit burst 4kb latency 400ms\n"
                                       "sleep 5\ntc qdisc del dev $nic root")
                                << false;
    }

    void costsNoByte() {
        QFETCH(const QString, fault);
        QFETCH(const bool, cuts);
        const Host &host = m_fleet.hosts.at(m_number % m_fleet.hosts.size());
        WatchedJob watched(host, numberedJob(nextId()));
        QVERIFY(watched.waitForOutput(1000));
        QVERIFY(inject(host, fault));
        QVERIFY2(watched.waitForEnd(), qPrintable(watched.trouble));
        QCOMPARE(watched.notAsIfNothingHadBeen(), QString());
        if (cuts)
            QVERIFY2(watched.trouble.contains(host.name), qPrintable(watched.trouble));
        expectOneRun(host);
    }

    // All four at once, since each lasts longer than the watchdog waits.
    void silenceIsNoticed() {
        const QList<std::pair<const char *, QString>> faults{
            {"both ways", dropping(kBoth, 28)},
            {"only towards us", dropping({QStringLiteral("output")}, 28)},
            {"only towards the host", dropping({QStringLiteral("input")}, 28)},
            {"server frozen",
             QStringLiteral("pkill -STOP -f 'sshd: root'; sleep 28; pkill -CONT -f 'sshd: root'")}};
        std::vector<std::unique_ptr<WatchedJob>> jobs;
        for (qsizetype i = 0; i < faults.size(); ++i) {
            const Host &host = m_fleet.hosts.at(i);
            jobs.push_back(
                std::make_unique<WatchedJob>(host, numberedJob(QStringLiteral("silent-%1").arg(i))));
            QVERIFY(jobs.back()->waitForOutput(200));
            QVERIFY(inject(host, faults.at(i).second));
        }
        for (size_t i = 0; i < jobs.size(); ++i) {
            const Host &host = m_fleet.hosts.at(static_cast<qsizetype>(i));
            const char *name = faults.at(static_cast<qsizetype>(i)).first;
            QVERIFY2(jobs.at(i)->waitForEnd(), name);
            QVERIFY2(
                jobs.at(i)->notAsIfNothingHadBeen().isEmpty(),
                qPrintable(QLatin1String(name) + QLatin1String(": ") + jobs.at(i)->notAsIfNothingHadBeen()));
            // Its bytes get through when only ours are lost, and then there is nothing to notice.
            if (i != 2)
                QVERIFY2(jobs.at(i)->trouble.contains(host.name), name);
        }
    }

    // The answer to the start is lost with the connection: the host runs it once all the same.
    void aLostAnswerStartsNothingTwice() {
        const Host &host = m_fleet.hosts.at(0);
        for (int round = 0; round < 4; ++round) {
            QVERIFY(
                inject(host, QStringLiteral("for i in $(seq 60); do pkill -KILL -f 'sshd: root@notty'; sleep "
                                            "0.0%1; done")
                                 .arg(5 + round)));
            WatchedJob watched(host, numberedJob(nextId()));
            QVERIFY2(watched.waitForEnd(), qPrintable(watched.trouble));
            QCOMPARE(watched.notAsIfNothingHadBeen(), QString());
            expectOneRun(host);
        }
    }

private:
    [[nodiscard]] QString nextId() { return QStringLiteral("job-%1").arg(++m_number); }
    void expectOneRun(const Host &host) {
        // The fault may still cut what asks, for as long as sixty processes take on a busy machine.
        QTRY_COMPARE_WITH_TIMEOUT(onHost(host, QStringLiteral("wc -l <runs-job-%1").arg(m_number)).trimmed(),
                                  QByteArray("1"), 60'000);
    }

    Box m_box;
    Fleet m_fleet;
    int m_number = 0;
};

QTEST_GUILESS_MAIN(LinkFaultsTest)
#include "tst_linkfaults.moc"
