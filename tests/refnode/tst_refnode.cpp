// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <vector>

namespace {

const QString kNode = testPaths::program("ai-memory-reference");
constexpr int kTimeout = 15'000;

struct Answer {
    int status = 0;
    QJsonObject json;
};

// A real HTTP client, as the phases use it.
Answer http(const QString &url, const QByteArray &body = {}, const QStringList &more = {}) {
    QStringList arguments{QStringLiteral("-s"),
                          QStringLiteral("-m"),
                          QStringLiteral("10"),
                          QStringLiteral("-w"),
                          QStringLiteral("\n%{http_code}"),
                          url};
    if (!body.isEmpty())
        arguments << QStringLiteral("-H") << QStringLiteral("Content-Type: application/json")
                  << QStringLiteral("--data-binary") << QString::fromUtf8(body);
    QProcess curl;
    curl.start(QStringLiteral("curl"), arguments + more);
    curl.waitForFinished(kTimeout);
    const QByteArray out = curl.readAllStandardOutput();
    const qsizetype at = out.lastIndexOf('\n');
    return {out.mid(at + 1).toInt(), QJsonDocument::fromJson(out.left(at)).object()};
}

quint16 freePort() {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QByteArray memory(const QString &title, const QString &content = QStringLiteral("text")) {
    return QJsonDocument(QJsonObject{{QStringLiteral("title"), title},
                                     {QStringLiteral("content"), content},
                                     {QStringLiteral("namespace"), QStringLiteral("n")}})
        .toJson(QJsonDocument::Compact);
}

// Three nodes that know each other.
class Cluster {
public:
    explicit Cluster(bool lie = false) : m_lie(lie) {
        for (int i = 0; i < 3; ++i)
            m_ports.push_back(freePort());
        m_nodes.resize(3);
        for (int i = 0; i < 3; ++i)
            start(i);
    }
    ~Cluster() {
        for (int i = 0; i < 3; ++i)
            kill(i);
    }
    Cluster(const Cluster &) = delete;
    Cluster &operator=(const Cluster &) = delete;
    Cluster(Cluster &&) = delete;
    Cluster &operator=(Cluster &&) = delete;

    [[nodiscard]] QString url(int node) const {
        return QStringLiteral("http://127.0.0.1:%1").arg(m_ports.at(static_cast<size_t>(node)));
    }
    [[nodiscard]] QString database(int node) const {
        return m_dir.filePath(QStringLiteral("node-%1.db").arg(node));
    }

    void start(int node) {
        QStringList peers;
        for (int other = 0; other < 3; ++other) {
            if (other != node)
                peers << url(other);
        }
        auto process = std::make_unique<QProcess>();
        process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QStringList arguments{QStringLiteral("--db"),
                              database(node),
                              QStringLiteral("serve"),
                              QStringLiteral("--port"),
                              QString::number(m_ports.at(static_cast<size_t>(node))),
                              QStringLiteral("--quorum-writes"),
                              QStringLiteral("2"),
                              QStringLiteral("--quorum-peers"),
                              peers.join(QLatin1Char(',')),
                              QStringLiteral("--quorum-timeout-ms"),
                              QStringLiteral("1000")};
        if (m_lie)
            arguments << QStringLiteral("--lie") << QStringLiteral("replicates-nothing");
        process->start(kNode, arguments);
        QVERIFY(process->waitForStarted());
        m_nodes.at(static_cast<size_t>(node)) = std::move(process);
        QTRY_COMPARE_WITH_TIMEOUT(http(url(node) + QStringLiteral("/api/v1/health")).status, 200, kTimeout);
    }
    void kill(int node) {
        auto &process = m_nodes.at(static_cast<size_t>(node));
        if (!process)
            return;
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        process->waitForFinished();
        process.reset();
    }
    [[nodiscard]] int write(int node, const QString &title) const {
        return http(url(node) + QStringLiteral("/api/v1/memories"), memory(title)).status;
    }
    [[nodiscard]] QSet<QString> titles(int node) const {
        QSet<QString> titles;
        for (int offset = 0;; offset += 200) {
            const auto page =
                http(url(node) +
                     QStringLiteral("/api/v1/memories?namespace=n&limit=200&offset=%1").arg(offset))
                    .json.value(QStringLiteral("memories"))
                    .toArray();
            if (page.isEmpty())
                return titles;
            for (const QJsonValue entry : page)
                titles.insert(entry.toObject().value(QStringLiteral("title")).toString());
        }
    }

private:
    bool m_lie;
    QTemporaryDir m_dir;
    std::vector<quint16> m_ports;
    std::vector<std::unique_ptr<QProcess>> m_nodes;
};

QByteArray run(const QStringList &arguments, int *exitCode = nullptr, const QByteArray &input = {}) {
    QProcess process;
    process.start(kNode, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(kTimeout);
    if (exitCode)
        *exitCode = process.exitCode();
    return process.readAllStandardOutput();
}

} // namespace

class RefnodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commandsOfTheSurface() {
        const QTemporaryDir dir;
        const QStringList db{QStringLiteral("--db"), dir.filePath(QStringLiteral("m.db"))};
        QVERIFY(run({QStringLiteral("--version")}).startsWith("ai-memory-reference "));
        int exitCode = -1;
        run(db + QStringList{QStringLiteral("store"), QStringLiteral("--title"), QStringLiteral("t"),
                             QStringLiteral("--content"), QStringLiteral("quick brown fox")},
            &exitCode);
        QCOMPARE(exitCode, 0);
        const auto recall = QJsonDocument::fromJson(
                                run(db + QStringList{QStringLiteral("recall"), QStringLiteral("brown quick"),
                                                     QStringLiteral("--limit"), QStringLiteral("5"),
                                                     QStringLiteral("--json")}))
                                .object();
        QCOMPARE(recall.value(QStringLiteral("memories")).toArray().size(), 1);
        const auto none = QJsonDocument::fromJson(
                              run(db + QStringList{QStringLiteral("recall"), QStringLiteral("quick cat"),
                                                   QStringLiteral("--json")}))
                              .object();
        QCOMPARE(none.value(QStringLiteral("memories")).toArray().size(), 0);
        QCOMPARE(
            QJsonDocument::fromJson(run(db + QStringList{QStringLiteral("stats"), QStringLiteral("--json")}))
                .object()
                .value(QStringLiteral("total"))
                .toInt(),
            1);
        run({QStringLiteral("walk")}, &exitCode);
        QCOMPARE(exitCode, 2);
        run(db + QStringList{QStringLiteral("stats"), QStringLiteral("--fast"), QStringLiteral("1")},
            &exitCode);
        QCOMPARE(exitCode, 2);

        const QString backups = dir.filePath(QStringLiteral("backups"));
        run(db + QStringList{QStringLiteral("backup"), QStringLiteral("--to"), backups,
                             QStringLiteral("--keep"), QStringLiteral("1")},
            &exitCode);
        QCOMPARE(exitCode, 0);
        const QDir folder(backups);
        const QStringList manifests = folder.entryList({QStringLiteral("*.manifest.json")});
        QCOMPARE(manifests.size(), 1);
        QFile manifest(folder.filePath(manifests.constFirst()));
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        const QJsonObject reported = QJsonDocument::fromJson(manifest.readAll()).object();
        QFile snapshot(folder.filePath(reported.value(QStringLiteral("snapshot")).toString()));
        QVERIFY(snapshot.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromLatin1(
                     QCryptographicHash::hash(snapshot.readAll(), QCryptographicHash::Sha256).toHex()),
                 reported.value(QStringLiteral("sha256")).toString());
    }

    void mcpToolsReallyWork() {
        const QTemporaryDir dir;
        const QByteArray conversation = run(
            {QStringLiteral("--db"), dir.filePath(QStringLiteral("m.db")), QStringLiteral("mcp")}, nullptr,
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}\n"
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n"
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}\n"
            "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/"
            "call\",\"params\":{\"name\":\"memory_store\",\"arguments\":{\"title\":\"t\",\"content\":\"c\"}}}"
            "\n"
            "{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/"
            "call\",\"params\":{\"name\":\"memory_stats\"}}\n"
            "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"tools/"
            "call\",\"params\":{\"name\":\"memory_get\",\"arguments\":{}}}\n"
            "{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"dance\"}\n"
            "no json\n");
        const QList<QByteArray> lines = conversation.trimmed().split('\n');
        QCOMPARE(lines.size(), 7);
        const auto at = [&](int i) { return QJsonDocument::fromJson(lines.at(i)).object(); };
        QVERIFY(at(1)
                    .value(QStringLiteral("result"))
                    .toObject()
                    .value(QStringLiteral("tools"))
                    .toArray()
                    .size() >= 30); // as many as the ship-gate asks for
        QVERIFY(lines.at(3).contains("\\\"total\\\":1"));
        QCOMPARE(at(4).value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toInt(),
                 -32602);
        QCOMPARE(at(5).value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toInt(),
                 -32601);
        QCOMPARE(at(6).value(QStringLiteral("error")).toObject().value(QStringLiteral("code")).toInt(),
                 -32700);
    }

    void everyMcpToolDoesWhatItSays_data() {
        QTest::addColumn<QByteArray>("arguments"); // ID stands for the memory's id
        QTest::addColumn<QByteArray>("answer");    // as the answer's text holds it
        const auto row = [](const char *tool, const char *arguments, const char *answer) {
            QTest::newRow(tool) << QByteArray(arguments) << QByteArray(answer);
        };
        row("memory_store", R"({"title":"u","content":"c2"})", R"("title":"u")");
        row("memory_recall", R"({"query":"whale"})", R"("id":"ID")");
        row("memory_list", R"({"namespace":"n"})", R"("count":1)");
        row("memory_get", R"({"id":"ID"})", R"("content":"whale")");
        row("memory_update", R"({"id":"ID","content":"seal"})", R"("content":"seal")");
        row("memory_promote", R"({"id":"ID"})", R"("tier":"long")");
        row("memory_delete", R"({"id":"ID"})", R"({"deleted":true})");
        row("memory_stats", "{}", R"("total":1)");
        row("memory_namespaces", "{}", R"("n")");
        row("memory_get_many", R"({"ids":["ID","ID"]})", R"("count":2)");
        row("memory_exists", R"({"id":"ID"})", R"({"exists":true})");
        row("memory_rename", R"({"id":"ID","title":"u"})", R"("title":"u")");
        row("memory_move", R"({"id":"ID","namespace":"m"})", R"("namespace":"m")");
        row("memory_copy", R"({"id":"ID","namespace":"m"})", R"("namespace":"m")");
        row("memory_append", R"({"id":"ID","line":"song"})", R"("content":"whale\nsong")");
        row("memory_set_tier", R"({"id":"ID","tier":"short"})", R"("tier":"short")");
        row("memory_demote", R"({"id":"ID"})", R"("tier":"short")");
        row("memory_set_priority", R"({"id":"ID","priority":9})", R"("priority":9)");
        row("memory_set_confidence", R"({"id":"ID","confidence":0.25})", R"("confidence":0.25)");
        row("memory_tag", R"({"id":"ID","tag":"big"})", R"("tags":["sea","big"])");
        row("memory_untag", R"({"id":"ID","tag":"sea"})", R"("tags":[])");
        row("memory_set_metadata", R"({"id":"ID","key":"k","value":7})", R"("metadata":{"k":7})");
        row("memory_find_tag", R"({"namespace":"n","tag":"sea"})", R"("id":"ID")");
        row("memory_find_title", R"({"namespace":"n","prefix":"t"})", R"("id":"ID")");
        row("memory_find_agent", R"({"namespace":"n","agent":"alice"})", R"("id":"ID")");
        row("memory_find_tier", R"({"namespace":"n","tier":"mid"})", R"("id":"ID")");
        row("memory_titles", R"({"namespace":"n"})", R"({"titles":["t"]})");
        row("memory_count", R"({"namespace":"n"})", R"({"count":1})");
        row("memory_changes", R"({"since":0})", R"("id":"ID")");
        row("memory_sequence", "{}", R"({"sequence":1})");
        row("memory_import", R"({"memories":[{"title":"x","content":"y"},{"title":"z","content":"y"}]})",
            R"("count":2)");
    }
    void everyMcpToolDoesWhatItSays() {
        QFETCH(QByteArray, arguments);
        QFETCH(QByteArray, answer);
        const QTemporaryDir dir;
        const QString db = dir.filePath(QStringLiteral("m.db"));
        const auto call = [&](const QByteArray &tool, const QByteArray &with) {
            const QByteArray line =
                run({QStringLiteral("--db"), db, QStringLiteral("mcp")}, nullptr,
                    R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + tool +
                        R"(","arguments":)" + with + "}}\n");
            return QJsonDocument::fromJson(line)
                .object()
                .value(QStringLiteral("result"))
                .toObject()
                .value(QStringLiteral("content"))
                .toArray()
                .at(0)
                .toObject()
                .value(QStringLiteral("text"))
                .toString()
                .toUtf8();
        };
        const QByteArray stored =
            call("memory_store",
                 R"({"title":"t","content":"whale","namespace":"n","tags":["sea"],"agent_id":"alice"})");
        const QByteArray id =
            QJsonDocument::fromJson(stored).object().value(QStringLiteral("id")).toString().toUtf8();
        QVERIFY2(!id.isEmpty(), stored.constData());
        const QByteArray found = call(QTest::currentDataTag(), arguments.replace("ID", id));
        QVERIFY2(found.contains(answer.replace("ID", id)), found.constData());
    }
    void everyMcpToolIsTested() {
        const QTemporaryDir dir;
        const QByteArray line =
            run({QStringLiteral("--db"), dir.filePath(QStringLiteral("m.db")), QStringLiteral("mcp")},
                nullptr, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n");
        const auto tools = QJsonDocument::fromJson(line)
                               .object()
                               .value(QStringLiteral("result"))
                               .toObject()
                               .value(QStringLiteral("tools"))
                               .toArray();
        QCOMPARE(tools.size(), 31); // the rows above; a new tool gets one
    }

    void pagesAreCappedAndInputIsChecked() {
        const Cluster cluster;
        const QString memories = cluster.url(0) + QStringLiteral("/api/v1/memories");
        for (int i = 0; i < 25; ++i)
            QCOMPARE(cluster.write(0, QStringLiteral("t%1").arg(i)), 201);
        QCOMPARE(cluster.write(0, QStringLiteral("t0")), 201); // updates
        QCOMPARE(http(memories + QStringLiteral("?namespace=n")).json.value(QStringLiteral("count")).toInt(),
                 20);
        QCOMPARE(http(memories + QStringLiteral("?namespace=n&limit=999"))
                     .json.value(QStringLiteral("count"))
                     .toInt(),
                 25);
        QCOMPARE(http(memories + QStringLiteral("?limit=x")).status, 400);
        for (const char *body : {"no json", "[]", "{}", "{\"title\":\"t\"}",
                                 "{\"title\":\"t\",\"content\":\"c\",\"tier\":\"huge\"}",
                                 "{\"title\":\"t\",\"content\":\"c\",\"priority\":\"high\"}"})
            QVERIFY2(http(memories, body).status == 400, body);
    }

    void quorumIsHonestAndLatePeersCatchUp() {
        Cluster cluster;
        cluster.kill(1);
        QCOMPARE(cluster.write(0, QStringLiteral("one down")), 201);
        cluster.kill(2);
        QCOMPARE(cluster.write(0, QStringLiteral("both down")), 503);
        QVERIFY(cluster.titles(0).contains(QStringLiteral("both down"))); // a 503 does not roll back
        cluster.start(1);
        cluster.start(2);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.titles(1).size(), 2, kTimeout);
        QTRY_COMPARE_WITH_TIMEOUT(cluster.titles(2).size(), 2, kTimeout);
    }

    void acknowledgedWritesSurviveTheDeathOfThePrimary() {
        for (int round = 0; round < 3; ++round) {
            Cluster cluster;
            QSet<QString> acknowledged;
            QProcess burst; // four writers at once, cut off in the middle
            const QString writer = QStringLiteral(
                "for i in $(seq 15); do t=w$1-$i; echo $t $(curl -s -m 5 -o /dev/null -w '%{http_code}' "
                "-H 'Content-Type: application/json' --data-binary "
                "'{\"title\":\"'$t'\",\"content\":\"c\",\"namespace\":\"n\"}' $0); done");
            burst.start(QStringLiteral("bash"),
                        {QStringLiteral("-c"),
                         QStringLiteral("for a in 1 2 3 4; do bash -c \"$0\" \"$1\" $a & done; wait"), writer,
                         cluster.url(0) + QStringLiteral("/api/v1/memories")});
            QByteArray out;
            QTRY_VERIFY_WITH_TIMEOUT((out += burst.readAllStandardOutput()).count('\n') >= 15 + round * 10,
                                     kTimeout);
            cluster.kill(0);
            QVERIFY(burst.state() == QProcess::NotRunning || burst.waitForFinished(kTimeout));
            out += burst.readAllStandardOutput();
            for (const QByteArray &line : out.split('\n')) {
                if (line.endsWith(" 201"))
                    acknowledged.insert(QString::fromLatin1(line.left(line.indexOf(' '))));
            }
            QVERIFY2(acknowledged.size() >= 10, out.constData());
            QTRY_VERIFY_WITH_TIMEOUT(cluster.titles(1).contains(acknowledged), kTimeout);
            QTRY_VERIFY_WITH_TIMEOUT(cluster.titles(2).contains(acknowledged), kTimeout);
            cluster.start(0);
            QVERIFY(cluster.titles(0).contains(acknowledged)); // and on its own disk
        }
    }

    void liarLoses() {
        const Cluster cluster(true);
        QCOMPARE(cluster.write(0, QStringLiteral("gone")), 201);
        QCOMPARE(cluster.titles(0).size(), 1);
        QTest::qWait(500); // nothing is to come, so there is nothing to wait for
        QCOMPARE(cluster.titles(1).size(), 0);
        QCOMPARE(cluster.titles(2).size(), 0);
    }
};

QTEST_GUILESS_MAIN(RefnodeTest)
#include "tst_refnode.moc"
