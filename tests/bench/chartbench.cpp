// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-charts [CYCLES]: the worst of the frames of a pan and a zoom over two fault classes of so
// many cycles each, from the event of the hand to the painted picture. Prints "chart-million MS"; one line
// for each part of the script on stderr.
#include "ui/charts/cyclechart.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

using namespace slipway;

namespace {

void fill(CycleData &data, int count) {
    constexpr int kBatch = 10'000;
    QRandomGenerator dice(7);
    for (const QString &fault :
         {QStringLiteral("kill_primary_mid_write"), QStringLiteral("partition_minority")}) {
        for (int from = 1; from <= count; from += kBatch) {
            QList<Cycle> cycles;
            for (int number = from; number < std::min(count + 1, from + kBatch); ++number) {
                Cycle cycle;
                cycle.number = number;
                cycle.fault = fault;
                cycle.writes = 100;
                cycle.ok = dice.bounded(20, 60);
                cycle.quorumNotMet = dice.bounded(5);
                cycle.fail = 100 - *cycle.ok - *cycle.quorumNotMet;
                const int fate = dice.bounded(1000);
                if (fate > 0) // one in a thousand was not measured, one in a thousand lost something
                    cycle.converged = fate == 1 ? *cycle.ok - dice.bounded(1, 20) : *cycle.ok;
                cycle.durable = cycle.converged;
                cycle.inFlight = 3;
                cycle.faultInjected = true;
                cycles << cycle;
            }
            data.append(cycles);
        }
    }
}

class Script {
public:
    explicit Script(CycleChart &chart) : m_chart(chart) {}

    // A frame: what a hand did, and all of its picture.
    void frame(const char *part, const std::function<void()> &hand) {
        QElapsedTimer timer;
        timer.start();
        hand();
        m_chart.redrawNow();
        m_chart.viewport()->repaint();
        const double ms = static_cast<double>(timer.nsecsElapsed()) / 1e6;
        if (m_part != part)
            say();
        m_part = part;
        m_worstOfPart = std::max(m_worstOfPart, ms);
        m_worst = std::max(m_worst, ms);
    }

    void wheel(int turn) {
        const QPointF at(m_chart.width() * 0.6, m_chart.height() * 0.5);
        QWheelEvent event(at, m_chart.viewport()->mapToGlobal(at), {}, {0, turn}, {}, {}, {}, false);
        QCoreApplication::sendEvent(m_chart.viewport(), &event);
    }

    double worst() {
        say();
        return m_worst;
    }

private:
    void say() {
        if (!m_part.empty())
            std::fprintf(stderr, "%s: worst frame %.2f ms\n", m_part.c_str(), m_worstOfPart);
        m_worstOfPart = 0;
    }

    CycleChart &m_chart;
    std::string m_part;
    double m_worst = 0;
    double m_worstOfPart = 0;
};

} // namespace

int main(int argc, char *argv[]) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    applyTheme(application, QStringLiteral("light"));
    const int count = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    CycleData data;
    fill(data, count);
    CycleChart chart(data);
    chart.resize(1100, 300);
    chart.show();
    chart.redrawNow();
    QCoreApplication::processEvents();
    Script script(chart);
    script.frame("all", [] {});
    for (int i = 0; i < 50; ++i)
        script.frame("zoom in", [&] { script.wheel(120); });
    for (int i = 0; i < 60; ++i)
        script.frame("zoom out", [&] { script.wheel(-120); });
    for (int i = 0; i < 12; ++i)
        script.wheel(120);
    for (int i = 0; i < 60; ++i)
        script.frame("pan far",
                     [&] { chart.pan((chart.viewTo() - chart.viewFrom()) * (i < 30 ? 0.05 : -0.05)); });
    for (int i = 0; i < 30; ++i)
        script.wheel(120);
    for (int i = 0; i < 60; ++i)
        script.frame("pan near",
                     [&] { chart.pan((chart.viewTo() - chart.viewFrom()) * (i < 30 ? 0.05 : -0.05)); });
    std::printf("chart-million %.2f\n", script.worst());
    return EXIT_SUCCESS;
}
