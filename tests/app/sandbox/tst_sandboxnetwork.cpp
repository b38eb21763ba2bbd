// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sandbox/sandboxnetwork.h"

#include <QDir>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace slipway;

namespace {

const QByteArray kHeader =
    "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

QByteArray route(const char *destination, const char *mask) {
    return QByteArray("eth0\t") + destination + "\t00000000\t0001\t0\t0\t0\t" + mask + "\t0\t0\t0\n";
}

} // namespace

class TestSandboxNetwork : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void freeSubnetKeepsClearOfRoutes_data();
    void freeSubnetKeepsClearOfRoutes();
    void noRoomIsSaid();
    void lockIsHeldByOneAtATime();
    void onlyAnSshServerGreets();
};

void TestSandboxNetwork::freeSubnetKeepsClearOfRoutes_data() {
    QTest::addColumn<QByteArray>("routes");
    QTest::addColumn<int>("preferred");
    QTest::addColumn<int>("expected");
    QTest::newRow("nothing there") << kHeader << 0 << 0;
    QTest::newRow("default route alone") << kHeader + route("00000000", "00000000") << 0 << 0;
    QTest::newRow("first taken") << kHeader + route("0000FA0A", "00FFFFFF") << 0 << 1;
    QTest::newRow("taken in part") << kHeader + route("8000FA0A", "80FFFFFF") << 0 << 1;
    QTest::newRow("a wide network takes several") << kHeader + route("0000FA0A", "00F0FFFF") << 3 << 16;
    QTest::newRow("preferred and free") << kHeader + route("0000FA0A", "00FFFFFF") << 7 << 7;
    QTest::newRow("around the end") << kHeader + route("00FFFA0A", "00FFFFFF") << 255 << 0;
    QTest::newRow("another network") << kHeader + route("000000C0", "00FFFFFF") << 0 << 0;
}

void TestSandboxNetwork::freeSubnetKeepsClearOfRoutes() {
    QFETCH(QByteArray, routes);
    QFETCH(int, preferred);
    QFETCH(int, expected);
    const auto subnet = freeSubnet(routes, preferred);
    QVERIFY(subnet);
    QCOMPARE(*subnet, expected);
}

void TestSandboxNetwork::noRoomIsSaid() {
    const auto subnet = freeSubnet(kHeader + route("0000000A", "000000FF"), 0);
    QVERIFY(!subnet);
    QCOMPARE(subnet.error().code, ErrorCode::Unsupported);
}

void TestSandboxNetwork::lockIsHeldByOneAtATime() {
    const QTemporaryDir dir;
    for (const QString &path : {dir.path(), networkLockPath()}) {
        std::atomic<int> inside = 0;
        std::atomic<int> max = 0;
        std::atomic<int> taken = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([&] {
                const auto lock = KernelLock::take(path);
                const int now = ++inside;
                int seen = max;
                while (seen < now && !max.compare_exchange_weak(seen, now)) {
                }
                taken += lock.ok() ? 1 : 0;
                --inside;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(max.load(), 1);
        QCOMPARE(taken.load(), 8);
    }
    QVERIFY(QDir(dir.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestSandboxNetwork::onlyAnSshServerGreets() {
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QVERIFY(!greets(QStringLiteral("127.0.0.1"), silent.serverPort(), 50));
    QVERIFY(!canListen(QStringLiteral("127.0.0.1"), silent.serverPort()));
    silent.close();
    QVERIFY(canListen(QStringLiteral("127.0.0.1"), silent.serverPort()));
}

QTEST_GUILESS_MAIN(TestSandboxNetwork)
#include "tst_sandboxnetwork.moc"
