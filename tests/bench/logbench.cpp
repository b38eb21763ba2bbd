// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-log open|filter|events DIR: times the log pane on a log of 1 GB and 8 million lines, which it
// makes in DIR, and prints "name value" lines. Used by packaging/figures.
#include "app/logstream/logscan.h"
#include "app/logstream/logspool.h"
#include "ui/common/theme.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

using namespace slipway;

namespace {

constexpr qint64 kBytes = qint64(1024) * 1024 * 1024;
constexpr int kJumps = 400;
constexpr int kRounds = 3;
constexpr qint64 kPiece = qint64(256) * 1024;

// Some megabytes of lines as the phases write them; some errors, some lines of nodes, some of cycles.
QByteArray sample() {
    std::mt19937 random(1);
    QByteArray text;
    for (int i = 0; i < 60'000; ++i) {
        const int kind = static_cast<int>(random() % 2000);
        text += "2026-04-20T17:" + QByteArray::number(10 + i / 1200) + ':' + QByteArray::number(10 + i % 50) +
                '.' + QByteArray::number(100'000 + i) + "Z [phase4][chaos] ";
        if (kind == 0)
            text += "FATAL: node-0 failed to start\n";
        else if (kind < 20)
            text += "[chaos] cycle " + QByteArray::number(i / 600 + 1) + ": nodes ready (pids 1 2 3)\n";
        else if (kind < 40)
            text += "count node-1 = " + QByteArray::number(i % 200) + ", node-2 = 20 of 100 acknowledged\n";
        else
            text += "POST /api/v1/sync/push 200 applied=" + QByteArray::number(random() % 100'000) +
                    " noop=0 namespace=ship-gate-chaos took " + QByteArray::number(i % 977) + " ms\n";
    }
    return text;
}

QString makeLog(const QString &dir) {
    const QString path = dir + QStringLiteral("/log");
    const QByteArray text = sample();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write %s", qPrintable(path));
    for (qint64 size = 0; size < kBytes; size += text.size()) {
        if (file.write(text) != text.size())
            qFatal("cannot write %s: %s", qPrintable(path), qPrintable(file.errorString()));
    }
    return path;
}

std::shared_ptr<LogSpool> openSpool(const QString &path) {
    auto spool = LogSpool::open(path);
    if (!spool)
        qFatal("%s", qPrintable(spool.error().text));
    return *spool;
}

QList<LogStream> streamOf(const std::shared_ptr<const LogSource> &log) {
    LogStream stream;
    stream.run.phase = 4;
    stream.run.step = QStringLiteral("run");
    stream.run.host = QStringLiteral("chaos");
    stream.source = log;
    return {stream};
}

double milliseconds(const QElapsedTimer &timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

// From the click to the painted end of the log; then to any place in it, while errors are still looked for.
void open(const QString &dir) {
    const QString path = makeLog(dir);
    LogPane pane;
    pane.resize(1160, 500);
    pane.show();
    QApplication::processEvents();
    std::vector<double> first;
    QTextStream out(stdout);
    for (int round = 0; round < kRounds; ++round) {
        pane.setStreams({}, true);
        QApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        const auto spool = openSpool(path);
        pane.setStreams(streamOf(spool), true);
        pane.view().viewport()->repaint();
        first.push_back(milliseconds(timer));
        while (spool->isIndexing())
            QApplication::processEvents(QEventLoop::AllEvents, 20);
        out << "indexed-ms " << milliseconds(timer) << '\n';
        if (round + 1 < kRounds)
            continue;
        QApplication::processEvents();
        std::mt19937_64 random(3);
        std::vector<double> jumps;
        for (int i = 0; i < kJumps; ++i) {
            const auto row = static_cast<qint64>(random() % static_cast<quint64>(spool->lineCount()));
            timer.start();
            pane.view().goToLine(row);
            pane.view().viewport()->repaint();
            jumps.push_back(milliseconds(timer));
        }
        std::sort(jumps.begin(), jumps.end());
        out << "lines " << spool->lineCount() << "\njump-median " << jumps.at(jumps.size() / 2)
            << "\nopen-log-jump " << jumps.back() << '\n';
    }
    out << "open-log " << median(first) << '\n';
}

// The whole filter, on as many threads as the pane takes, against grep over the same bytes.
void filter(const QString &dir) {
    const QString path = makeLog(dir);
    const auto spool = openSpool(path);
    while (spool->isIndexing())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    QTextStream out(stdout);
    double worst = 0;
    double worstFirst = 0;
    for (const QString &pattern :
         {QStringLiteral("FATAL"), QStringLiteral("cycle [0-9]+: nodes"), QStringLiteral("node-1 = 1[0-9]+"),
          QStringLiteral("applied=[0-9]*77 "), QStringLiteral("POST"), QStringLiteral("error|fail|FATAL")}) {
        std::vector<double> ours;
        std::vector<double> theirs;
        for (int round = 0; round < kRounds; ++round) {
            QProcess grep;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
            grep.setProcessEnvironment(environment);
            QElapsedTimer timer;
            timer.start();
            grep.start(QStringLiteral("grep"), {QStringLiteral("-cE"), pattern, path});
            if (!grep.waitForFinished(-1))
                qFatal("grep failed");
            theirs.push_back(milliseconds(timer));
            const qint64 count = grep.readAllStandardOutput().trimmed().toLongLong();
            timer.start();
            double first = 0;
            const LogScan scan(spool, {*LinePattern::compile(pattern, true), nullptr, false,
                                       std::clamp(std::thread::hardware_concurrency(), 1U, 4U)});
            while (scan.isBusy()) {
                if (first <= 0 && scan.found()->lineCount() > 0)
                    first = milliseconds(timer);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            ours.push_back(milliseconds(timer));
            worstFirst = std::max(worstFirst, first);
            if (scan.found()->lineCount() != count)
                qFatal("%s: %lld lines, grep says %lld", qPrintable(pattern),
                       static_cast<long long>(scan.found()->lineCount()), static_cast<long long>(count));
        }
        out << "grep-ms " << median(theirs) << " ours-ms " << median(ours) << ' ' << pattern << '\n';
        worst = std::max(worst, median(ours) / median(theirs));
    }
    out << "first-hit-ms " << worstFirst << "\nfilter-log " << worst << '\n';
}

// How late the GUI answers while a log comes in as fast as it can be spooled, reported every 50 ms.
void events(const QString &dir) {
    const QByteArray text = sample();
    LogPane pane;
    pane.resize(1160, 500);
    pane.show();
    const auto spool = openSpool(dir + QStringLiteral("/live"));
    pane.setStreams(streamOf(spool), true);
    QTimer tick;
    QObject::connect(&tick, &QTimer::timeout, &pane, &LogPane::grew);
    tick.start(50);
    QElapsedTimer clock;
    clock.start();
    std::vector<double> late;
    std::atomic<bool> done = false;
    std::thread asker([&] {
        while (!done) {
            const qint64 asked = clock.nsecsElapsed();
            QMetaObject::invokeMethod(
                &pane,
                [&late, &clock, asked] {
                    late.push_back(static_cast<double>(clock.nsecsElapsed() - asked) / 1e6);
                },
                Qt::QueuedConnection);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    });
    std::thread writer([&] {
        for (qint64 offset = 0; offset < kBytes; offset += kPiece) {
            const qint64 from = offset % (text.size() - kPiece);
            if (const auto kept = spool->append(offset, text.mid(from, kPiece)); !kept)
                qFatal("%s", qPrintable(kept.error().text));
        }
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    QApplication::exec();
    const double seconds = milliseconds(clock) / 1000;
    done = true;
    writer.join();
    asker.join();
    std::sort(late.begin(), late.end());
    QTextStream(stdout) << "lines-per-second " << static_cast<double>(spool->lineCount()) / seconds
                        << "\nasked " << late.size() << "\nworst-ms " << late.back() << "\nevent-loop "
                        << late.at(late.size() * 99 / 100) << '\n';
}

} // namespace

int main(int argc, char *argv[]) {
    QApplication application(argc, argv);
    applyTheme(application, QStringLiteral("light"));
    const QString what = QApplication::arguments().value(1);
    const QString dir = QApplication::arguments().value(2);
    if (what == QLatin1String("open") && !dir.isEmpty())
        open(dir);
    else if (what == QLatin1String("filter") && !dir.isEmpty())
        filter(dir);
    else if (what == QLatin1String("events") && !dir.isEmpty())
        events(dir);
    else
        qFatal("usage: slipway-bench-log open|filter|events DIR");
    return 0;
}
