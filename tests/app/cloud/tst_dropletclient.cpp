// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a stateful stand-in for the API, every exchange held against the published contract.
#include "app/cloud/digitalocean/dropletclient.h"
#include "models/core/instant.h"
#include "tests/support/contract.h"
#include "tests/support/fakecloud.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>
#include <QThread>

#include <optional>
#include <thread>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kKey =
    QStringLiteral("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl");
const QByteArray kToken = "dop_v1_0123456789abcdef";
const QString kContract = testPaths::source("../shared/do-openapi.json");

struct Rig {
    FakeCloud cloud;
    std::stop_source stop;
    ApiTransport transport{cloud.url(), *ApiToken::parse(kToken), stop.get_token()};
    DropletClient client{transport};

    Rig() {
        cloud.post(QStringLiteral("key"), QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                                                      {QStringLiteral("public_key"), kKey}});
    }
};

template <typename T>
T need(Result<T> result) {
    if (!result)
        qFatal("%s", qPrintable(result.error().text));
    return *result;
}

QJsonObject fault(const char *call, const char *what, const QJsonObject &more = {}) {
    QJsonObject object{{QStringLiteral("on"), QLatin1String(call)},
                       {QStringLiteral("do"), QLatin1String(what)}};
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

const QJsonObject kAfter{{QStringLiteral("when"), QStringLiteral("after")}};

ServerRequest request(const QString &name, const QList<SshKey> &keys, const QString &network) {
    return {name,
            QStringLiteral("nyc3"),
            QStringLiteral("s-1vcpu-2gb"),
            QStringLiteral("ubuntu-24-04-x64"),
            keys.constFirst().fingerprint,
            network,
            {QStringLiteral("slipway-fleet:t")},
            "#cloud-config\n"};
}

} // namespace

class DropletClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_rig.emplace(); }

    // What each test sent and got obeys the contract.
    void cleanup() {
        const QString log = m_rig->cloud.log();
        Contract contract;
        if (contract.open(kContract).isEmpty()) {
            int count = 0;
            const QStringList found = contract.violationsOf(log, count);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n')).left(4000)));
            m_checked += count;
        }
        m_rig.reset();
    }

    void cleanupTestCase() {
        if (m_checked == 0)
            QSKIP("No exchange was held against the contract: ../shared/do-openapi.json is absent.");
        qInfo("%d exchanges obey the contract", m_checked);
    }

    void everyCallIsReadAsDocumented() {
        DropletClient &client = m_rig->client;
        QCOMPARE(need(client.account()).serverLimit, 25);
        QCOMPARE(need(client.balance()).monthToDate.text(), QStringLiteral("$11.21"));
        QCOMPARE(need(client.regions()).size(), 2);
        QCOMPARE(need(client.sizes()).size(), 2);
        QCOMPARE(need(client.image(QStringLiteral("debian-12-x64"))).id, 129211873);
        QCOMPARE(need(client.keys()).size(), 1);
        QCOMPARE(need(client.createTag(QStringLiteral("slipway-fleet:t"))),
                 QStringLiteral("slipway-fleet:t"));
        QCOMPARE(need(client.tags()).size(), 1);
        const CloudNetwork network =
            need(client.createNetwork(QStringLiteral("slipway-t"), QStringLiteral("nyc3"),
                                      QStringLiteral("10.250.0.0/24"), QStringLiteral("of a test")));
        QVERIFY(network.createdAt.isValid());
        const CloudServer server =
            need(client.createServer(request(QStringLiteral("t.a"), need(client.keys()), network.id)));
        QCOMPARE(server.status, QStringLiteral("new"));
        QCOMPARE(server.perHour.text(), QStringLiteral("$0.0179"));
        QVERIFY(server.publicAddress.isEmpty());
        QCOMPARE(need(client.serverActions(server.id)).constFirst().status, QStringLiteral("in-progress"));
        QVERIFY(need(client.servers()).isEmpty()); // lists lag
        m_rig->cloud.advance(31);
        QCOMPARE(need(client.serversWithTag(QStringLiteral("slipway-fleet:t"))).size(), 1);
        QVERIFY(!client.serversWithTag({}).ok());
        QVERIFY(need(client.server(server.id)).publicAddress.startsWith(QLatin1String("203.0.113.")));
        QVERIFY(need(client.server(server.id)).privateAddress.startsWith(QLatin1String("10.250.0.")));
        QCOMPARE(need(client.networkMembers(network.id)), 1);
        QVERIFY(client.deleteServer(server.id).ok());
        m_rig->cloud.advance(11);
        QCOMPARE(client.server(server.id).error().code, ErrorCode::NotFound);
        QVERIFY(client.deleteServer(server.id).ok()); // gone already
        QCOMPARE(client.deleteNetwork(network.id).error().code, ErrorCode::AlreadyExists);
        m_rig->cloud.advance(20);
        QVERIFY(client.deleteNetwork(network.id).ok());
        QVERIFY(client.deleteTag(QStringLiteral("slipway-fleet:t")).ok());
        QVERIFY(need(client.tags()).isEmpty());
    }

    // The links name another host; nothing is sent there.
    void allPagesAreRead() {
        m_rig->cloud.configure({{QStringLiteral("max_per_page"), 2}});
        for (int i = 0; i < 7; ++i)
            QVERIFY(m_rig->client.createTag(QStringLiteral("tag-%1").arg(i)).ok());
        QCOMPARE(m_rig->client.tags()->size(), 7);
        QCOMPARE(m_rig->cloud.calls(QStringLiteral("GET /v2/tags")), 4);
    }

    void aListThatIsCutShortIsAnError() {
        m_rig->cloud.configure({{QStringLiteral("max_per_page"), 1}});
        for (int i = 0; i < 3; ++i)
            QVERIFY(m_rig->client.createTag(QStringLiteral("tag-%1").arg(i)).ok());
        m_rig->cloud.fault(fault(
            "GET /v2/tags", "status",
            {{QStringLiteral("status"), 500}, {QStringLiteral("nth"), 2}, {QStringLiteral("times"), 100}}));
        const auto tags = m_rig->client.tags();
        QVERIFY(!tags.ok());
        QVERIFY2(tags.error().text.contains(QLatin1String("GET /v2/tags was answered 500: made to fail")),
                 qPrintable(tags.error().text));
    }

    void aReadIsRepeated_data() {
        QTest::addColumn<QJsonObject>("what");
        QTest::newRow("lost answer") << fault("GET /v2/account", "drop", kAfter);
        QTest::newRow("502 in HTML") << fault(
            "GET /v2/account", "status",
            {{QStringLiteral("status"), 502},
             {QStringLiteral("html"), QStringLiteral("<html>Bad Gateway</html>")}});
        QTest::newRow("429 with a time")
            << fault("GET /v2/account", "status",
                     {{QStringLiteral("status"), 429}, {QStringLiteral("retry_after"), 7}});
        QTest::newRow("429 without") << fault("GET /v2/account", "status", {{QStringLiteral("status"), 429}});
    }
    void aReadIsRepeated() {
        QFETCH(QJsonObject, what);
        QVERIFY(m_rig->client.tags().ok());
        m_rig->cloud.fault(what);
        const double before = m_rig->cloud.state().value(QStringLiteral("now")).toDouble();
        need(m_rig->client.account());
        // A broken connection may also be tried again by Qt at once, which does no harm to a read.
        const double waited = m_rig->cloud.state().value(QStringLiteral("now")).toDouble() - before;
        if (what.contains(QStringLiteral("retry_after")))
            QCOMPARE(waited, 7.0);
        else if (what.value(QStringLiteral("status")).toInt() == 429)
            QCOMPARE(waited, 30.0); // until ratelimit-reset
    }

    void aCreateIsNeverRepeated_data() {
        QTest::addColumn<QJsonObject>("what");
        QTest::addColumn<int>("made");
        QTest::newRow("lost request") << fault("POST /v2/droplets", "drop") << 0;
        QTest::newRow("lost answer") << fault("POST /v2/droplets", "drop", kAfter) << 1;
        QTest::newRow("answer cut off") << fault("POST /v2/droplets", "garble", kAfter) << 1;
        QTest::newRow("504 in HTML, done") << fault("POST /v2/droplets", "status",
                                                    {{QStringLiteral("status"), 504},
                                                     {QStringLiteral("html"), QStringLiteral("<html>")},
                                                     {QStringLiteral("when"), QStringLiteral("after")}})
                                           << 1;
        QTest::newRow("500, not done")
            << fault("POST /v2/droplets", "status", {{QStringLiteral("status"), 500}}) << 0;
    }
    void aCreateIsNeverRepeated() {
        QFETCH(QJsonObject, what);
        QFETCH(int, made);
        const auto keys = m_rig->client.keys(); // and so the connection is one that is kept alive
        const QString network = m_rig->client.networks()->constFirst().id;
        m_rig->cloud.fault(what);
        const auto server = m_rig->client.createServer(request(QStringLiteral("t.a"), *keys, network));
        QVERIFY(!server.ok());
        QCOMPARE(server.error().code, ErrorCode::ConnectionLost); // says nothing
        QCOMPARE(m_rig->cloud.calls(QStringLiteral("POST /v2/droplets")), 1);
        QCOMPARE(m_rig->cloud.things().size(), made);
    }

    void aRefusalIsCertain_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("400") << 400 << ErrorCode::InvalidInput;
        QTest::newRow("401") << 401 << ErrorCode::AuthRefused;
        QTest::newRow("403") << 403 << ErrorCode::AuthRefused;
        QTest::newRow("404") << 404 << ErrorCode::NotFound;
        QTest::newRow("409") << 409 << ErrorCode::AlreadyExists;
        QTest::newRow("422") << 422 << ErrorCode::InvalidInput;
        QTest::newRow("301") << 301 << ErrorCode::ConnectionLost; // not followed, and no answer
    }
    void aRefusalIsCertain() {
        QFETCH(int, status);
        QFETCH(ErrorCode, code);
        m_rig->cloud.fault(
            fault("POST /v2/tags", "status",
                  {{QStringLiteral("status"), status}, {QStringLiteral("html"), QStringLiteral("no")}}));
        QCOMPARE(m_rig->client.createTag(QStringLiteral("a")).error().code, code);
        QCOMPARE(m_rig->cloud.calls(QStringLiteral("POST /v2/tags")), 1);
    }

    void postIsRepeatedAfterARateRefusal() {
        QVERIFY(m_rig->client.tags().ok());
        m_rig->cloud.fault(fault("POST /v2/tags", "status",
                                 {{QStringLiteral("status"), 429}, {QStringLiteral("retry_after"), 5}}));
        QVERIFY(m_rig->client.createTag(QStringLiteral("a")).ok());
        QCOMPARE(m_rig->cloud.calls(QStringLiteral("POST /v2/tags")), 2);
    }

    void keysAreAskedForOnce() {
        for (int i = 0; i < 20; ++i)
            QVERIFY(m_rig->client.keys().ok());
        QCOMPARE(m_rig->cloud.calls(QStringLiteral("GET /v2/account/keys")), 1);
    }

    void anEmptyHourIsWaitedFor() {
        QVERIFY(m_rig->client.account().ok());
        m_rig->cloud.configure({{QStringLiteral("remaining"), 0}});
        QVERIFY(m_rig->client.account().ok()); // says that none remains
        const double before = m_rig->cloud.state().value(QStringLiteral("now")).toDouble();
        QVERIFY(m_rig->client.account().ok());
        QCOMPARE(m_rig->cloud.state().value(QStringLiteral("now")).toDouble() - before, 30.0);
    }

    void aMinuteHoldsNoMoreThanItMay() {
        RateLimit limit;
        const QDateTime start = utcOfSeconds(1'000'000);
        for (int i = 0; i < 240; ++i) {
            QCOMPARE(limit.waitMs(start.addMSecs(i)), 0);
            limit.sent(start.addMSecs(i));
        }
        QCOMPARE(limit.waitMs(start.addSecs(1)), 59'000);
        QCOMPARE(limit.waitMs(start.addSecs(60)), 0);
        QCOMPARE(limit.afterRefusalMs({}, start), 60'000);
        QCOMPARE(limit.afterRefusalMs(3, start), 3'000);
    }

    void aStopEndsAWait() {
        ApiTransport transport(QUrl(QStringLiteral("http://127.0.0.1:1")), *ApiToken::parse(kToken),
                               m_rig->stop.get_token());
        std::jthread stopper([&] {
            QThread::msleep(20);
            m_rig->stop.request_stop();
        });
        QCOMPARE(transport.wait(3'600'000).error().code, ErrorCode::Cancelled);
        QCOMPARE(transport.send({"GET", QStringLiteral("/v2/account")}).error().code, ErrorCode::Cancelled);
    }

    void aTokenGoesNowhereElse_data() {
        QTest::addColumn<QString>("base");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("the API") << QStringLiteral("https://api.digitalocean.com") << true;
        QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8080") << true;
        QTest::newRow("loopback by name") << QStringLiteral("http://localhost:8080") << true;
        QTest::newRow("in clear") << QStringLiteral("http://api.digitalocean.com") << false;
        QTest::newRow("looks like loopback") << QStringLiteral("http://127.0.0.1.example.com") << false;
        QTest::newRow("with a password") << QStringLiteral("https://me:secret@api.digitalocean.com") << false;
        QTest::newRow("no address") << QStringLiteral("api.digitalocean.com") << false;
        QTest::newRow("a token in the wrong field") << QStringLiteral("dop_v1_secret") << false;
        QTest::newRow("another scheme") << QStringLiteral("ftp://127.0.0.1") << false;
    }
    void aTokenGoesNowhereElse() {
        QFETCH(QString, base);
        QFETCH(bool, allowed);
        const auto parsed = parseApiBase(base);
        QCOMPARE(parsed.ok(), allowed);
        QVERIFY(allowed || !parsed.error().text.contains(QLatin1String("secret")));
    }

    // Tokens are kept by address: one address must not have two spellings, nor two addresses one.
    void anAddressHasOneSpelling() {
        const auto spelt = [](const char *text) { return addressText(*parseApiBase(QLatin1String(text))); };
        const QString standard = QStringLiteral("https://api.digitalocean.com");
        for (const char *text : {"https://api.digitalocean.com", "https://api.digitalocean.com/",
                                 "https://API.DigitalOcean.com:443/", " https://api.digitalocean.com\n"})
            QCOMPARE(spelt(text), standard);
        QCOMPARE(spelt("https://example.com/do/"), QStringLiteral("https://example.com/do"));
        QCOMPARE(spelt("https://api.digitalocean.com:444"), standard + QStringLiteral(":444"));
        QVERIFY(spelt("https://api.digitаlocean.com").contains(QStringLiteral("xn--"))); // a Cyrillic letter
    }

    void tokensAreMasked() {
        QCOMPARE(
            maskTokens(QStringLiteral("no dop_v1_abcDEF012, nor \"Bearer xyz\" or Bearer doo_v1_99 here")),
            QStringLiteral("no dop_v1_…, nor \"Bearer …\" or Bearer doo_v1_… here"));
        m_rig->cloud.fault(fault("GET /v2/account", "status",
                                 {{QStringLiteral("status"), 400},
                                  {QStringLiteral("html"), QString::fromLatin1("you sent " + kToken)}}));
        const Error error = m_rig->client.account().error();
        QVERIFY2(error.text.contains(QStringLiteral("you sent dop_v1_…")), qPrintable(error.text));
        QVERIFY(!ApiToken::parse("two words").ok());
        QVERIFY(!ApiToken::parse("two words").error().text.contains(QLatin1String("two words")));
    }

    // Without this the checks above could hold for a contract that nobody reads.
    void theContractCanTurnRed_data() {
        QTest::addColumn<QByteArray>("exchange");
        QTest::addColumn<QString>("found");
        QTest::newRow("unlisted key")
            << QByteArray(
                   R"({"method":"POST","path":"/v2/tags","query":{},"body":{"name":"a","colour":"red"},"status":0})")
            << QStringLiteral("\"colour\" is not listed");
        QTest::newRow("unlisted key of a rule")
            << QByteArray(
                   R"({"method":"POST","path":"/v2/firewalls","query":{},"body":{"name":"aa","inbound_rules":[{"protocol":"tcp","ports":"22","sources":{"adresses":[]}}]},"status":0})")
            << QStringLiteral("\"adresses\" is not listed");
        QTest::newRow("missing size")
            << QByteArray(
                   R"({"method":"POST","path":"/v2/droplets","query":{},"body":{"name":"a","image":"x"},"status":0})")
            << QStringLiteral("POST /v2/droplets body");
        QTest::newRow("underscore in a name")
            << QByteArray(
                   R"({"method":"POST","path":"/v2/droplets","query":{},"body":{"name":"a_b","image":"x","size":"s"},"status":0})")
            << QStringLiteral("POST /v2/droplets body");
        QTest::newRow("too long a page")
            << QByteArray(
                   R"({"method":"GET","path":"/v2/tags","query":{"per_page":"500"},"body":null,"status":0})")
            << QStringLiteral("query per_page");
        QTest::newRow("unlisted query")
            << QByteArray(
                   R"({"method":"GET","path":"/v2/tags","query":{"sort":"up"},"body":null,"status":0})")
            << QStringLiteral("\"sort\" is not listed");
        QTest::newRow("no such call")
            << QByteArray(R"({"method":"GET","path":"/v2/nothing","query":{},"body":null,"status":0})")
            << QStringLiteral("not in the description");
        QTest::newRow("id as text")
            << QByteArray(
                   R"({"method":"GET","path":"/v2/account/keys/1","query":{},"body":null,"status":200,"answer":{"ssh_key":{"id":"1","name":"a","public_key":"b"}}})")
            << QStringLiteral("answer 200");
        QTest::newRow("unknown status")
            << QByteArray(
                   R"({"method":"DELETE","path":"/v2/tags/a","query":{},"body":null,"status":202,"answer":{}})")
            << QStringLiteral("never answered 202");
    }
    void theContractCanTurnRed() {
        QFETCH(QByteArray, exchange);
        QFETCH(QString, found);
        Contract contract;
        if (const QString problem = contract.open(kContract); !problem.isEmpty())
            QSKIP(qPrintable(problem));
        const QString all =
            contract.violations(QJsonDocument::fromJson(exchange).object()).join(QLatin1Char('\n'));
        QVERIFY2(all.contains(found), qPrintable(all));
    }

private:
    std::optional<Rig> m_rig;
    int m_checked = 0;
};

QTEST_GUILESS_MAIN(DropletClientTest)
#include "tst_dropletclient.moc"
