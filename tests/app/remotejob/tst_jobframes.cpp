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
            QList<JobFrame> frames;
            const auto take = [&](const JobFrame &frame) { frames.append(frame); };
            parser.add(all.left(cut), take);
            parser.add(all.mid(cut), take);
            QVERIFY(!parser.broken());
            QCOMPARE(frames.size(), 4);
            QCOMPARE(frames.at(1).bytes, QByteArray("a\nK\nb\n"));
            QCOMPARE(frames.at(2).bytes, QByteArray(1, '\0'));
            QCOMPARE(frames.at(2).kind, JobFrame::Kind::Log);
        }
    }

    void incompleteFramesAreNotDelivered() {
        JobFrameParser parser("n");
        int seen = 0;
        parser.add("DJ1 n b\nO 0 10\n12345", [&](const JobFrame &) { ++seen; });
        QCOMPARE(seen, 0);
        QVERIFY(!parser.broken());
    }

    void nonsenseBreaks_data() {
        QTest::addColumn<QByteArray>("wire");
        QTest::newRow("no trailer") << QByteArray("DJ1 n b\nO 0 2\nabXXXX");
        QTest::newRow("negative") << QByteArray("DJ1 n b\nO -1 2\nab");
        QTest::newRow("huge") << QByteArray("DJ1 n b\nO 0 99999999999\n");
        QTest::newRow("words") << QByteArray("DJ1 n b\nhello\n");
        QTest::newRow("endless line") << QByteArray("DJ1 n b\n") + QByteArray(10'000, 'x');
        QTest::newRow("noise without end") << QByteArray(100'000, 'x');
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
