// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-trends [RUNS]: Trends with a series of so many runs of a hundred cycles each. Prints
// "trends-10k MS", the worst frame of a walk with the cursor, a selection and a zoom, and
// "trends-10k-page MS", from a judged series to its first picture.
#include "models/core/instant.h"
#include "ui/common/theme.h"
#include "ui/trends/trendcanvas.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QRandomGenerator>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <functional>

using namespace slipway;

namespace {

std::shared_ptr<const SeriesView> viewOf(int count) {
    QRandomGenerator dice(7);
    SeriesDefinition definition;
    definition.name = QStringLiteral("long");
    definition.schedule.cron = *CronSchedule::parse(QStringLiteral("13 */4 * * *"));
    definition.begin = instantOf(QStringLiteral("2022-01-01T00:00:00Z"));
    definition.slotCount = count;
    QList<SeriesRun> runs;
    QDateTime slot = definition.begin;
    for (int i = 1; i <= count; ++i) {
        slot = definition.schedule.after(slot);
        SeriesRun run;
        run.id = QStringLiteral("long-r%1").arg(i);
        run.ordinal = i;
        run.slot = slot;
        run.completedAt = slot.addSecs(600);
        run.claimedPass = true;
        run.hasEvidence = dice.bounded(20) > 0;
        run.verdict = run.hasEvidence ? Verdict::UnprovenPass : Verdict::NoEvidence;
        if (run.hasEvidence) {
            run.seconds.insert(kWholeRun, 500 + dice.bounded(40));
            run.measures = {{kLatencyP50, 4 + dice.bounded(2)},
                            {kLatencyP99, 30 + dice.bounded(9)},
                            {kSettleTime, 1 + dice.bounded(3)}}; // every chart that there is
            run.cost = 1.25;
            run.pool = QStringLiteral("server ship-gate");
            run.cycles << RunCycles{QStringLiteral("kill_primary_mid_write"), 100, {}};
        }
        runs << run;
    }
    const SeriesJudgement judged = judgeSeries(definition, runs, {}, slot.addSecs(86400));
    return std::make_shared<SeriesView>(SeriesView{judged, chartsOf(judged), slotDays(judged.table)});
}

double millisecondsOf(const std::function<void()> &body) {
    QElapsedTimer timer;
    timer.start();
    body();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv) {
    QApplication application(argc, argv);
    applyTheme(application, QStringLiteral("light"));
    const int count = argc > 1 ? std::max(100, QByteArray(argv[1]).toInt()) : 10'000;
    const auto view = viewOf(count);
    TrendCanvas canvas;
    canvas.resize(1100, 760);
    canvas.show();
    QApplication::processEvents();
    const double page = millisecondsOf([&] {
        canvas.setView(view);
        canvas.repaint();
    });
    double worst = 0;
    const auto frame = [&](const std::function<void()> &hand) {
        worst = std::max(worst, millisecondsOf([&] {
                             hand();
                             canvas.repaint();
                         }));
    };
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers);
        QCoreApplication::sendEvent(&canvas, &event);
    };
    for (int i = 0; i < 50; ++i)
        frame([&] { press(Qt::Key_Left, Qt::NoModifier); });
    for (int i = 0; i < 50; ++i)
        frame([&] { press(Qt::Key_Left, Qt::ShiftModifier); });
    std::fprintf(stderr, "cursor and selection %.2f ms\n", worst);
    for (int i = 0; i < 40; ++i)
        frame([&] {
            const QPointF at(700, 300);
            QWheelEvent event(at, canvas.mapToGlobal(at), {}, {0, i < 20 ? 120 : -120}, {},
                              Qt::ControlModifier, {}, false);
            QCoreApplication::sendEvent(&canvas, &event);
        });
    std::printf("trends-10k %.2f\ntrends-10k-page %.2f\n", worst, page);
    return 0;
}
