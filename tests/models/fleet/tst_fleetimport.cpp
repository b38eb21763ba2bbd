// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <QTest>

using namespace slipway;

namespace {

using Importer = Result<FleetImport> (*)(const QByteArray &, const QString &);

const QByteArray kOutputs = R"({
  "campaign_id": {"sensitive": false, "type": "string", "value": "v0.6.3-r1"},
  "chaos_client": {"sensitive": false, "type": "string", "value": "203.0.113.14"},
  "peer_nodes": {"sensitive": false, "type": ["object", {}], "value": {
    "node-a": {"private": "10.250.0.3", "public": "203.0.113.11"},
    "node-b": {"private": "10.250.0.4", "public": "203.0.113.12"}}}
})";

QByteArray droplet(const QByteArray &id, const QByteArray &name, const QByteArray &networks) {
    return R"({"id":)" + id + R"(,"name":")" + name +
           R"(","status":"active","region":{"slug":"nyc3"},"tags":["gate"],)" + R"("networks":{"v4":[)" +
           networks + R"(]},"volume_ids":[]})";
}

const QByteArray kPublic = R"({"ip_address":"203.0.113.11","type":"public"})";
const QByteArray kPrivate = R"({"ip_address":"10.0.0.3","type":"private"})";

QByteArray state(const QByteArray &resources, const QByteArray &children = {}) {
    return R"({"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[)" +
           resources + R"(],"child_modules":[)" + children + "]}}}";
}

QByteArray resource(const QByteArray &values) {
    return R"({"address":"digitalocean_droplet.peer","mode":"managed","type":"digitalocean_droplet","values":)" +
           values + "}";
}

} // namespace

Q_DECLARE_METATYPE(Importer)

class FleetImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsOfTheField() {
        const auto import = importTerraformOutput(kOutputs, QStringLiteral("out.json"));
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        const Fleet &fleet = import->fleet;
        QCOMPARE(fleet.hosts.size(), 3);
        QCOMPARE(fleet.withRole(HostRole::Peer).size(), 2);
        const Host *node = fleet.find(QStringLiteral("node-b"));
        QVERIFY(node);
        QCOMPARE(node->address, QStringLiteral("203.0.113.12"));
        QCOMPARE(node->privateAddress, QStringLiteral("10.250.0.4"));
        const Host chaos = fleet.withRole(HostRole::Chaos).constFirst();
        QCOMPARE(chaos.name, QStringLiteral("chaos-client"));
        QCOMPARE(chaos.privateAddress, QStringLiteral("203.0.113.14"));
        for (const Host &host : fleet.hosts)
            QVERIFY(host.id.isEmpty());
        QVERIFY(import->notes.join(QLatin1Char(' ')).contains(QStringLiteral("will not destroy")));
        QVERIFY(parseFleet(fleetToJson([&] {
                               Fleet named = fleet;
                               named.name = QStringLiteral("gate");
                               return named;
                           }()),
                           QStringLiteral("again"))
                    .ok());
    }

    void oneOutputByItself() {
        const auto import = importTerraformOutput(
            R"({"node-a":{"private":"10.0.0.3","public":"203.0.113.11"}})", QStringLiteral("out.json"));
        QVERIFY(import.ok());
        QCOMPARE(import->fleet.hosts.size(), 1);
    }

    void dropletsOfAState() {
        const QByteArray values =
            R"({"id":"4711","name":"node-a","region":"nyc3","ipv4_address":"203.0.113.11","ipv4_address_private":"10.0.0.3","tags":["gate"]})";
        const QByteArray other = R"({"id":"4712","name":"aim-chaos","ipv4_address":"203.0.113.14"})";
        const auto import = importTerraformState(
            state(resource(values) + R"(,{"type":"digitalocean_vpc","values":{"id":"x"}})",
                  R"({"resources":[)" + resource(other) + "]}"),
            QStringLiteral("state.json"));
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        QCOMPARE(import->fleet.hosts.size(), 2);
        QCOMPARE(import->fleet.hosts.at(0).id, QStringLiteral("droplet-4711"));
        QCOMPARE(import->fleet.hosts.at(0).group, QStringLiteral("nyc3"));
        QCOMPARE(import->fleet.hosts.at(0).tags, QStringList{QStringLiteral("gate")});
        QCOMPARE(import->fleet.hosts.at(1).role, HostRole::Chaos);
        QCOMPARE(import->fleet.hosts.at(1).privateAddress, QStringLiteral("203.0.113.14"));
    }

    void dropletsOfDoctl() {
        const auto import =
            importDoctl("[" + droplet("4711", "node-a", kPublic + "," + kPrivate) + "," +
                            droplet("4712", "node-a", kPublic) + "," + droplet("4713", "new", "") + "]",
                        QStringLiteral("list.json"));
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        QCOMPARE(import->fleet.hosts.size(), 2);
        QCOMPARE(import->fleet.hosts.at(0).privateAddress, QStringLiteral("10.0.0.3"));
        // Names are not unique there, ids are.
        QCOMPARE(import->fleet.hosts.at(1).name, QStringLiteral("node-a-4712"));
        const QString notes = import->notes.join(QLatin1Char(' '));
        QVERIFY2(notes.contains(QStringLiteral("droplet-4713")), qPrintable(notes));
        QVERIFY2(notes.contains(QStringLiteral("node-a-4712")), qPrintable(notes));
    }

    void linesOfCsv() {
        const auto import =
            importCsv("\xEF\xBB\xBFName;Address;role;private_address;port;group;tags\r\n"
                      "node-a;203.0.113.11;peer;10.0.0.3;2222;\"rack \"\"one\"\"; left\";gate nyc3\r\n"
                      "\r\n"
                      "load;203.0.113.14;chaos;;;;\r\n",
                      QStringLiteral("hosts.csv"));
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        QCOMPARE(import->fleet.hosts.size(), 2);
        const Host &host = import->fleet.hosts.at(0);
        QCOMPARE(host.port, quint16(2222));
        QCOMPARE(host.group, QStringLiteral("rack \"one\"; left"));
        QCOMPARE(host.tags, (QStringList{QStringLiteral("gate"), QStringLiteral("nyc3")}));
        QCOMPARE(import->fleet.hosts.at(1).role, HostRole::Chaos);
        QCOMPARE(import->fleet.hosts.at(1).privateAddress, QStringLiteral("203.0.113.14"));
    }

    void namesWhatIsWrong_data() {
        QTest::addColumn<Importer>("importer");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char *name, Importer importer, const QByteArray &bytes,
                            const char *problem) {
            QTest::newRow(name) << importer << bytes << QString::fromLatin1(problem);
        };
        row("outputs: never applied", importTerraformOutput, "{}", "has not finished");
        row("outputs: no host", importTerraformOutput, R"({"id":{"value":"v1"}})",
            "no output that is a host");
        row("outputs: no public", importTerraformOutput, R"({"peers":{"value":{"node-b":{}}}})",
            "peers.node-b.public: must be an IP address");
        row("outputs: an option for an address", importTerraformOutput,
            R"({"peers":{"value":{"node-b":{"public":"-oProxyCommand=id"}}}})", "peers.node-b.public");
        row("outputs: a name that is a path", importTerraformOutput,
            R"({"peers":{"value":{"../x":{"public":"203.0.113.1"}}}})", "name may hold");
        row("outputs: cut off", importTerraformOutput, R"({"peers":)", "is not JSON");
        row("state: a plan", importTerraformState, R"({"format_version":"1.2","planned_values":{}})",
            "is a plan");
        row("state: empty", importTerraformState, R"({"format_version":"1.0"})", "no digitalocean_droplet");
        row("state: no id", importTerraformState,
            state(resource(R"({"name":"a","ipv4_address":"203.0.113.1"})")),
            "digitalocean_droplet.peer: has no id");
        row("state: a hostile tag", importTerraformState,
            state(resource(R"j({"id":"1","name":"a","ipv4_address":"203.0.113.1","tags":["$(id)"]})j")),
            "tags may hold");
        row("state: a hostile id", importTerraformState,
            state(resource(R"({"id":"1;id","name":"a","ipv4_address":"203.0.113.1"})")), "id may hold");
        row("doctl: refused", importDoctl, R"({"errors":[{"detail":"Unable to authenticate you"}]})",
            "Unable to authenticate you");
        row("doctl: none", importDoctl, "[]", "lists no droplet");
        row("doctl: an object", importDoctl, "{}", "is not an array of droplets");
        row("doctl: id", importDoctl, "[" + droplet("0.5", "a", kPublic) + "]",
            "[0].id: must be a whole number");
        row("doctl: rounded id", importDoctl, "[" + droplet("99999999999999999999", "a", kPublic) + "]",
            "[0].id");
        row("doctl: not an object", importDoctl, "[7]", "[0].id");
        row("doctl: address", importDoctl,
            "[" + droplet("1", "a", R"({"ip_address":"h;id","type":"public"})") + "]",
            "[0]: address is neither");
        row("csv: twice", importCsv, "name,address,Address\na,h,i\n", "\"Address\"");
        row("csv: no address", importCsv, "name\na\n", "no column \"address\"");
        row("csv: cells", importCsv, "name,address\nb\n", "line 2: has 1 cells");
        row("csv: role", importCsv, "name,address,role\na,h,boss\n", "line 2: role cannot be \"boss\"");
        row("csv: port", importCsv, "name,address,port\na,h,70000\n", "line 2: port cannot be");
        row("csv: quote", importCsv, "name,address\n\"a,h\n", "line 2: a quote is opened");
        row("csv: shell", importCsv, "name,address\na,h;id\n", "line 2: address is neither");
        row("csv: after a long cell", importCsv, "name,address,group\n\"a\",h,\"x\n\ny\"\nb,-h,\n",
            "line 2: group");
        row("csv: header alone", importCsv, "name,address\n", "no host");
        row("csv: zeros", importCsv, QByteArray(64, '\0'), "line 1");
    }

    void namesWhatIsWrong() {
        QFETCH(Importer, importer);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, problem);
        const auto import = importer(bytes, QStringLiteral("given"));
        QVERIFY(!import.ok());
        QCOMPARE(import.error().code, ErrorCode::InvalidInput);
        QVERIFY2(import.error().text.contains(problem), qPrintable(import.error().text));
        QVERIFY2(import.error().text.contains(QStringLiteral("given")), qPrintable(import.error().text));
    }

    void aSecretOutputIsNotReported() {
        const auto import =
            importTerraformOutput(R"({"token":{"sensitive":true,"value":{"a":{"public":"dop_v1_secret"}}}})",
                                  QStringLiteral("out.json"));
        QVERIFY(!import.ok());
        QVERIFY2(!import.error().text.contains(QStringLiteral("dop_v1")), qPrintable(import.error().text));
    }

    void theFormatIsReported() {
        const auto reported = [](const QByteArray &bytes, const char *name) {
            const auto format = detectFleetFormat(bytes, QString::fromLatin1(name));
            return format ? fleetFormatName(*format) : format.error().text;
        };
        QCOMPARE(reported(kOutputs, "x"), QStringLiteral("terraform-output"));
        QCOMPARE(reported(state({}), "x"), QStringLiteral("terraform-show"));
        QCOMPARE(reported("[]", "x"), QStringLiteral("doctl"));
        QCOMPARE(reported(R"({"errors":[]})", "x"), QStringLiteral("doctl"));
        QCOMPARE(reported(R"({"schema":"slipway-fleet/1"})", "x"), QStringLiteral("slipway"));
        QCOMPARE(reported("# mine\nHost node-a\n  HostName 203.0.113.1\n", "config"),
                 QStringLiteral("ssh-config"));
        QCOMPARE(reported("name,address\na,h\n", "x"), QStringLiteral("csv"));
        QCOMPARE(reported("anything", "x.csv"), QStringLiteral("csv"));
        QVERIFY(reported("hello", "x").contains(QStringLiteral("--format")));
        QVERIFY(reported(" \n", "x").contains(QStringLiteral("is empty")));
    }
};

QTEST_APPLESS_MAIN(FleetImportTest)
#include "tst_fleetimport.moc"
