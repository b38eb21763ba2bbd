// SPDX-License-Identifier: GPL-3.0-or-later
// What was forgotten, came up late, or is somebody else's.
#include "tests/lifecycle/lifecyclesuite.h"

#include <QFile>
#include <QTest>

using namespace slipway::test;

namespace {

const QString kJson = QStringLiteral("--json");

QJsonObject numbers(const char *key, int value) {
    return {{QLatin1String(key), value}};
}

} // namespace

class LifecycleOrphansTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    // A request without an answer comes true an hour later.
    void aLateDuplicateIsShownAndGoesToo() {
        m_rig->cloud.fault(after(fault("POST /v2/droplets", "late", numbers("seconds", 3600))));
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QVERIFY2(created.err.contains("asking once more"), created.err.constData());
        m_rig->cloud.advance(3600);
        QCOMPARE(servers(), 5);
        const Output list = m_rig->run(
            {QStringLiteral("destroy"), QStringLiteral("gate"), QStringLiteral("--dry-run"), kJson});
        QCOMPARE(list.object().value(QStringLiteral("droplets")).toArray().size(), 5);
        // Whatever shows the fleet counts the fifth; what it has cost stays known when it is gone.
        m_rig->cloud.advance(3600);
        const auto number = [](const QJsonValue &fleet, const char *key) {
            return fleet[QLatin1String(key)].toDouble(-1);
        };
        const QJsonValue cost =
            m_rig->run({QStringLiteral("cost"), kJson}).object().value(QStringLiteral("fleets"))[0];
        const QJsonObject show = m_rig->run({QStringLiteral("show"), QStringLiteral("gate"), kJson}).object();
        for (const QJsonValue &fleet : {cost, QJsonValue(show)}) {
            QCOMPARE(fleet[QStringLiteral("late_duplicates")].toArray().size(), 1);
            QCOMPARE(number(fleet, "usd_per_hour"), 0.1607); // of five
        }
        double sum = 0;
        const QJsonArray all =
            m_rig->run({QStringLiteral("sweep"), QStringLiteral("--dry-run"), kJson}).array();
        for (const QJsonValue thing : all)
            sum += number(thing, "usd_so_far");
        QVERIFY2(qAbs(number(cost, "usd_so_far") - sum) < 0.001, qPrintable(QString::number(sum)));
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
        const QJsonValue ended =
            m_rig->run({QStringLiteral("cost"), kJson}).object().value(QStringLiteral("fleets"))[0];
        QVERIFY2(number(ended, "usd_so_far") >= sum,
                 qPrintable(QString::number(number(ended, "usd_so_far"))));
    }

    void aDuplicateAfterTheEndIsCleanedUp() {
        m_rig->cloud.fault(after(fault("POST /v2/droplets", "late", numbers("seconds", 36000))));
        QCOMPARE(m_rig->create().exitCode, 0);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        m_rig->cloud.advance(36000);
        QCOMPARE(servers(), 1);
        const Output destroyed = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void cleanUpLeavesWhatOthersNeed() {
        QCOMPARE(m_rig->create().exitCode, 0);
        QFile::rename(m_rig->dataDir(), m_rig->dataDir() + QStringLiteral("-elsewhere"));
        // Seen from another machine: alice has it for eight hours.
        Output seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QCOMPARE(seen.exitCode, 0);
        QCOMPARE(seen.array().size(), 6);
        QCOMPARE(seen.array().at(0).toObject().value(QStringLiteral("claim")).toString(),
                 QStringLiteral("elsewhere"));
        QCOMPARE(seen.array().at(0).toObject().value(QStringLiteral("owner")).toString(),
                 QStringLiteral("alice"));
        QCOMPARE(servers(), 4);
        // The time is over, and the switch has powered them off, which costs as before.
        m_rig->cloud.advance(9 * 3600);
        m_rig->cloud.post(QStringLiteral("power-off"), QJsonObject());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--dry-run")});
        QVERIFY2(seen.out.contains("off, still charged"), seen.out.constData());
        QVERIFY2(seen.out.contains("nobody (alice had it)"), seen.out.constData());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(seen.exitCode == 0, seen.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QFile::rename(m_rig->dataDir() + QStringLiteral("-elsewhere"), m_rig->dataDir());
    }

    void cleanUpFindsWhatTheFieldLeaves() {
        m_rig->cloud.post(QStringLiteral("vpc"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("aim-v0-6-3-vpc")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("ip_range"), QStringLiteral("10.250.0.0/20")}});
        m_rig->cloud.post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("aim-node-a")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("debian-12-x64")},
                                      {QStringLiteral("tags"), QJsonArray{QStringLiteral("ship-gate")}}});
        m_rig->cloud.post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("production-db")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("debian-12-x64")}});
        m_rig->cloud.advance(60);
        // A free range is found next to the one that the field blocks.
        const Output report = m_rig->create({QStringLiteral("--dry-run")});
        QCOMPARE(report.object().value(QStringLiteral("range")).toString(), QStringLiteral("10.250.16.0/24"));
        const Output destroyed = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(destroyed.array().size(), 2);
        QCOMPARE(servers(), 1); // somebody's database is none of ours
        m_rig->cloud.post(QStringLiteral("forget"), QJsonObject());
    }

    // Whoever has put a droplet of their own into a forgotten VPC needs that; waiting for it would be in
    // vain.
    void cleanUpLeavesTheVpcOfADropletThatStays() {
        const QString network = m_rig->create().object().value(QStringLiteral("vpc")).toString();
        m_rig->cloud.post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("production-db")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("debian-12-x64")},
                                      {QStringLiteral("vpc_uuid"), network}});
        QFile::rename(m_rig->dataDir(), m_rig->dataDir() + QStringLiteral("-elsewhere"));
        m_rig->cloud.advance(9 * 3600);
        Output seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--dry-run")});
        QVERIFY2(seen.out.contains("droplet production-db, which stays"), seen.out.constData());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes")});
        QVERIFY2(seen.exitCode == 0, seen.err.constData());
        QCOMPARE(m_rig->cloud.things().size(), 2);
        QCOMPARE(servers(), 1);
        m_rig->cloud.post(QStringLiteral("forget"), QJsonObject());
        QCOMPARE(m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes")}).exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QFile::rename(m_rig->dataDir() + QStringLiteral("-elsewhere"), m_rig->dataDir());
    }
};

QTEST_GUILESS_MAIN(LifecycleOrphansTest)
#include "tst_lifecycleorphans.moc"
