// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/log/logtime.h"
#include "models/log/mergedlog.h"
#include "tests/support/textlog.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace slipway;
using sample::TextLog;

namespace {

// 2026-04-20T17:00:00Z and so many seconds.
QByteArray at(int second, const QByteArray &text) {
    return QByteArrayLiteral("2026-04-20T17:") + QByteArray::number(second / 60).rightJustified(2, '0') +
           ':' + QByteArray::number(second % 60).rightJustified(2, '0') + "Z " + text;
}

std::vector<MergedLog::Part> parts(const QList<std::shared_ptr<TextLog>> &logs) {
    std::vector<MergedLog::Part> result;
    for (const auto &log : logs)
        result.push_back({log, 0});
    return result;
}

// One instant in one of the ways that logs write it.
QByteArray written(qint64 milliseconds, QRandomGenerator &random) {
    const int offset = QList<int>{0, 120, -210, 345}.at(random.bounded(4)); // minutes
    const QDateTime time = utcOfMilliseconds(milliseconds).toOffsetFromUtc(offset * 60);
    const auto point = QLatin1Char(random.bounded(2) == 0 ? '.' : ',');
    const QString zone = QStringLiteral("%1%2%3%4")
                             .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                             .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0'))
                             .arg(random.bounded(2) == 0 ? QStringLiteral(":") : QString())
                             .arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0'));
    return (time.toString(random.bounded(2) == 0 ? QStringLiteral("yyyy-MM-dd HH:mm:ss")
                                                 : QStringLiteral("yyyy-MM-ddTHH:mm:ss")) +
            point + time.toString(QStringLiteral("zzz")) +
            (offset == 0 && random.bounded(2) == 0 ? QStringLiteral("Z") : zone))
        .toUtf8();
}

void extendAll(MergedLog &log) {
    while (log.extend()) {
    }
}

QStringList shown(const MergedLog &log) {
    QStringList result;
    for (const LogLine &line : log.lines(0, log.lineCount()))
        result << QString::number(line.stream) + QString::fromUtf8(line.text.mid(line.text.lastIndexOf(' ')));
    return result;
}

} // namespace

class MergedLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesStandByTheirTime() {
        MergedLog log(parts({std::make_shared<TextLog>(QList<QByteArray>{at(1, "a"), at(4, "b")}),
                             std::make_shared<TextLog>(QList<QByteArray>{at(2, "c"), at(3, "d"), at(9, "e")}),
                             std::make_shared<TextLog>(QList<QByteArray>{})}));
        extendAll(log);
        QCOMPARE(shown(log), (QStringList{QStringLiteral("0 a"), QStringLiteral("1 c"), QStringLiteral("1 d"),
                                          QStringLiteral("0 b"), QStringLiteral("1 e")}));
    }

    void aLineWithoutATimeStaysWithTheOneBefore() {
        MergedLog log(parts({std::make_shared<TextLog>(
                                 QList<QByteArray>{at(1, "a"), "\tin panic", "no time either", at(5, "b")}),
                             std::make_shared<TextLog>(QList<QByteArray>{at(2, "c")})}));
        extendAll(log);
        QCOMPARE(shown(log),
                 (QStringList{QStringLiteral("0 a"), QStringLiteral("0 panic"), QStringLiteral("0 either"),
                              QStringLiteral("1 c"), QStringLiteral("0 b")}));
    }

    void aTimeThatGoesBackStaysWithTheOneBefore() {
        MergedLog log(parts({std::make_shared<TextLog>(QList<QByteArray>{at(10, "a"), at(1, "b")}),
                             std::make_shared<TextLog>(QList<QByteArray>{at(5, "c"), at(11, "d")})}));
        extendAll(log);
        QCOMPARE(shown(log), (QStringList{QStringLiteral("1 c"), QStringLiteral("0 a"), QStringLiteral("0 b"),
                                          QStringLiteral("1 d")}));
    }

    void logsWithoutTimesFollowTheirBegin() {
        MergedLog log({{std::make_shared<TextLog>(QList<QByteArray>{"second"}), 2},
                       {std::make_shared<TextLog>(QList<QByteArray>{"first", "then"}), 1}});
        extendAll(log);
        QCOMPARE(log.lines(0, 1).constFirst().text, QByteArray("first"));
        QCOMPARE(log.lines(2, 1).constFirst().text, QByteArray("second"));
    }

    void anyRowOfManyIsFoundBothWays() {
        QList<std::shared_ptr<TextLog>> logs;
        for (int part = 0; part < 3; ++part) {
            QList<QByteArray> text;
            for (int i = 0; i < 1500; ++i)
                text << at(i, QByteArray::number(i));
            logs << std::make_shared<TextLog>(text);
        }
        MergedLog log(parts(logs));
        extendAll(log);
        QCOMPARE(log.lineCount(), 4500);
        for (const qint64 row : {0, 1, 2, 1023, 1024, 1025, 2047, 3000, 4499}) {
            const LogLine line = log.lines(row, 1).value(0);
            QCOMPARE(line.line, row / 3);
            QCOMPARE(line.stream, int(row % 3));
            QCOMPARE(log.rowOf(line.stream, line.line), row);
        }
        const QList<LogLine> run = log.lines(1000, 100);
        QCOMPARE(run.size(), 100);
        QCOMPARE(run.constLast().line, 1099 / 3);
        QVERIFY(log.lines(4500, 1).isEmpty());
    }

    void growthIsTakenInAndTheLastLineWaits() {
        const auto live = std::make_shared<TextLog>(QList<QByteArray>{at(1, "a"), at(3, "b")});
        MergedLog log(parts({live, std::make_shared<TextLog>(QList<QByteArray>{at(2, "c")})}));
        QVERIFY(log.extend());
        QCOMPARE(log.lineCount(), 0); // the only line of the other may be half, and may have an earlier time
        extendAll(log);
        QCOMPARE(log.lineCount(), 3);
        live->append({at(4, "d")});
        extendAll(log);
        QCOMPARE(shown(log), (QStringList{QStringLiteral("0 a"), QStringLiteral("1 c"), QStringLiteral("0 b"),
                                          QStringLiteral("0 d")}));
    }

    void whatHasEndedIsInOrderToItsLastLine() {
        MergedLog log(
            parts({std::make_shared<TextLog>(QList<QByteArray>{at(1, "a"), at(2, "b")}),
                   std::make_shared<TextLog>(QList<QByteArray>{at(3, "c"), at(4, "d"), at(9, "e")})}));
        extendAll(log);
        QCOMPARE(shown(log), (QStringList{QStringLiteral("0 a"), QStringLiteral("0 b"), QStringLiteral("1 c"),
                                          QStringLiteral("1 d"), QStringLiteral("1 e")}));
    }

    void aLogWithoutTimesHoldsNobodyUp() {
        QList<QByteArray> plain;
        for (int i = 0; i < 1100; ++i)
            plain << "no time";
        const auto live = std::make_shared<TextLog>(plain);
        MergedLog log(parts({live, std::make_shared<TextLog>(QList<QByteArray>{at(1, "a"), at(2, "b")})}));
        for (int i = 0; i < 4; ++i) { // it grows before each look
            live->append({"no time"});
            (void)log.extend();
        }
        QCOMPARE(shown(log).count(QStringLiteral("1 b")), 1);
    }

    // Against a reference that sorts the lines of all logs at once.
    void anyLogsStandInTheOrderOfInstants_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 40; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }

    void anyLogsStandInTheOrderOfInstants() {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        struct Line {
            qint64 time;
            int part;
            QByteArray text;
        };
        constexpr qint64 kBegin = 1'776'700'000'000;
        QList<Line> sorted;
        QList<QList<QByteArray>> texts;
        const int count = random.bounded(1, 6);
        for (int part = 0; part < count; ++part) {
            QList<QByteArray> text;
            qint64 time = 0;
            const int lines = random.bounded(0, 300);
            for (int i = 0; i < lines; ++i) {
                const QByteArray what = " p" + QByteArray::number(part) + 'l' + QByteArray::number(i);
                const bool isTimed = random.bounded(5) != 0;
                if (isTimed) {
                    time = (time == 0 ? kBegin : time) + random.bounded(2000);
                    text << written(time, random) + what;
                } else {
                    text << "\tat" + what;
                }
                sorted << Line{time, part, text.last()};
            }
            texts << text;
        }
        std::stable_sort(sorted.begin(), sorted.end(), [](const Line &a, const Line &b) {
            return std::pair(a.time, a.part) < std::pair(b.time, b.part);
        });
        QList<std::shared_ptr<TextLog>> logs;
        for (const auto &text : texts)
            logs << std::make_shared<TextLog>(text);
        MergedLog log(parts(logs));
        extendAll(log);
        QStringList expected;
        QStringList found;
        for (const Line &line : sorted)
            expected << QString::fromUtf8(line.text);
        for (const LogLine &line : log.lines(0, log.lineCount()))
            found << QString::fromUtf8(line.text);
        QCOMPARE(found, expected);
    }

    // Hosts write in turn, and the merge looks in between.
    void hostsThatWriteInTurnStandInTurn() {
        for (quint32 seed = 1; seed <= 20; ++seed) {
            QRandomGenerator random(seed);
            QList<std::shared_ptr<TextLog>> logs;
            for (int part = 0; part < 3; ++part)
                logs << std::make_shared<TextLog>(QList<QByteArray>{at(part, QByteArray::number(part))});
            MergedLog log(parts(logs));
            QStringList expected{QStringLiteral("0 0"), QStringLiteral("1 1"), QStringLiteral("2 2")};
            for (int second = 3; second < 60; ++second) {
                const int part = second > 40 ? 2 : random.bounded(3); // two of them end early
                logs.at(part)->append({at(second, QByteArray::number(second))});
                expected << QStringLiteral("%1 %2").arg(part).arg(second);
                if (random.bounded(3) == 0)
                    (void)log.extend();
            }
            extendAll(log);
            QCOMPARE(shown(log), expected);
        }
    }

    void aLogBegunAnewIsMergedAnew() {
        const auto live = std::make_shared<TextLog>(QList<QByteArray>{at(1, "a"), at(3, "b")});
        MergedLog log(parts({live, std::make_shared<TextLog>(QList<QByteArray>{at(2, "c")})}));
        extendAll(log);
        live->beginAnew({at(5, "z")});
        extendAll(log);
        QCOMPARE(log.generation(), 1);
        QCOMPARE(shown(log), (QStringList{QStringLiteral("1 c"), QStringLiteral("0 z")}));
    }

    void timesAreRead_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<qint64>("time");
        QTest::newRow("seconds") << QByteArray("1970-01-02T00:00:01Z x") << qint64(86'401'000'000);
        QTest::newRow("decimals") << QByteArray("1970-01-01T00:00:00.25Z x") << qint64(250'000);
        QTest::newRow("more decimals") << QByteArray("1970-01-01T00:00:00.1234567Z") << qint64(123'456);
        QTest::newRow("a blank") << QByteArray("1970-01-01 00:01:00 x") << qint64(60'000'000);
        QTest::newRow("a comma") << QByteArray("1970-01-01 00:01:00,5 x") << qint64(60'500'000);
        QTest::newRow("a comma of the text") << QByteArray("1970-01-01 00:01:00, so x") << qint64(60'000'000);
        QTest::newRow("ahead") << QByteArray("1970-01-01T03:00:00.5+02:00 x") << qint64(3'600'500'000);
        QTest::newRow("ahead, no colon") << QByteArray("1970-01-01T03:00:00+0200 x") << qint64(3'600'000'000);
        QTest::newRow("ahead, hours") << QByteArray("1970-01-01T03:00:00+02 x") << qint64(3'600'000'000);
        QTest::newRow("behind") << QByteArray("1970-01-01T00:00:00-00:30 x") << qint64(1'800'000'000);
        QTest::newRow("after a blank") << QByteArray("1970-01-01 03:00:00 +0200 x") << qint64(3'600'000'000);
        QTest::newRow("a number") << QByteArray("1970-01-01 03:00:00 -12 writes") << qint64(10'800'000'000);
        QTest::newRow("a long number")
            << QByteArray("1970-01-01 03:00:00 -12345 b") << qint64(10'800'000'000);
        QTest::newRow("a dash") << QByteArray("1970-01-01T03:00:00-x") << qint64(10'800'000'000);
        QTest::newRow("no date") << QByteArray("17:39:02.114 chaos and more text") << qint64(-1);
        QTest::newRow("13th month") << QByteArray("1970-13-01T00:00:00Z") << qint64(-1);
        QTest::newRow("25 o'clock") << QByteArray("1970-01-01T25:00:00Z") << qint64(-1);
        QTest::newRow("letters") << QByteArray("19x0-01-01T00:00:00Z") << qint64(-1);
        QTest::newRow("short") << QByteArray("1970-01-01T") << qint64(-1);
        QTest::newRow("nothing") << QByteArray() << qint64(-1);
    }

    void timesAreRead() {
        QFETCH(QByteArray, line);
        QFETCH(qint64, time);
        QCOMPARE(timeOfLine(line).value_or(-1), time);
    }

    void aTimeLeadsToItsRow() {
        QList<QByteArray> text;
        for (int i = 0; i < 200; ++i)
            text << at(2 * i, "x") << "without";
        const TextLog log(text);
        const qint64 begin = *timeOfLine(at(0, {}));
        QCOMPARE(rowAtTime(log, begin), 0);
        QCOMPARE(rowAtTime(log, begin + 100'000'000), 100);
        QCOMPARE(log.lines(rowAtTime(log, begin + 99'000'000), 1).constFirst().text, at(100, "x"));
        QCOMPARE(rowAtTime(log, begin + 999'000'000), 399);
        QCOMPARE(timeOfText(QStringLiteral("17:01:40"), begin).value_or(0), begin + 100'000'000);
        QVERIFY(!timeOfText(QStringLiteral("soon"), begin));
    }
};

QTEST_GUILESS_MAIN(MergedLogTest)
#include "tst_mergedlog.moc"
