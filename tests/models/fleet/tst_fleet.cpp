// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleet.h"

#include <QTest>

using namespace slipway;

class FleetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrites() {
        Fleet fleet;
        fleet.name = QStringLiteral("gate");
        Host host;
        host.name = QStringLiteral("node-a");
        host.address = QStringLiteral("203.0.113.11");
        host.privateAddress = QStringLiteral("10.250.0.11");
        host.hostKeys = {QStringLiteral("ssh-ed25519 AAAA")};
        host.serverPath = QStringLiteral("/usr/local/bin/ai-memory");
        host.workDir = QStringLiteral("/tmp");
        fleet.hosts = {host};
        fleet.parameters.insert(QStringLiteral("mcp_min_tools"), QStringLiteral("6"));
        const auto read = parseFleet(fleetToJson(fleet), QStringLiteral("gate.json"));
        QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().text));
        QCOMPARE(*read, fleet);
    }

    void namesWhatIsWrong_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("problem");
        const auto host = [](const QByteArray &fields) {
            return QByteArray(R"({"schema":"slipway-fleet/1","name":"f","hosts":[)") + fields + "]}";
        };
        QTest::newRow("not json") << QByteArray("{") << "f.json is not JSON";
        QTest::newRow("array") << QByteArray("[]") << "holds no JSON object";
        QTest::newRow("schema") << QByteArray(R"({"schema":"x","name":"f","hosts":[]})") << "schema: must be";
        QTest::newRow("no hosts") << host("") << "hosts: must be an array of objects";
        QTest::newRow("role") << host(R"({"name":"a","role":"boss","address":"h"})") << "hosts[0].role";
        QTest::newRow("port") << host(R"({"name":"a","role":"peer","address":"h","port":70000})")
                              << "hosts[0].port";
        QTest::newRow("port text") << host(R"({"name":"a","role":"peer","address":"h","port":"22"})")
                                   << "hosts[0].port";
        QTest::newRow("address option")
            << host(R"({"name":"a","role":"peer","address":"-oProxyCommand=id"})") << "hosts[0].address";
        QTest::newRow("address shell")
            << host(R"({"name":"a","role":"peer","address":"h;id"})") << "hosts[0].address";
        QTest::newRow("user") << host(R"({"name":"a","role":"peer","address":"h","user":"-l"})")
                              << "hosts[0].user";
        QTest::newRow("name") << host(R"({"name":"../x","role":"peer","address":"h"})") << "hosts[0].name";
        QTest::newRow("twice")
            << host(R"({"name":"a","role":"peer","address":"h"},{"name":"a","role":"peer","address":"i"})")
            << "hosts[1].name: \"a\" is there twice";
        QTest::newRow("unknown key") << host(R"({"name":"a","role":"peer","address":"h","adress":"i"})")
                                     << "hosts[0].adress";
        QTest::newRow("relative path")
            << host(R"({"name":"a","role":"peer","address":"h","workDir":"tmp"})") << "hosts[0].workDir";
    }

    void namesWhatIsWrong() {
        QFETCH(QByteArray, json);
        QFETCH(QString, problem);
        const auto fleet = parseFleet(json, QStringLiteral("f.json"));
        QVERIFY(!fleet.ok());
        QCOMPARE(fleet.error().code, ErrorCode::InvalidInput);
        QVERIFY2(fleet.error().text.contains(problem), qPrintable(fleet.error().text));
    }

    void plainNames() {
        QVERIFY(isPlainName(QStringLiteral("v0.6.0.0-final_r2")));
        for (const auto &name :
             {QString(), QStringLiteral("-rf"), QStringLiteral("."), QStringLiteral("a/b"),
              QStringLiteral("a\n"), QStringLiteral("$(id)"), QString(65, QLatin1Char('a'))})
            QVERIFY2(!isPlainName(name), qPrintable(name));
    }
};

QTEST_APPLESS_MAIN(FleetTest)
#include "tst_fleet.moc"
