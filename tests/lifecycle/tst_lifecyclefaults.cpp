// SPDX-License-Identifier: GPL-3.0-or-later
// The same against a cloud that lags, loses answers and refuses.
#include "tests/lifecycle/lifecyclesuite.h"

#include <QTest>

using namespace slipway::test;

namespace {

QJsonObject numbers(const char *key, int value) {
    return {{QLatin1String(key), value}};
}

} // namespace

class LifecycleFaultsTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    // What a cloud does that makes fleets hard; the fleet comes up with exactly its four droplets all the
    // same.
    void createSurvives_data() {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QJsonArray>("faults");
        QTest::newRow("lists that lag") << numbers("list_lag", 25) << QJsonArray();
        QTest::newRow("active without an address") << numbers("address_after", 40) << QJsonArray();
        QTest::newRow("a slow firewall") << numbers("apply_after", 90) << QJsonArray();
        QTest::newRow("pages of one") << numbers("max_per_page", 1) << QJsonArray();
        QTest::newRow("lost answer to the tag")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/tags", "drop"))};
        QTest::newRow("lost answer to the VPC")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/vpcs", "drop"))};
        QTest::newRow("lost request for the VPC")
            << QJsonObject() << QJsonArray{fault("POST /v2/vpcs", "drop")};
        QTest::newRow("lost answer to the firewall")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/firewalls", "drop"))};
        QTest::newRow("502 for the firewall, done")
            << QJsonObject()
            << QJsonArray{after(fault(
                   "POST /v2/firewalls", "status",
                   {{QStringLiteral("status"), 502}, {QStringLiteral("html"), QStringLiteral("<html>")}}))};
        QTest::newRow("lost answer to a droplet")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/droplets", "drop", numbers("nth", 2)))};
        QTest::newRow("lost request for a droplet")
            << QJsonObject() << QJsonArray{fault("POST /v2/droplets", "drop", numbers("nth", 4))};
        QTest::newRow("two lost answers")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/droplets", "drop", numbers("times", 2)))};
        QTest::newRow("an answer that is not JSON")
            << QJsonObject() << QJsonArray{after(fault("POST /v2/droplets", "garble"))};
        QTest::newRow("504 for a droplet, done")
            << QJsonObject()
            << QJsonArray{after(fault(
                   "POST /v2/droplets", "status",
                   {{QStringLiteral("status"), 504}, {QStringLiteral("html"), QStringLiteral("<html>")}}))};
        QTest::newRow("500 for a droplet, not done")
            << QJsonObject() << QJsonArray{fault("POST /v2/droplets", "status", numbers("status", 500))};
        QTest::newRow("429 for a droplet")
            << QJsonObject()
            << QJsonArray{fault("POST /v2/droplets", "status",
                                {{QStringLiteral("status"), 429}, {QStringLiteral("retry_after"), 20}})};
        QTest::newRow("polls that fail") << QJsonObject()
                                         << QJsonArray{fault("GET /v2/droplets", "status",
                                                             {{QStringLiteral("status"), 503},
                                                              {QStringLiteral("nth"), 3},
                                                              {QStringLiteral("times"), 3}})};
    }
    void createSurvives() {
        QFETCH(QJsonObject, settings);
        QFETCH(QJsonArray, faults);
        m_rig->cloud.configure(settings);
        m_rig->cloud.fault(faults);
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QCOMPARE(servers(), 4);
        QCOMPARE(m_rig->unseen(), QStringList());
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // It cannot come up: what was made is destroyed without being asked.
    void createDestroysAfterAFailure_data() {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QJsonArray>("faults");
        QTest::newRow("no room: accepted, then gone")
            << QJsonObject()
            << QJsonArray{after(fault("POST /v2/droplets", "vanish",
                                      {{QStringLiteral("nth"), 3}, {QStringLiteral("seconds"), 20}}))};
        QTest::newRow("never active") << numbers("active_after", 100000) << QJsonArray();
        QTest::newRow("refused in the middle")
            << QJsonObject()
            << QJsonArray{fault("POST /v2/droplets", "status",
                                {{QStringLiteral("status"), 422}, {QStringLiteral("nth"), 3}})};
        QTest::newRow("half a scope: made, and 403")
            << QJsonObject()
            << QJsonArray{after(fault("POST /v2/droplets", "status",
                                      {{QStringLiteral("status"), 403}, {QStringLiteral("nth"), 2}}))};
        QTest::newRow("the VPC is refused")
            << QJsonObject() << QJsonArray{fault("POST /v2/vpcs", "status", numbers("status", 422))};
        QTest::newRow("the firewall is refused")
            << QJsonObject() << QJsonArray{fault("POST /v2/firewalls", "status", numbers("status", 422))};
    }
    void createDestroysAfterAFailure() {
        QFETCH(QJsonObject, settings);
        QFETCH(QJsonArray, faults);
        m_rig->cloud.configure(settings);
        m_rig->cloud.fault(faults);
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 1 || created.exitCode == 2 || created.exitCode == 4,
                 created.err.constData());
        QVERIFY2(created.err.contains("Everything that was created is destroyed."), created.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void destroySurvives_data() {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QJsonArray>("faults");
        QTest::newRow("members that linger, 409") << numbers("vpc_linger", 120) << QJsonArray();
        QTest::newRow("members that linger, 403")
            << QJsonObject{{QStringLiteral("vpc_linger"), 90}, {QStringLiteral("vpc_busy_status"), 403}}
            << QJsonArray();
        QTest::newRow("409 with no member listed")
            << QJsonObject()
            << QJsonArray{fault("DELETE /v2/vpcs/*", "status",
                                {{QStringLiteral("status"), 409}, {QStringLiteral("times"), 3}})};
        QTest::newRow("403 with no member listed")
            << QJsonObject()
            << QJsonArray{fault("DELETE /v2/vpcs/*", "status",
                                {{QStringLiteral("status"), 403}, {QStringLiteral("times"), 3}})};
        QTest::newRow("slow droplets") << numbers("destroy_after", 200) << QJsonArray();
        QTest::newRow("lost answers")
            << QJsonObject()
            << QJsonArray{after(fault("DELETE /v2/droplets/*", "drop", numbers("times", 2))),
                          after(fault("DELETE /v2/firewalls/*", "drop")),
                          after(fault("DELETE /v2/vpcs/*", "drop"))};
        QTest::newRow("503s") << QJsonObject()
                              << QJsonArray{
                                     fault("DELETE /v2/droplets/*", "status",
                                           {{QStringLiteral("status"), 503}, {QStringLiteral("times"), 3}})};
        QTest::newRow("pages of one") << numbers("max_per_page", 1) << QJsonArray();
    }
    void destroySurvives() {
        QFETCH(QJsonObject, settings);
        QFETCH(QJsonArray, faults);
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.configure(settings);
        m_rig->cloud.fault(faults);
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aNewDropletThatIgnoresDestroyIsAskedAgain() {
        m_rig->cloud.configure(
            {{QStringLiteral("active_after"), 700}, {QStringLiteral("ignore_destroy_while_new"), true}});
        const Output created = m_rig->create(); // times out, destroys, and must ask until they listen
        QVERIFY2(created.err.contains("Everything that was created is destroyed."), created.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aListThatCannotBeReadDestroysNothing() {
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.configure({{QStringLiteral("missing_scopes"), QJsonArray{QStringLiteral("tag:read")}}});
        const Output destroyed = m_rig->destroy();
        QCOMPARE(destroyed.exitCode, 4);
        QVERIFY2(destroyed.err.contains("may lack the scope"), destroyed.err.constData());
        QCOMPARE(servers(), 4);
        m_rig->cloud.configure({{QStringLiteral("missing_scopes"), QJsonArray()}});
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(LifecycleFaultsTest)
#include "tst_lifecyclefaults.moc"
