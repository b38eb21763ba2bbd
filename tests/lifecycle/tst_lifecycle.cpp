// SPDX-License-Identifier: GPL-3.0-or-later
// Fleets are rented and given back by slipwayctl, against a cloud that lags, loses answers and refuses.
// Whatever happens, at the end nothing is there that Slipway does not show, and a destroy leaves nothing at
// all.
#include "tests/lifecycle/lifecyclerig.h"

#include <QTest>

#include <optional>

using namespace slipway::test;

namespace {

const QString kJson = QStringLiteral("--json");

qsizetype droplets(const FakeCloud &cloud) {
    return cloud.state().value(QStringLiteral("droplets")).toArray().size();
}

QJsonObject numbers(const char *key, int value) {
    return {{QLatin1String(key), value}};
}

} // namespace

class LifecycleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_rig.emplace(); }

    void cleanup() {
        const QStringList unseen = m_rig->unseen();
        m_orphans += unseen.size();
        QVERIFY2(unseen.isEmpty(), qPrintable(unseen.join(QLatin1Char('\n'))));
        int checked = 0;
        const QStringList violations = m_rig->violations(checked);
        QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n')).left(4000)));
        m_checked += checked;
        m_rig.reset();
    }

    void cleanupTestCase() {
        qInfo("lifecycle orphans %lld", static_cast<long long>(m_orphans));
        if (m_checked == 0)
            QSKIP("No exchange was held against the contract: ../shared/do-openapi.json is absent.");
        qInfo("%d exchanges obey the contract", m_checked);
    }

    void aFleetIsRentedAndGivenBack() {
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        const QJsonObject fleet = created.object();
        QCOMPARE(fleet.value(QStringLiteral("state")).toString(), QStringLiteral("ready"));
        QCOMPARE(fleet.value(QStringLiteral("droplets")).toArray().size(), 4);
        QCOMPARE(droplets(m_rig->cloud), 4);
        QVERIFY(!created.err.contains("dop_v1_0"));
        // Protected from the first moment, reachable by its own VPC, with a host key that was injected.
        const QJsonObject state = m_rig->cloud.state();
        const QJsonObject droplet = state.value(QStringLiteral("droplets")).toArray().at(0).toObject();
        QVERIFY(
            droplet.value(QStringLiteral("tags")).toArray().contains(QStringLiteral("slipway-fleet:gate")));
        QVERIFY(droplet.value(QStringLiteral("user_data"))
                    .toString()
                    .contains(QStringLiteral("BEGIN OPENSSH PRIVATE KEY")));
        QCOMPARE(droplet.value(QStringLiteral("vpc")), fleet.value(QStringLiteral("vpc")));
        QVERIFY(!QFile::exists(m_rig->dataDir() + QStringLiteral("/rentals/gate/keys")));

        const Output again = m_rig->create();
        QCOMPARE(again.exitCode, 2);
        QVERIFY2(again.err.contains("exists already"), again.err.constData());

        const Output refused = m_rig->run({QStringLiteral("destroy"), QStringLiteral("gate")});
        QCOMPARE(refused.exitCode, 2); // no terminal, no --yes
        QCOMPARE(droplets(m_rig->cloud), 4);

        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QCOMPARE(m_rig->cloud.state().value(QStringLiteral("tags")).toArray().size(), 0);
        // The name is free again.
        QCOMPARE(m_rig->create().exitCode, 0);
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

    // The cloud's clock is months away from this machine's, which must not be billed.
    void ageAndCostAreByTheCloudsClock() {
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QVERIFY(created.object().value(QStringLiteral("usd_so_far")).toDouble() <= 0.04); // a cent a droplet
        m_rig->cloud.advance(2 * 3600);
        const auto soFar = [](const QJsonValue &fleet) {
            return fleet[QStringLiteral("usd_so_far")].toDouble(-1);
        };
        const QStringList show{QStringLiteral("show"), QStringLiteral("gate"), kJson};
        const QStringList list{QStringLiteral("list"), kJson};
        for (const double cost : {soFar(m_rig->run(show).object()), soFar(m_rig->run(list).array().at(0))})
            QVERIFY2(cost >= 0.2499 && cost < 0.26, qPrintable(QString::number(cost)));
        const Output text = m_rig->run({QStringLiteral("show"), QStringLiteral("gate")});
        QVERIFY2(text.out.contains("age 2 h") && text.out.contains("so far $0.25"), text.out.constData());

        // Nobody tells the time: then nothing is made up.
        const Output offline = m_rig->runOffline(show);
        QVERIFY2(offline.exitCode == 0, offline.err.constData());
        QVERIFY(offline.object().value(QStringLiteral("usd_so_far")).isNull());
        QVERIFY2(offline.err.contains("clock, which is not known"), offline.err.constData());
        QVERIFY(m_rig->runOffline({QStringLiteral("show"), QStringLiteral("gate")})
                    .out.contains("so far not known"));
        QCOMPARE(m_rig->destroy().exitCode, 0);
        // What has ended needs no clock.
        QVERIFY(soFar(m_rig->runOffline(list).array().at(0)) >= 0.2499);
    }

    void dryRunRentsNothing() {
        const Output report = m_rig->create({QStringLiteral("--dry-run")});
        QVERIFY2(report.exitCode == 0, report.err.constData());
        QCOMPARE(report.object().value(QStringLiteral("usd_per_hour")).toDouble(), 0.12499);
        QCOMPARE(report.object().value(QStringLiteral("range")).toString(), QStringLiteral("10.250.0.0/24"));
        for (const char *call : {"POST /v2/droplets", "POST /v2/tags", "POST /v2/vpcs", "POST /v2/firewalls"})
            QCOMPARE(m_rig->cloud.calls(QLatin1String(call)), 0);
    }

    void thePreflightRefuses_data() {
        QTest::addColumn<QJsonObject>("settings");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("droplet limit") << numbers("droplet_limit", 3) << QStringList()
                                       << QByteArray("droplet limit: 0 of 3 are in use and 4 are wanted");
        QTest::newRow("scope") << QJsonObject{{QStringLiteral("missing_scopes"),
                                               QJsonArray{QStringLiteral("vpc:read")}}}
                               << QStringList() << QByteArray("vpc:read: the token lacks it");
        QTest::newRow("region") << QJsonObject()
                                << QStringList{QStringLiteral("--region"), QStringLiteral("xyz9")}
                                << QByteArray("there is no region xyz9");
        QTest::newRow("size") << QJsonObject()
                              << QStringList{QStringLiteral("--size"), QStringLiteral("s-99")}
                              << QByteArray("s-99 cannot be had");
        QTest::newRow("image") << QJsonObject()
                               << QStringList{QStringLiteral("--image"), QStringLiteral("beos")}
                               << QByteArray("there is no image beos");
        QTest::newRow("no default VPC")
            << QJsonObject() << QStringList{QStringLiteral("--region"), QStringLiteral("fra1")}
            << QByteArray("could never be removed");
        QTest::newRow("range") << QJsonObject()
                               << QStringList{QStringLiteral("--range"), QStringLiteral("10.108.3.0/24")}
                               << QByteArray("overlaps with VPC default-nyc3");
    }
    void thePreflightRefuses() {
        QFETCH(QJsonObject, settings);
        QFETCH(QStringList, options);
        QFETCH(QByteArray, said);
        m_rig->cloud.configure(settings);
        const Output created = m_rig->create(options);
        QCOMPARE(created.exitCode, 2);
        QVERIFY2(created.err.contains(said), created.err.constData());
        m_rig->cloud.configure({{QStringLiteral("missing_scopes"), QJsonArray()}});
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aKeyThatTheAccountLacksIsAddedWhenAsked() {
        QFile key(m_rig->keyFile());
        QVERIFY(key.open(QIODevice::WriteOnly));
        key.write("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA me\n");
        key.close();
        const Output refused = m_rig->create();
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("--add-key"), refused.err.constData());
        const Output created = m_rig->create({QStringLiteral("--add-key")});
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

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
        QTest::newRow("an answer that is no JSON")
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
        QCOMPARE(droplets(m_rig->cloud), 4);
        QCOMPARE(m_rig->unseen(), QStringList());
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // It cannot come up: what was made is given back without being asked.
    void createGivesBack_data() {
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
    void createGivesBack() {
        QFETCH(QJsonObject, settings);
        QFETCH(QJsonArray, faults);
        m_rig->cloud.configure(settings);
        m_rig->cloud.fault(faults);
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 1 || created.exitCode == 2 || created.exitCode == 4,
                 created.err.constData());
        QVERIFY2(created.err.contains("Everything was given back."), created.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void keepLeavesWhatWasMade() {
        m_rig->cloud.fault(fault("POST /v2/droplets", "status",
                                 {{QStringLiteral("status"), 422}, {QStringLiteral("nth"), 3}}));
        QVERIFY(m_rig->create({QStringLiteral("--keep")}).exitCode != 0);
        QCOMPARE(droplets(m_rig->cloud), 2);
        m_rig->cloud.fault(QJsonArray());
        const Output again = m_rig->create();
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QCOMPARE(droplets(m_rig->cloud), 4);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // A request without an answer comes true an hour later.
    void aLateDuplicateIsShownAndGoesToo() {
        m_rig->cloud.fault(after(fault("POST /v2/droplets", "late", numbers("seconds", 3600))));
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QVERIFY2(created.err.contains("asking once more"), created.err.constData());
        m_rig->cloud.advance(3600);
        QCOMPARE(droplets(m_rig->cloud), 5);
        const Output list = m_rig->run(
            {QStringLiteral("destroy"), QStringLiteral("gate"), QStringLiteral("--dry-run"), kJson});
        QCOMPARE(list.object().value(QStringLiteral("droplets")).toArray().size(), 5);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aDuplicateAfterTheEndIsSwept() {
        m_rig->cloud.fault(after(fault("POST /v2/droplets", "late", numbers("seconds", 36000))));
        QCOMPARE(m_rig->create().exitCode, 0);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        m_rig->cloud.advance(36000);
        QCOMPARE(droplets(m_rig->cloud), 1);
        const Output swept = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(swept.exitCode == 0, swept.err.constData());
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
        const Output created = m_rig->create(); // times out, gives back, and must ask until they listen
        QVERIFY2(created.err.contains("Everything was given back."), created.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aListThatCannotBeReadDestroysNothing() {
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.configure({{QStringLiteral("missing_scopes"), QJsonArray{QStringLiteral("tag:read")}}});
        const Output destroyed = m_rig->destroy();
        QCOMPARE(destroyed.exitCode, 1);
        QVERIFY2(destroyed.err.contains("may lack the scope"), destroyed.err.constData());
        QCOMPARE(droplets(m_rig->cloud), 4);
        m_rig->cloud.configure({{QStringLiteral("missing_scopes"), QJsonArray()}});
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

    void theSweepLeavesWhatOthersNeed() {
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
        QCOMPARE(droplets(m_rig->cloud), 4);
        // The time is over, and the switch has powered them off, which costs as before.
        m_rig->cloud.advance(9 * 3600);
        m_rig->cloud.post(QStringLiteral("power-off"), QJsonObject());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--dry-run")});
        QVERIFY2(seen.out.contains("off, costs on"), seen.out.constData());
        QVERIFY2(seen.out.contains("nobody (alice had it)"), seen.out.constData());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(seen.exitCode == 0, seen.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QFile::rename(m_rig->dataDir() + QStringLiteral("-elsewhere"), m_rig->dataDir());
    }

    void theSweepFindsWhatTheFieldLeaves() {
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
        // A free range is found beside the one that the field blocks.
        const Output report = m_rig->create({QStringLiteral("--dry-run")});
        QCOMPARE(report.object().value(QStringLiteral("range")).toString(), QStringLiteral("10.250.16.0/24"));
        const Output swept = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes"), kJson});
        QVERIFY2(swept.exitCode == 0, swept.err.constData());
        QCOMPARE(swept.array().size(), 2);
        QCOMPARE(droplets(m_rig->cloud), 1); // somebody's database is none of ours
        m_rig->cloud.post(QStringLiteral("forget"), QJsonObject());
    }

    // Whoever has put a droplet of their own into a forgotten VPC needs that; waiting for it would be in
    // vain.
    void theSweepLeavesTheVpcOfADropletThatStays() {
        const QString vpc = m_rig->create().object().value(QStringLiteral("vpc")).toString();
        m_rig->cloud.post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("production-db")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("debian-12-x64")},
                                      {QStringLiteral("vpc_uuid"), vpc}});
        QFile::rename(m_rig->dataDir(), m_rig->dataDir() + QStringLiteral("-elsewhere"));
        m_rig->cloud.advance(9 * 3600);
        Output seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--dry-run")});
        QVERIFY2(seen.out.contains("droplet production-db, which stays"), seen.out.constData());
        seen = m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes")});
        QVERIFY2(seen.exitCode == 0, seen.err.constData());
        QCOMPARE(m_rig->cloud.things().size(), 2);
        QCOMPARE(droplets(m_rig->cloud), 1);
        m_rig->cloud.post(QStringLiteral("forget"), QJsonObject());
        QCOMPARE(m_rig->run({QStringLiteral("sweep"), QStringLiteral("--yes")}).exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QFile::rename(m_rig->dataDir() + QStringLiteral("-elsewhere"), m_rig->dataDir());
    }

    void costIsTold() {
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.advance(7200);
        const Output cost = m_rig->run({QStringLiteral("cost"), kJson});
        QVERIFY2(cost.exitCode == 0, cost.err.constData());
        QCOMPARE(cost.object().value(QStringLiteral("month_to_date_usd")).toDouble(), 11.21);
        const QJsonObject fleet = cost.object().value(QStringLiteral("fleets")).toArray().at(0).toObject();
        QVERIFY(fleet.value(QStringLiteral("usd_so_far")).toDouble() > 0.2499);
        QVERIFY(fleet.value(QStringLiteral("usd_so_far")).toDouble() < 0.26);
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

    void noTokenIsSaidPlainly() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("DIGITALOCEAN_TOKEN"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SLIPWAY_BIN_DIR "/slipwayctl"),
                      {QStringLiteral("--data-dir"), m_rig->dataDir(), QStringLiteral("fleet"),
                       QStringLiteral("cost")});
        QVERIFY(process.waitForFinished(90'000));
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("DIGITALOCEAN_TOKEN"), said.constData());
        QVERIFY(process.exitCode() != 0);
    }

private:
    std::optional<LifecycleRig> m_rig;
    qsizetype m_orphans = 0;
    int m_checked = 0;
};

QTEST_GUILESS_MAIN(LifecycleTest)
#include "tst_lifecycle.moc"
