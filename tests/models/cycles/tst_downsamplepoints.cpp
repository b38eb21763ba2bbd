// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/downsamplepoints.h"

#include <QTest>

#include <algorithm>

using namespace slipway;

namespace {

QList<QPointF> flat(int count) {
    QList<QPointF> points;
    points.reserve(count);
    for (int i = 1; i <= count; ++i)
        points << QPointF(i, 1);
    return points;
}

} // namespace

class DownsamplePointsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fewPointsStayAsTheyAre() {
        const auto points = flat(50);
        QCOMPARE(downsample(points, 0, 51, 100), points);
        QCOMPARE(downsample({}, 0, 1, 100), QList<QPointF>());
        QCOMPARE(downsample(points, 0, 51, 0), points);
    }

    void onlyWhatIsInRange() {
        const QList<QPointF> seen = downsample(flat(50), 10, 12, 100);
        QCOMPARE(seen, (QList<QPointF>{{10, 1}, {11, 1}, {12, 1}}));
        QVERIFY(downsample(flat(50), 60, 70, 100).isEmpty());
    }

    void aMillionPointsKeepTheOneThatFell_data() {
        QTest::addColumn<int>("at");
        for (const int at : {0, 1, 333'333, 499'999, 999'999})
            QTest::addRow("%d", at) << at;
    }

    void aMillionPointsKeepTheOneThatFell() {
        QFETCH(int, at);
        QList<QPointF> points = flat(1'000'000);
        points[at].setY(0.2);
        const auto shown = downsample(points, 0.5, 1'000'000.5, 800);
        QVERIFY(shown.size() <= 1600);
        QVERIFY(shown.contains(points.at(at)));
    }

    void orderHoldsAndNothingIsInvented() {
        QList<QPointF> points;
        for (int i = 0; i < 10'000; ++i)
            points << QPointF(i, (i * 7919) % 1000 / 1000.0);
        const auto shown = downsample(points, 0, 10'000, 37);
        QVERIFY(std::is_sorted(shown.begin(), shown.end(),
                               [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
        for (const QPointF &point : shown)
            QCOMPARE(points.at(static_cast<int>(point.x())), point);
        QVERIFY(shown.size() > 37);
    }
};

QTEST_APPLESS_MAIN(DownsamplePointsTest)
#include "tst_downsamplepoints.moc"
