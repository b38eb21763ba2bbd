// SPDX-License-Identifier: GPL-3.0-or-later
// kill -9 of slipwayctl at each request that changes something and at polls between them, before the cloud
// has done it and after, while a fleet is rented and while it is destroyed.
#include "tests/lifecycle/lifecyclesuite.h"

#include <QTest>

using namespace slipway::test;

namespace {

constexpr int kKilled = -9;

struct Point {
    const char *call;
    int nth;
};

void addRows(std::initializer_list<Point> points) {
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("nth");
    QTest::addColumn<bool>("done");
    for (const Point &point : points) {
        for (const bool done : {false, true})
            QTest::addRow("%s #%d, %s", point.call, point.nth, done ? "done" : "not done")
                << QString::fromLatin1(point.call) << point.nth << done;
    }
}

} // namespace

class LifecycleKillTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    void killedWhileRenting_data() { addRows(kCreate); }
    void killedWhileRenting() {
        killAt();
        const Output created = m_rig->create();
        QCOMPARE(created.exitCode, kKilled);
        QFETCH(QString, call);
        QFETCH(int, nth);
        // Known as a question from the first moment, before any list of the cloud shows it.
        if (call == QLatin1String("POST /v2/droplets"))
            QCOMPARE(stateOf(nth - 1), QStringLiteral("unknown"));
        QCOMPARE(m_rig->unseen(), QStringList());
        m_rig->cloud.fault(QJsonArray());
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void resumedAfterAKill_data() { addRows(kCreate); }
    void resumedAfterAKill() {
        killAt();
        QCOMPARE(m_rig->create().exitCode, kKilled);
        m_rig->cloud.fault(QJsonArray());
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QCOMPARE(m_rig->cloud.things().size(), 6); // four droplets, a VPC, a firewall
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void killedWhileDestroying_data() {
        addRows({{"GET /v2/tags", 1},
                 {"DELETE /v2/droplets/*", 1},
                 {"DELETE /v2/droplets/*", 3},
                 {"DELETE /v2/droplets/*", 4},
                 {"GET /v2/droplets/*", 2},
                 {"DELETE /v2/firewalls/*", 1},
                 {"GET /v2/firewalls/*", 1},
                 {"GET /v2/vpcs/*/members", 1},
                 {"DELETE /v2/vpcs/*", 1},
                 {"GET /v2/vpcs/*", 1},
                 {"DELETE /v2/tags/*", 1},
                 {"DELETE /v2/tags/*", 3}});
    }
    void killedWhileDestroying() {
        QCOMPARE(m_rig->create().exitCode, 0);
        killAt();
        const Output destroyed = m_rig->destroy();
        QCOMPARE(destroyed.exitCode, kKilled);
        QCOMPARE(m_rig->unseen(), QStringList());
        m_rig->cloud.fault(QJsonArray());
        const Output again = m_rig->destroy();
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QCOMPARE(m_rig->cloud.state().value(QStringLiteral("tags")).toArray().size(), 0);
    }

private:
    static constexpr std::initializer_list<Point> kCreate{
        {"POST /v2/tags", 1},     {"POST /v2/vpcs", 1},      {"POST /v2/firewalls", 1},
        {"POST /v2/droplets", 1}, {"POST /v2/droplets", 2},  {"POST /v2/droplets", 4},
        {"GET /v2/droplets", 3},  {"GET /v2/firewalls/*", 1}};

    [[nodiscard]] QString stateOf(int server) const {
        const QJsonValue fleet = m_rig->run({QStringLiteral("cost"), QStringLiteral("--json")})
                                     .object()
                                     .value(QStringLiteral("fleets"))[0];
        return fleet[QStringLiteral("droplets")][server][QStringLiteral("state")].toString();
    }

    void killAt() const {
        QFETCH(QString, call);
        QFETCH(int, nth);
        QFETCH(bool, done);
        QJsonObject kill =
            fault(call.toLatin1().constData(), "kill",
                  {{QStringLiteral("nth"), nth}, {QStringLiteral("pid_file"), m_rig->pidFile()}});
        m_rig->cloud.fault(done ? after(kill) : kill);
    }
};

QTEST_GUILESS_MAIN(LifecycleKillTest)
#include "tst_lifecyclekill.moc"
