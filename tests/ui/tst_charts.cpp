// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/cyclestrip.h"
#include "ui/charts/faultchart.h"
#include "ui/charts/measurechart.h"
#include "ui/charts/settlechart.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QChart>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineSeries>
#include <QMimeData>
#include <QScatterSeries>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace slipway;

namespace {

const QString kKill = QStringLiteral("kill_primary_mid_write");

// All texts of an SVG; nothing when it is not well-formed.
QStringList textsOf(const QByteArray &svg) {
    QXmlStreamReader reader(svg);
    QStringList texts;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("text"))
            texts << reader.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    }
    return reader.hasError() ? QStringList() : texts;
}

QString svgText(PlotView &chart) {
    return textsOf(svgOf(chart.picture())).join(QLatin1Char('\n'));
}

qsizetype pointsOf(PlotView &chart) {
    qsizetype points = 0;
    for (const QAbstractSeries *series : chart.chart()->series()) {
        if (const auto *xy = qobject_cast<const QXYSeries *>(series))
            points += xy->count();
    }
    return points;
}

int pixelsOf(const QImage &image, const QColor &colour) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            found += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return found;
}

CycleTrace trace() {
    CycleTrace made;
    made.fault = kKill;
    made.number = 7;
    made.writes = {{QStringLiteral("ai:agent-alice"), QStringLiteral("201"), 0, 4000},
                   {QStringLiteral("ai:agent-bob"), QStringLiteral("000"), 1000, 9000}};
    made.faultUs = 6000;
    made.effective = true;
    return made;
}

} // namespace

class ChartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_data.clear();
        m_data.setPlan({kKill}, 10);
        m_data.append(sample::redCampaign(QStringLiteral("red")).cycles);
    }

    void aClickSelectsTheCycleUnderIt() {
        CycleChart chart(m_data);
        show(chart);
        QSignalSpy clicked(&chart, &CycleChart::cycleClicked);
        for (const int cycle : {1, 4, 10}) {
            QTest::mouseClick(chart.viewport(), Qt::LeftButton, {}, at(chart, cycle));
            QCOMPARE(clicked.takeFirst().constFirst().toInt(), cycle);
        }
    }

    void aDragPansAndSelectsNothing() {
        CycleChart chart(m_data);
        show(chart);
        chart.zoom(0.8, 5);
        const double from = chart.viewFrom();
        QSignalSpy clicked(&chart, &CycleChart::cycleClicked);
        QTest::mousePress(chart.viewport(), Qt::LeftButton, {}, QPoint(300, 80));
        QTest::mouseMove(chart.viewport(), QPoint(360, 80));
        QTest::mouseRelease(chart.viewport(), Qt::LeftButton, {}, QPoint(360, 80));
        QVERIFY(chart.viewFrom() < from);
        QVERIFY(clicked.isEmpty());
    }

    void keysPanZoomAndMoveTheCursor() {
        CycleChart chart(m_data);
        show(chart);
        connect(&chart, &CycleChart::cycleClicked, &chart, &CycleChart::setSelected);
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(chart.selected(), 2);
        QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(chart.isZoomed());
        QVERIFY(svgText(chart).contains(QStringLiteral("zoomed")));
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(chart.viewTo(), 10.5);
        const double to = chart.viewTo();
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(chart.viewTo() < to);
        QTest::keyClick(&chart, Qt::Key_Minus);
        QTest::keyClick(&chart, Qt::Key_0);
        QVERIFY(!chart.isZoomed());
        QCOMPARE(chart.viewFrom(), 0.5);
    }

    void theWheelZoomsAroundThePointer() {
        m_data.clear();
        m_data.setPlan({kKill}, 1000);
        CycleChart chart(m_data);
        show(chart);
        const QPoint pointer = at(chart, 700);
        QWheelEvent turn(pointer, chart.viewport()->mapToGlobal(pointer), {}, {0, 120}, {}, {}, {}, false);
        QCoreApplication::sendEvent(chart.viewport(), &turn);
        QVERIFY(chart.isZoomed());
        QVERIFY((at(chart, 700) - pointer).manhattanLength() <= 1);
    }

    void aCycleThatIsSelectedComesIntoView() {
        m_data.clear();
        m_data.setPlan({kKill}, 1000);
        CycleChart chart(m_data);
        show(chart);
        chart.zoom(0.01, 500);
        chart.setSelected(3);
        QVERIFY(chart.viewFrom() <= 3 && chart.viewTo() >= 3);
    }

    void whatIsLostIsHollowAndWhatIsUnmeasuredHasNoPoint() {
        CycleChart chart(m_data);
        show(chart);
        QList<double> lost;
        qsizetype kept = 0;
        for (const QAbstractSeries *series : chart.chart()->series()) {
            const auto *points = qobject_cast<const QScatterSeries *>(series);
            for (const QPointF &point : points ? points->points() : QList<QPointF>()) {
                if (point.y() < 1)
                    lost << point.x();
                else
                    ++kept;
                QVERIFY(point.x() != 9); // not measured
            }
        }
        QCOMPARE(lost, (QList<double>{4, 7}));
        QCOMPARE(kept, 7);
        QVERIFY(pixelsOf(picture(chart), theme().muted) > pixelsOf(picture(green()), theme().muted));
    }

    void thresholdBoundAndZoomedYAreSaid() {
        CycleData data;
        Cycle untested = sample::cycle(3, 25, 25);
        untested.faultInjected = false; // it proves nothing
        data.append({sample::cycle(1, 25, 25), sample::cycle(2, 25, 25), untested});
        CycleChart chart(data);
        show(chart);
        const QString text = svgText(chart);
        QVERIFY(text.contains(QStringLiteral("threshold 0.995")));
        QVERIFY(text.contains(QStringLiteral("95 % bound 0.196 at every look, of 2 cycles")));
        QVERIFY(text.contains(QStringLiteral("y zoomed: from 0.9")));
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("75 of 75")));
    }

    void aLimitOfTheInstrumentIsDrawn() {
        CycleChart chart(m_data);
        show(chart);
        chart.setSaturations({{kKill, 20, 10}});
        QVERIFY(svgText(chart).contains(QStringLiteral("saturated at 20 in each of 10 cycles")));
    }

    void liveCyclesAreDrawnOnceAFrame() {
        m_data.clear();
        CycleChart chart(m_data);
        show(chart);
        for (int number = 1; number <= 500; ++number) {
            m_data.append({sample::cycle(number, 25, 25)});
            chart.grew();
            QVERIFY(pointsOf(chart) <= 2); // the threshold: nothing is drawn while they arrive
        }
        QTRY_VERIFY(pointsOf(chart) > 100);
        QVERIFY(chart.accessibleDescription().contains(QStringLiteral("in 500 cycles")));
    }

    void aHundredThousandCyclesAreAtMostTwoPointsAPixel() {
        m_data.clear();
        for (int from = 1; from <= 100'000; from += 10'000) {
            QList<Cycle> cycles;
            for (int i = from; i < from + 10'000; ++i)
                cycles << sample::cycle(i, 25, i % 3 == 0 ? 20 + i % 5 : 25);
            m_data.append(cycles);
        }
        CycleChart chart(m_data);
        show(chart);
        for (const QAbstractSeries *series : chart.chart()->series()) {
            if (const auto *xy = qobject_cast<const QXYSeries *>(series))
                QVERIFY(xy->count() <= 2 * chart.width());
        }
        MeasureChart outcomes(MeasureChart::Kind::Outcomes, m_data);
        show(outcomes);
        QVERIFY(pointsOf(outcomes) <= 3 * 2 * outcomes.width());
    }

    void aPictureIsAValidPngAndSvgWithItsNumbers() {
        const QTemporaryDir dir;
        CycleChart chart(m_data);
        show(chart);
        const QString png = dir.filePath(QStringLiteral("chart.png"));
        const QString svg = dir.filePath(QStringLiteral("chart.svg"));
        QVERIFY(savePicture(chart.picture(), png));
        QVERIFY(savePicture(chart.picture(), svg));
        const QImage image(png);
        QCOMPARE(image.size(), chart.size() * 2);
        QVERIFY(pixelsOf(image, theme().proven) > 50 && pixelsOf(image, theme().fail) > 10);
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(QSvgRenderer(bytes).isValid());
        QVERIFY(textsOf(bytes).join(QLatin1Char('|')).contains(QStringLiteral("threshold 0.995")));
        const auto refused = savePicture(chart.picture(), dir.filePath(QStringLiteral("no/such/folder.png")));
        QVERIFY(!refused && refused.error().text.contains(QStringLiteral("no/such/folder.png")));
    }

    void copyingGivesPictureAndWords() {
        CycleChart chart(m_data);
        show(chart);
        QTest::keySequence(&chart, QKeySequence::Copy);
        const QMimeData *data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->hasImage());
        QVERIFY(data->text().contains(QStringLiteral("of 225 acknowledged writes converged")));
    }

    void whatIsNotMeasuredIsHatchedAndSaid() {
        MeasureChart latency(MeasureChart::Kind::Latency, m_data);
        FaultChart fault;
        SettleChart settling;
        for (PlotView *chart : {static_cast<PlotView *>(&latency), static_cast<PlotView *>(&fault),
                                static_cast<PlotView *>(&settling)})
            show(*chart);
        QVERIFY(svgText(latency).contains(QStringLiteral("not measured")));
        QVERIFY(svgText(settling).contains(QStringLiteral("not measured")));
        fault.setTrace({kKill, 3, {}, {}, {}, {}});
        QVERIFY(svgText(fault).contains(QStringLiteral("writes of cycle 3 were not measured")));
        QCOMPARE(pointsOf(latency), 0);
    }

    void latencyIsShownWhereItIsAndHatchedWhereNot() {
        m_data.clear();
        Cycle timed = sample::cycle(1, 25, 25);
        timed.latencyUs = {2000, 5000, 9000};
        m_data.append({timed, sample::cycle(2, 25, 25)});
        MeasureChart latency(MeasureChart::Kind::Latency, m_data);
        show(latency);
        QCOMPARE(pointsOf(latency), 3);
        QVERIFY(latency.accessibleDescription().contains(QStringLiteral("p99 ms from 9 to 9")));
    }

    void theFaultStandsUnderTheWritesItStruck() {
        FaultChart chart;
        show(chart);
        chart.setTrace(trace());
        const QString text = svgText(chart);
        QVERIFY(text.contains(QStringLiteral("struck at 6.0 ms with 1 writes in flight")));
        QVERIFY(text.contains(QStringLiteral("alice")) && text.contains(QStringLiteral("bob")));
        QVERIFY(pixelsOf(picture(chart), theme().invalid) > 100);
        CycleTrace missed = trace();
        missed.faultUs = 9500;
        chart.setTrace(missed);
        QVERIFY(svgText(chart).contains(QStringLiteral("Fault not exercised")));
        missed.faultUs.reset();
        chart.setTrace(missed);
        QVERIFY(svgText(chart).contains(QStringLiteral("never struck")));
    }

    void settlingIsAStepForEachPeer() {
        SettleChart chart;
        show(chart);
        Settling settling;
        settling.nodes = {{QStringLiteral("node-b"), {{10, 150}, {230, 200}}},
                          {QStringLiteral("node-c"), {{20, 200}}}};
        settling.acked = 200;
        settling.settledMs = 240;
        settling.complete = true;
        chart.setSettling(settling);
        QVERIFY(svgText(chart).contains(
            QStringLiteral("every peer held all 200 acknowledged writes after 240 ms")));
        QVERIFY(svgText(chart).contains(QStringLiteral("node-b: 200 of 200")));
        QCOMPARE(pointsOf(chart), 4); // three for node-b, one for node-c
    }

    void thePanelAsksForWhatItShowsAndOnlyThen() {
        ChartPanel panel(m_data);
        panel.resize(800, 300);
        panel.show();
        QSignalSpy traces(&panel, &ChartPanel::traceRequested);
        QSignalSpy settlings(&panel, &ChartPanel::settlingRequested);
        panel.setSelected(4);
        QVERIFY(traces.isEmpty() && settlings.isEmpty());
        choose(panel, QStringLiteral("Fault window"));
        QCOMPARE(traces.takeFirst(), (QVariantList{kKill, 4}));
        panel.setSelected(7);
        QCOMPARE(traces.takeFirst(), (QVariantList{kKill, 7}));
        panel.setTrace(trace());
        choose(panel, QStringLiteral("Phase 2"));
        choose(panel, QStringLiteral("Convergence"));
        choose(panel, QStringLiteral("Phase 2"));
        QCOMPARE(settlings.size(), 1);
    }

    void theWorstOfACellIsSeenInTheStrip() {
        m_data.clear();
        QList<Cycle> cycles;
        for (int i = 1; i <= 20'000; ++i)
            cycles << sample::cycle(i, 25, i == 12'345 ? 3 : 25);
        m_data.append(cycles);
        CycleStrip strip(m_data);
        strip.grew();
        strip.resize(800, strip.sizeHint().height());
        const QImage image = strip.grab().toImage();
        QVERIFY(pixelsOf(image, theme().fail) > 0);
        QString seen;
        for (int x = 176; x < 800 - 104 && !seen.contains(QStringLiteral("12345")); ++x)
            seen = strip.hoverText(QPointF(x, 8));
        QVERIFY(seen.contains(QStringLiteral("the worst of cycles")));
        QVERIFY(seen.contains(QStringLiteral("3 of 25 converged")));
    }

    void theStripSaysHatchesAndMoves() {
        CycleStrip strip(m_data);
        strip.grew();
        strip.resize(800, strip.sizeHint().height());
        strip.show();
        QVERIFY(strip.accessibleDescription().contains(QStringLiteral("not all measured")));
        QSignalSpy clicked(&strip, &CycleStrip::cycleClicked);
        strip.setSelected(9);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(clicked.takeFirst().constFirst().toInt(), 10);
        QCOMPARE(clicked.takeFirst().constFirst().toInt(), 1);
        const QString hover = strip.hoverText(QPointF(176 + 520 * 0.85, 8));
        QVERIFY2(hover.contains(QStringLiteral("cycle 9")), qPrintable(hover));
        QVERIFY(hover.contains(QStringLiteral("not measured")));
    }

    void countsWithoutIdentityAreNeitherKeptNorLost() {
        Cycle counted = sample::cycle(1, 100, std::nullopt);
        counted.rows = {100, 20, 20};
        m_data.clear();
        m_data.append({counted});
        CycleChart chart(m_data);
        show(chart);
        CycleStrip strip(m_data);
        strip.grew();
        strip.resize(800, strip.sizeHint().height());
        QVERIFY(strip.hoverText(QPointF(300, 8)).contains(QStringLiteral("20 of 100 rows by count")));
        QCOMPARE(pixelsOf(strip.grab().toImage(), theme().proven), 0);
        QCOMPARE(pointsOf(chart), 1 + 2); // it, and the threshold
    }

private:
    static void show(PlotView &chart) {
        chart.resize(800, 260);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        chart.redrawNow();
    }
    static QPoint at(const PlotView &chart, double x) {
        const QRectF plot = chart.chart()->plotArea();
        return QPoint(static_cast<int>(plot.left() + (x - chart.viewFrom()) /
                                                         (chart.viewTo() - chart.viewFrom()) * plot.width()),
                      80);
    }
    static QImage picture(PlotView &chart) { return QImage::fromData(pngOf(chart.picture(), 1)); }
    static void choose(ChartPanel &panel, const QString &title) {
        for (QAbstractButton *button : panel.findChildren<QAbstractButton *>()) {
            if (button->text() == title)
                button->click();
        }
    }
    CycleChart &green() {
        m_greenData.clear();
        m_greenData.setPlan({kKill}, 10);
        m_greenData.append({sample::cycle(1, 25, 20)}); // the same axes, and nothing unmeasured
        for (int i = 2; i <= 10; ++i)
            m_greenData.append({sample::cycle(i, 25, 25)});
        m_green = std::make_unique<CycleChart>(m_greenData);
        show(*m_green);
        return *m_green;
    }

    CycleData m_data;
    CycleData m_greenData;
    std::unique_ptr<CycleChart> m_green;
};

QTEST_MAIN(ChartsTest)
#include "tst_charts.moc"
