// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"

#include <QTest>
#include <QTimeZone>

using namespace slipway;

class CycleLineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsTheFieldsShape() {
        const auto cycle = parseCycleLine(
            R"({"cycle":3,"fault":"kill_primary_mid_write","writes":100,"ok":3,"quorum_not_met":0,"fail":97,"count_node0":"ERR","count_node1":"3","count_node2":"3"})",
            {});
        QVERIFY(cycle.ok());
        QCOMPARE(cycle->number, 3);
        QCOMPARE(cycle->ok, 3);
        QVERIFY(!cycle->rows[0]);
        QCOMPARE(cycle->rows[1], 3);
        QVERIFY(!cycle->converged);
    }

    void readsWhatItWrites() {
        Cycle cycle;
        cycle.number = 9;
        cycle.fault = QStringLiteral("f");
        cycle.writes = 5;
        cycle.ok = 0;
        cycle.rows = {std::nullopt, 4, 0};
        cycle.converged = 0;
        cycle.lost = {QStringLiteral("w-1"), QStringLiteral("w-2 \"é")};
        cycle.changed = 2;
        cycle.notOwn = 1;
        cycle.trouble = QStringLiteral("node-1 (pid 7): it ended by itself (signal 9); \"é\"");
        cycle.faultInjected = false;
        cycle.latencyUs = {1200, 0, std::nullopt};
        const auto read = parseCycleLine(cycleToLine(cycle), {});
        QVERIFY(read.ok());
        QCOMPARE(cycleToLine(*read), cycleToLine(cycle));
        QCOMPARE(read->latencyUs, cycle.latencyUs);
        QCOMPARE(read->lost, cycle.lost);
        QCOMPARE(read->changed, 2);
        QCOMPARE(read->notOwn, 1);
        QCOMPARE(read->trouble, cycle.trouble);
        QVERIFY(!read->fail); // absent stays absent, never zero
    }

    void refusesWhatIsNotACount_data() {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
             {"", "{}", "[]", "hello", R"({"cycle":0,"fault":"f"})", R"({"cycle":1})",
              R"({"cycle":1,"fault":"f","ok":-1})", R"({"cycle":1,"fault":"f","ok":1.5})",
              R"({"cycle":1,"fault":"f","ok":"many"})", R"({"cycle":1,"fault":"f","ok":1e300})",
              R"({"cycle":1,"fault":"f","ok":[1]})", R"({"cycle":1,"fault":"f","ok":"0x10"})",
              R"({"cycle":1,"fault":"f","changed":-1})", R"({"cycle":1,"fault":"f","not_own":1.5})",
              R"({"cycle":1,"fault":"f","trouble":""})", R"({"cycle":1,"fault":"f","trouble":7})"})
            QTest::newRow(line) << QByteArray(line);
    }

    void refusesWhatNamesNoLostWrites_data() {
        QTest::addColumn<QByteArray>("lost");
        QTest::addColumn<bool>("taken");
        const auto many = [](int ids) {
            return QByteArray("[\"w\"" + QByteArray(",\"w\"").repeated(ids - 1) + "]");
        };
        QTest::newRow("one") << QByteArray("[\"w\"]") << true;
        QTest::newRow("twenty") << many(20) << true;
        QTest::newRow("twenty-one") << many(21) << false;
        QTest::newRow("none") << QByteArray("[]") << false; // written down only where there is one
        QTest::newRow("a number") << QByteArray("[7]") << false;
        QTest::newRow("a text") << QByteArray("\"w\"") << false;
        QTest::newRow("null") << QByteArray("null") << false;
        QTest::newRow("as long as may be") << QByteArray("[\"" + QByteArray(200, 'w') + "\"]") << true;
        QTest::newRow("long") << QByteArray("[\"" + QByteArray(201, 'w') + "\"]") << false;
    }

    void refusesWhatNamesNoLostWrites() {
        QFETCH(QByteArray, lost);
        QFETCH(bool, taken);
        const auto cycle = parseCycleLine(R"({"cycle":1,"fault":"f","lost":)" + lost + "}", {});
        QCOMPARE(cycle.ok(), taken);
    }

    void refusesWhatIsNotACount() {
        QFETCH(QByteArray, line);
        const auto cycle = parseCycleLine(line, {QStringLiteral("file.jsonl"), 42, 0});
        QVERIFY(!cycle.ok());
        QVERIFY(cycle.error().text.contains(QStringLiteral("file.jsonl, byte 42")));
    }

    void countsAreWholeNumbersFromNothingToAThousandMillion_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("taken");
        QTest::addColumn<std::optional<qint64>>("count");
        const auto row = [](const char *value, bool taken, std::optional<qint64> count = {}) {
            QTest::newRow(value) << QByteArray(value) << taken << count;
        };
        row("0", true, 0);
        row("7", true, 7);
        row("\"7\"", true, 7);
        row("\" 7 \"", true, 7);
        row("7.0", true, 7);
        row("1000000000", true, 1'000'000'000);
        row("\"ERR\"", true);
        row("null", true);
        row("1000000001", false);
        row("3.5", false);
        row("\"3.5\"", false);
        row("-1", false);
        row("\"\"", false);
        row("\"nan\"", false);
        row("true", false);
        row("{}", false);
    }

    void countsAreWholeNumbersFromNothingToAThousandMillion() {
        QFETCH(const QByteArray, value);
        QFETCH(const bool, taken);
        QFETCH(const std::optional<qint64>, count);
        for (const auto &[key, member] :
             {std::pair{"writes", &Cycle::writes}, std::pair{"ok", &Cycle::ok},
              std::pair{"quorum_not_met", &Cycle::quorumNotMet}, std::pair{"fail", &Cycle::fail},
              std::pair{"durable", &Cycle::durable}, std::pair{"converged", &Cycle::converged},
              std::pair{"in_flight", &Cycle::inFlight}, std::pair{"settle_ms", &Cycle::settleMs}}) {
            const auto cycle =
                parseCycleLine("{\"cycle\":1,\"fault\":\"f\",\"" + QByteArray(key) + "\":" + value + "}", {});
            QCOMPARE(cycle.ok(), taken);
            if (cycle)
                QCOMPARE((*cycle).*member, count);
        }
    }

    void nodesAndLatenciesHaveTheirPlaces() {
        const auto cycle = parseCycleLine(
            R"({"cycle":1,"fault":"f","count_node0":1,"count_node1":2,"count_node2":3,"latency_p50_us":4,"latency_p95_us":5,"latency_p99_us":6})",
            {});
        QVERIFY(cycle.ok());
        using Three = std::array<std::optional<qint64>, 3>;
        QCOMPARE(cycle->rows, (Three{1, 2, 3}));
        QCOMPARE(cycle->latencyUs, (Three{4, 5, 6}));
    }

    void cyclesAreNumberedFromOne_data() {
        QTest::addColumn<bool>("taken");
        for (const char *number : {"1", "1000000000", "\"5\""})
            QTest::newRow(number) << true;
        for (const char *number : {"0", "-1", "1000000001", "1.5", "null", "\"ERR\"", "\"\""})
            QTest::newRow(number) << false;
    }

    void cyclesAreNumberedFromOne() {
        QFETCH(const bool, taken);
        QCOMPARE(parseCycleLine("{\"fault\":\"f\",\"cycle\":" + QByteArray(QTest::currentDataTag()) + "}", {})
                     .ok(),
                 taken);
    }

    void aKeyTwiceIsRefused() {
        const auto cycle =
            parseCycleLine(R"({"cycle":1,"fault":"f","ok":1,"ok":2})", {QStringLiteral("file.jsonl"), 42, 0});
        QVERIFY(!cycle.ok());
        QVERIFY2(cycle.error().text.startsWith(QStringLiteral("file.jsonl, byte 42: \"ok\" is there twice")),
                 qPrintable(cycle.error().text));
    }

    void timesAndFaultAreKept() {
        const QByteArray line =
            R"({"cycle":1,"ended_at":"2026-01-02T03:04:07.000Z","fault":"f","fault_at":"2026-01-02T03:04:06.500Z","fault_injected":true,"started_at":"2026-01-02T03:04:05.000Z"})";
        const auto cycle = parseCycleLine(line, {});
        QVERIFY(cycle.ok());
        QCOMPARE(cycle->startedAt.time(), QTime(3, 4, 5));
        QCOMPARE(cycle->faultAt.time(), QTime(3, 4, 6, 500));
        QCOMPARE(cycle->endedAt.time(), QTime(3, 4, 7));
        QCOMPARE(cycle->faultInjected, true);
        const QByteArray written = cycleToLine(*cycle);
        for (const char *part :
             {"\"started_at\":\"2026-01-02T03:04:05.000Z\"", "\"fault_at\":\"2026-01-02T03:04:06.500Z\"",
              "\"ended_at\":\"2026-01-02T03:04:07.000Z\"", "\"fault_injected\":true",
              "\"count_node0\":\"ERR\""})
            QVERIFY2(written.contains(part), written.constData());
        QVERIFY(!written.contains("lost"));
        QVERIFY(!parseCycleLine(R"({"cycle":1,"fault":"f","fault_injected":1})", {})->faultInjected);
    }

    void everyNumberIsWrittenUnderItsName() {
        Cycle cycle;
        cycle.number = 1;
        cycle.fault = QStringLiteral("f");
        cycle.writes = 2;
        cycle.ok = 3;
        cycle.quorumNotMet = 4;
        cycle.fail = 5;
        cycle.rows = {6, 7, 8};
        cycle.durable = 9;
        cycle.converged = 10;
        cycle.inFlight = 11;
        cycle.settleMs = 12;
        cycle.latencyUs = {13, 14, 15};
        QCOMPARE(
            cycleToLine(cycle),
            QByteArray("{'converged':10,'count_node0':'6','count_node1':'7','count_node2':'8','cycle':1,"
                       "'durable':9,'fail':5,'fault':'f','in_flight':11,'latency_p50_us':13,"
                       "'latency_p95_us':14,'latency_p99_us':15,'ok':3,'quorum_not_met':4,'settle_ms':12,"
                       "'writes':2}")
                .replace('\'', '"'));
    }

    void aFileNamesItsFaultClass() {
        QCOMPARE(faultOfCycleFile(QStringLiteral("cycles-f.jsonl")), QStringLiteral("f"));
        QCOMPARE(faultOfCycleFile(QStringLiteral("cycles-a.jsonl.jsonl")), QStringLiteral("a.jsonl"));
        for (const char *name :
             {"cycles-.jsonl", "cycles.jsonl", "cycles-f.json", "xcycles-f.jsonl", "cycles-f.jsonlx", ""})
            QCOMPARE(faultOfCycleFile(QString::fromLatin1(name)), QString());
    }

    void aFileIsReadLineByLine() {
        const QByteArray one = R"({"cycle":1,"fault":"f"})";
        const QByteArray two = R"({"cycle":2,"fault":"f"})";
        const QString name = QStringLiteral("cycles-f.jsonl");
        for (const QByteArray &bytes : {one + "\n" + two + "\n", one + "\n" + two, one + "\n\n  \n" + two}) {
            const CycleFile file = readCycleFile({name, bytes});
            QCOMPARE(file.fault, QStringLiteral("f"));
            QCOMPARE(file.problem, QString());
            QCOMPARE(file.source, (SourceRange{name, 0, bytes.size()}));
            QCOMPARE(file.cycles.size(), 2);
            const SourceRange &source = file.cycles.at(1).source;
            QCOMPARE(bytes.mid(source.offset, source.length), two);
            QCOMPARE(file.cycles.at(0).source, (SourceRange{name, 0, one.size()}));
        }
        // The lines after a bad one are read all the same; the first bad one is reported.
        const CycleFile bad = readCycleFile({name, "x\n" + one + "\ny\n" + two});
        QCOMPARE(bad.cycles.size(), 2);
        QVERIFY2(bad.problem.startsWith(name + QStringLiteral(", byte 0: ")), qPrintable(bad.problem));
        QCOMPARE(readCycleFile({name, {}, QStringLiteral("too large")}).problem, QStringLiteral("too large"));
        QCOMPARE(readCycleFile({name, "x\n", QStringLiteral("too large")}).problem,
                 QStringLiteral("too large"));
    }

    void theLastCycleMayBeCutOff() {
        const QDateTime time = QDateTime(QDate(2026, 1, 2), QTime(3, 4), QTimeZone::utc()).toUTC();
        Cycle whole;
        whole.number = 1;
        whole.startedAt = time;
        whole.endedAt = time;
        Cycle begun = whole;
        begun.number = 2;
        begun.endedAt = {};
        Cycle field;
        field.number = 3;
        QList<Cycle> none;
        QCOMPARE(takeCutOff(none), std::nullopt);
        QList<Cycle> cycles{whole, begun};
        QCOMPARE(takeCutOff(cycles), 2);
        QCOMPARE(cycles.size(), 1);
        QCOMPARE(takeCutOff(cycles), std::nullopt);
        QCOMPARE(cycles.size(), 1);
        QList<Cycle> followed{begun, whole};
        QCOMPARE(takeCutOff(followed), std::nullopt);
        QList<Cycle> unstated{field};
        QCOMPARE(takeCutOff(unstated), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(CycleLineTest)
#include "tst_cycleline.moc"
