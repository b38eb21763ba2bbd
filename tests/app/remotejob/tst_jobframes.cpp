// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/remotejob/jobframes.h"

#include <QTest>

using namespace slipway;

class JobFramesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void framesSurviveEverySplit() {
        const QByteArray all = QByteArray("motd\nDJ1 abc boot\nH running\nO 0 6\na\nK\nb\nK\nL 0 1\n") +
                               '\0' + QByteArray("K\nZ finished 6 1 x y v1 exited 0\n");
        for (qsizetype cut = 0; cut <= all.size(); ++cut) {
            JobFrameParser parser("abc");
            QByteArray out;
            QByteArray log;
            QList<QByteArray> others;
            const auto take = [&](const JobFrame &frame) {
                if (frame.kind == JobFrame::Kind::Output) {
                    QCOMPARE(frame.offset, out.size());
                    out += frame.bytes;
                } else if (frame.kind == JobFrame::Kind::Log) {
                    QCOMPARE(frame.offset, log.size());
                    log += frame.bytes;
                } else {
                    others.append(frame.bytes);
                }
            };
            parser.add(all.left(cut), take);
            parser.add(all.mid(cut), take);
            QVERIFY(!parser.broken());
            QCOMPARE(out, QByteArray("a\nK\nb\n"));
            QCOMPARE(log, QByteArray(1, '\0'));
            QCOMPARE(others, (QList<QByteArray>{"running", "finished 6 1 x y v1 exited 0"}));
        }
    }

    void whatCameOfAFrameIsNotHeldBack() {
        JobFrameParser parser("n");
        QList<JobFrame> frames;
        parser.add("DJ1 n b\nO 7 10\n12345", [&](const JobFrame &frame) { frames.append(frame); });
        QVERIFY(!parser.broken());
        QCOMPARE(frames.size(), 1);
        QCOMPARE(frames.constFirst().offset, 7);
        QCOMPARE(frames.constFirst().bytes, QByteArray("12345"));
    }

    void markerBehindAPromptCounts() {
        JobFrameParser parser("n");
        int seen = 0;
        parser.add("$ DJ1 n b\nH running\n", [&](const JobFrame &) { ++seen; });
        QCOMPARE(seen, 1);
    }

    void nonsenseBreaks_data() {
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("no trailer") << QByteArray("DJ1 n b\nO 0 2\nabXXXX\n");
        QTest::newRow("frame behind a frame without trailer") << QByteArray("DJ1 n b\nO 0 2\nabH running\n");
        QTest::newRow("negative") << QByteArray("DJ1 n b\nO -1 2\nab");
        QTest::newRow("huge") << QByteArray("DJ1 n b\nO 0 99999999999\n");
        QTest::newRow("words") << QByteArray("DJ1 n b\nhello\n");
        QTest::newRow("endless line") << QByteArray("DJ1 n b\n") + QByteArray(10'000, 'x');
        QTest::newRow("noise without end") << QByteArray(100'000, 'x');
        QTest::newRow("lines of noise without end") << QByteArray("welcome\n").repeated(10'000);
    }

    void nonsenseBreaks() {
        QFETCH(QByteArray, wire);
        JobFrameParser parser("n");
        parser.add(wire, [](const JobFrame &) {});
        QVERIFY(parser.broken());
    }
};

QTEST_APPLESS_MAIN(JobFramesTest)
#include "tst_jobframes.moc"
