// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/observation.h"

#include "models/observation/zstream.h"

#include <QTest>

using namespace slipway;

namespace {

const QByteArray kTime = R"("t":"2026-01-02T03:04:05.000001Z")";

Observation observed(const QByteArray &fields) {
    const auto observation =
        parseObservation("{" + kTime + R"(,"obs":"x",)" + fields + "}", {QStringLiteral("s"), 0, 0});
    if (!observation)
        qFatal("%s", qPrintable(observation.error().text));
    return *observation;
}

} // namespace

class ObservationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWholeNumbersAreIntegers_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<std::optional<qint64>>("integer");
        const auto row = [](const char *value, std::optional<qint64> integer) {
            QTest::newRow(value) << QByteArray(value) << integer;
        };
        row("3", 3);
        row("-3", -3);
        row("0", 0);
        row("3.0", 3);
        row("9007199254740991", 9007199254740991);
        row("9007199254740992", std::nullopt); // 2^53, which 2^53 + 1 reads as
        row("3.5", std::nullopt);
        row("-0.5", std::nullopt);
        row("9007199254740994", std::nullopt);
        row("-9007199254740994", std::nullopt);
        row("1e300", std::nullopt);
        row("\"3\"", std::nullopt);
        row("true", std::nullopt);
        row("null", std::nullopt);
        row("[3]", std::nullopt);
    }

    void onlyWholeNumbersAreIntegers() {
        QFETCH(const QByteArray, value);
        QFETCH(const std::optional<qint64>, integer);
        QCOMPARE(observed("\"n\":" + value).integer("n"), integer);
        QCOMPARE(observed("\"n\":" + value).integer("other"), std::nullopt);
    }

    void fieldsOfAnotherTypeSayNothing() {
        const Observation observation = observed(R"("text":"a","flag":true,"off":false,"number":7,"one":1)");
        QCOMPARE(observation.kind, QStringLiteral("x"));
        QCOMPARE(observation.text("text"), QStringLiteral("a"));
        QCOMPARE(observation.text("number"), QString());
        QVERIFY(observation.flag("flag"));
        QVERIFY(!observation.flag("off"));
        QVERIFY(!observation.flag("one"));
        QVERIFY(!observation.flag("text"));
        QVERIFY(!observation.flag("missing"));
    }

    void linesThatAreNotObservationsAreRefused_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("why");
        QTest::newRow("not JSON") << QByteArray("hello")
                                  << QStringLiteral("a line of observations is not a JSON object: hello");
        QTest::newRow("an array") << QByteArray("[1]") << QStringLiteral("is not a JSON object: [1]");
        QTest::newRow("half an object") << QByteArray("{\"obs\":") << QStringLiteral("is not a JSON object");
        QTest::newRow("something behind it")
            << QByteArray("{" + kTime + ",\"obs\":\"x\"} y") << QStringLiteral("is not a JSON object");
        QTest::newRow("without a kind")
            << QByteArray("{" + kTime + "}") << QStringLiteral("does not say what it is (\"obs\")");
        QTest::newRow("an empty kind") << QByteArray("{" + kTime + ",\"obs\":\"\"}")
                                       << QStringLiteral("does not say what it is (\"obs\")");
        QTest::newRow("without a time")
            << QByteArray(R"({"obs":"x"})") << QStringLiteral("an observation has no time (\"t\")");
        QTest::newRow("a time that is none")
            << QByteArray(R"({"obs":"x","t":"yesterday"})") << QStringLiteral("has no time (\"t\")");
    }

    void linesThatAreNotObservationsAreRefused() {
        QFETCH(const QByteArray, line);
        QFETCH(const QString, why);
        const auto observation = parseObservation(line, {QStringLiteral("s.jsonl"), 42, line.size()});
        QVERIFY(!observation.ok());
        QVERIFY2(observation.error().text.startsWith(QStringLiteral("s.jsonl, byte 42: ")) &&
                     observation.error().text.contains(why),
                 qPrintable(observation.error().text));
    }

    void refusalShowsTheBeginningOfALongLine() {
        const auto observation = parseObservation(QByteArray(500, 'z'), {QStringLiteral("s"), 0, 500});
        QVERIFY(observation.error().text.endsWith(QStringLiteral(": ") + QString(80, QLatin1Char('z'))));
    }

    void observationsKnowTheirTimeAndTheirBytes() {
        const QByteArray first = "{" + kTime + R"(,"obs":"begin"})";
        const QByteArray second = R"({"t":"2026-01-02T03:04:06.5Z","obs":"end"})";
        const QByteArray stream = first + "\nnoise\n\n" + second + "\n";
        QList<Observation> plain;
        const EvidenceFile file{QStringLiteral("s.obs.jsonl"), stream};
        const int strange =
            forEachObservation(file, [&](const Observation &observation) { plain.append(observation); });
        QCOMPARE(plain.size(), 2);
        QCOMPARE(plain.at(0).kind, QStringLiteral("begin"));
        QCOMPARE(plain.at(0).source, (SourceRange{QStringLiteral("s.obs.jsonl"), 0, first.size()}));
        QCOMPARE(plain.at(1).kind, QStringLiteral("end"));
        QCOMPARE(stream.mid(plain.at(1).source.offset, plain.at(1).source.length), second);
        QCOMPARE(plain.at(1).time.toUTC().toString(Qt::ISODateWithMs),
                 QStringLiteral("2026-01-02T03:04:06.500Z"));

        // A place in a compressed stream is one in its plain bytes.
        QList<SourceRange> packed;
        QCOMPARE(
            forEachObservation({QStringLiteral("s.obs.jsonl.zst"), zstdCompress(stream)},
                               [&](const Observation &observation) { packed.append(observation.source); }),
            strange);
        QCOMPARE(packed, (QList<SourceRange>{plain.at(0).source, plain.at(1).source}));
    }

    void linesThatSayNothingAreCounted() {
        const auto strange = [](const EvidenceFile &file) {
            return forEachObservation(file, [](const Observation &) {});
        };
        const QByteArray good = "{" + kTime + ",\"obs\":\"x\"}\n";
        QCOMPARE(strange({QStringLiteral("s"), {}}), 0);
        QCOMPARE(strange({QStringLiteral("s"), good + good}), 0);
        QCOMPARE(strange({QStringLiteral("s"), good + "x\n" + good + "[]\n"}), 2);
        // A stream that cannot be unpacked counts as one more.
        QCOMPARE(strange({QStringLiteral("s.zst"), "not compressed at all"}), 1);
    }

    void answersAreDecodedWholeOrNotAtAll() {
        QCOMPARE(outputBytes(observed(R"("base64":"aGVsbG8=")")), QByteArray("hello"));
        QCOMPARE(outputBytes(observed(R"("base64":"aGVs*bG8=")")), QByteArray());
        QCOMPARE(outputBytes(observed(R"("other":1)")), QByteArray());
        QCOMPARE(outputBytes(observed(R"("bytes":5,"base64":"aGVsbG8=")")), QByteArray("hello"));
        QCOMPARE(outputBytes(observed(R"("bytes":4,"base64":"aGVsbG8=")")), QByteArray());
        QVERIFY(answeredObject(observed(R"("exit":0,"base64":"e30=")")));
        QVERIFY(!answeredObject(observed(R"("exit":1,"base64":"e30=")")));
        QVERIFY(!answeredObject(observed(R"("base64":"e30=")")));
    }

    void anAnswerIsFoundBehindLinesOfALog_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("total"); // -1: there is no answer
        QTest::newRow("alone") << QByteArray(R"({"total":3})") << 3;
        QTest::newRow("behind a line") << QByteArray("INFO starting\n{\"total\":3}\n") << 3;
        QTest::newRow("behind several, over lines")
            << QByteArray("INFO starting\nWARN slow\n{\n  \"total\": 3\n}\n") << 3;
        QTest::newRow("behind a line that looks like one")
            << QByteArray("INFO\n{not json}\n{\"total\":3}\n") << 3;
        QTest::newRow("behind two that look like one") << QByteArray("INFO\n{a}\n{b}\n{\"total\":3}\n") << 3;
        QTest::newRow("behind an empty line and one that looks like one")
            << QByteArray("\n{a}\n{\"total\":3}") << 3;
        QTest::newRow("in the middle of a line") << QByteArray("INFO {\"total\":3}") << -1;
        QTest::newRow("before a log") << QByteArray("{\"total\":3}\nINFO stopping\n") << -1;
        QTest::newRow("an array") << QByteArray("[3]") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
    }

    void anAnswerIsFoundBehindLinesOfALog() {
        QFETCH(const QByteArray, answer);
        QFETCH(const int, total);
        const auto object = answerObject(answer);
        QCOMPARE(object ? object->value(QStringLiteral("total")).toInt() : -1, total);
    }
};

QTEST_APPLESS_MAIN(ObservationTest)
#include "tst_observation.moc"
