// SPDX-License-Identifier: GPL-3.0-or-later
// Fleets are rented and destroyed by slipwayctl, and what they cost is shown. Whatever happens, at the end
// nothing is there that Slipway does not show, and a destroy leaves nothing at all.
#include "tests/lifecycle/lifecyclesuite.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace slipway::test;

namespace {

const QString kJson = QStringLiteral("--json");

QJsonObject numbers(const char *key, int value) {
    return {{QLatin1String(key), value}};
}

} // namespace

class LifecycleTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    void aFleetIsProvisionedAndDestroyed() {
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        const QJsonObject fleet = created.object();
        QCOMPARE(fleet.value(QStringLiteral("state")).toString(), QStringLiteral("ready"));
        QCOMPARE(fleet.value(QStringLiteral("droplets")).toArray().size(), 4);
        QCOMPARE(servers(), 4);
        QVERIFY(!created.err.contains("dop_v1_0"));
        // Protected from the first moment, reachable by its own VPC, with a host key that was injected.
        const QJsonObject state = m_rig->cloud.state();
        const QJsonObject server = state.value(QStringLiteral("droplets")).toArray().at(0).toObject();
        QVERIFY(
            server.value(QStringLiteral("tags")).toArray().contains(QStringLiteral("slipway-fleet:gate")));
        QVERIFY(server.value(QStringLiteral("user_data"))
                    .toString()
                    .contains(QStringLiteral("BEGIN OPENSSH PRIVATE KEY")));
        QCOMPARE(server.value(QStringLiteral("vpc")), fleet.value(QStringLiteral("vpc")));
        QVERIFY(!QFile::exists(m_rig->dataDir() + QStringLiteral("/rentals/gate/keys")));

        const Output again = m_rig->create();
        QCOMPARE(again.exitCode, 2);
        QVERIFY2(again.err.contains("exists already"), again.err.constData());

        const Output refused = m_rig->run({QStringLiteral("destroy"), QStringLiteral("gate")});
        QCOMPARE(refused.exitCode, 2); // no terminal, no --yes
        QCOMPARE(servers(), 4);

        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QCOMPARE(m_rig->cloud.state().value(QStringLiteral("tags")).toArray().size(), 0);
        const Output ended =
            m_rig->run({QStringLiteral("destroy"), QStringLiteral("gate"), QStringLiteral("--dry-run")});
        QCOMPARE(ended.out, QByteArray("Nothing of it is in the account.\n"));
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

        // Nobody has the time: then nothing is made up.
        const Output offline = m_rig->runOffline(show);
        QVERIFY2(offline.exitCode == 0, offline.err.constData());
        QVERIFY(offline.object().value(QStringLiteral("usd_so_far")).isNull());
        QVERIFY2(offline.err.contains("Age and cost are not known"), offline.err.constData());
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
                                       << QByteArray("droplet limit: 0 of 3 are in use and 4 are requested");
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

    void keepLeavesWhatWasMade() {
        m_rig->cloud.fault(fault("POST /v2/droplets", "status",
                                 {{QStringLiteral("status"), 422}, {QStringLiteral("nth"), 3}}));
        QVERIFY(m_rig->create({QStringLiteral("--keep")}).exitCode != 0);
        QCOMPARE(servers(), 2);
        m_rig->cloud.fault(QJsonArray());
        const Output again = m_rig->create();
        QVERIFY2(again.exitCode == 0, again.err.constData());
        QCOMPARE(servers(), 4);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void costIsReported() {
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
        process.start(testPaths::program("slipwayctl"), {QStringLiteral("--data-dir"), m_rig->dataDir(),
                                                         QStringLiteral("fleet"), QStringLiteral("cost")});
        QVERIFY(process.waitForFinished(90'000));
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("DIGITALOCEAN_TOKEN"), said.constData());
        QVERIFY(process.exitCode() != 0);
    }
};

QTEST_GUILESS_MAIN(LifecycleTest)
#include "tst_lifecycle.moc"
