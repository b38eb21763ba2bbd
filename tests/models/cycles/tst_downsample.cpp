// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/downsample.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace slipway;

namespace {

const QString kFault = QStringLiteral("kill");

Cycle cycle(int number, std::optional<qint64> converged, qint64 ok = 1000) {
    Cycle made;
    made.number = number;
    made.fault = kFault;
    made.ok = ok;
    made.converged = converged;
    return made;
}

// Numbers with gaps; one in `rare` lost something, one in `rare` was not measured.
QList<Cycle> random(QRandomGenerator &dice, int count, int rare) {
    QList<Cycle> cycles;
    int number = 0;
    for (int i = 0; i < count; ++i) {
        number += dice.bounded(8) == 0 ? dice.bounded(1, 40) : 1;
        const int fate = dice.bounded(2 * rare);
        cycles << cycle(number, fate == 0   ? std::nullopt
                                : fate == 1 ? std::optional<qint64>(dice.bounded(1000))
                                            : std::optional<qint64>(1000));
    }
    return cycles;
}

CycleData dataOf(const QList<Cycle> &cycles) {
    CycleData data;
    data.append(cycles);
    return data;
}

} // namespace

class DownsampleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theExtentOfAnyStretchIsThatOfItsValues() {
        QRandomGenerator dice(1);
        Column column;
        std::vector<qint32> values;
        for (int i = 0; i < 40'000; ++i) {
            values.push_back(dice.bounded(50) == 0 ? Column::kMissing : dice.bounded(1'000'000));
            column.append(values.back());
        }
        for (int round = 0; round < 2000; ++round) {
            const int to = round == 0 ? 40'000 : dice.bounded(40'001);
            const int from = round == 0 ? 0 : dice.bounded(to + 1);
            Extent expected;
            std::for_each(values.begin() + from, values.begin() + to,
                          [&](qint32 value) { expected.take(value); });
            QCOMPARE(column.extent(from, to), expected);
        }
    }

    // Of every view, whatever its place, width and number of columns: the columns divide the cycles in view
    // among them, in order, and each has the least, the greatest and the missing of its own.
    void everyColumnKeepsItsMinAndMax() {
        QRandomGenerator dice(2);
        for (int round = 0; round < 200; ++round) {
            const QList<Cycle> cycles = random(dice, dice.bounded(1, 5000), dice.bounded(1, 200));
            const CycleData data = dataOf(cycles);
            const CycleSeries &series = data.classes().front();
            const double from = dice.bounded(data.last() + 1) - 0.5;
            const double to = from + dice.bounded(1, data.last() + 2);
            const int columns = dice.bounded(1, 300);
            const auto seen = downsample(series, Measure::ConvergedShare, from, to, columns);
            QVERIFY(static_cast<int>(seen.size()) <= columns);
            qsizetype at = series.indexFrom(from);
            for (const PixelColumn &column : seen) {
                QCOMPARE(column.first, series.number(at));
                Extent expected;
                for (; at < series.size() && series.number(at) <= column.last; ++at)
                    expected.take(series.column(Measure::ConvergedShare).at(at));
                QCOMPARE(column.extent, expected);
                QVERIFY(column.last - column.first <= (to - from) / columns + 1);
            }
            QCOMPARE(at, series.indexFrom(to));
        }
    }

    void ofAMillionCyclesThoseThatFailedAreSeen() {
        const QList<int> failing{1, 333'333, 500'000, 777'777, 1'000'000};
        CycleData data;
        for (int from = 1; from <= 1'000'000; from += 10'000) {
            QList<Cycle> cycles;
            for (int i = from; i < from + 10'000; ++i) // by one write in 10⁹
                cycles << cycle(i, failing.contains(i) ? 999'999'999 : 1'000'000'000, 1'000'000'000);
            data.append(cycles);
        }
        const auto seen = downsample(data.classes().front(), Measure::ConvergedShare, 0.5, 1'000'000.5, 800);
        QCOMPARE(seen.size(), 800U);
        QList<int> lost;
        for (const PixelColumn &column : seen) {
            if (column.extent.low < kWhole)
                lost << *std::find_if(failing.begin(), failing.end(), [&](int number) {
                    return number >= column.first && number <= column.last;
                });
        }
        QCOMPARE(lost, failing);
    }

    void cyclesInDisorderComeIntoOrder() {
        QRandomGenerator dice(3);
        QList<Cycle> cycles = random(dice, 3000, 10);
        const CycleData sorted = dataOf(cycles);
        std::shuffle(cycles.begin(), cycles.end(), dice);
        CycleData data;
        data.append(cycles.mid(0, 1700));
        data.append(cycles.mid(1700));
        for (const int columns : {1, 7, 100, 5000}) {
            const auto a = downsample(data.classes().front(), Measure::ConvergedShare, 0, 1e9, columns);
            const auto b = downsample(sorted.classes().front(), Measure::ConvergedShare, 0, 1e9, columns);
            QVERIFY(std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto &x, const auto &y) {
                return x.first == y.first && x.last == y.last && x.extent == y.extent;
            }));
        }
    }

    void nothingIsNothing() {
        const CycleData data = dataOf({cycle(5, 1000)});
        const CycleSeries &series = data.classes().front();
        QVERIFY(downsample(series, Measure::ConvergedShare, 6, 9, 10).empty());
        QVERIFY(downsample(series, Measure::ConvergedShare, 0, 9, 0).empty());
        QVERIFY(downsample(series, Measure::ConvergedShare, 9, 0, 10).empty());
        const auto latency = downsample(series, Measure::LatencyP50, 0, 9, 10);
        QCOMPARE(latency.size(), 1U);
        QVERIFY(!latency.front().extent.hasValue() && latency.front().extent.missing);
    }
};

QTEST_APPLESS_MAIN(DownsampleTest)
#include "tst_downsample.moc"
