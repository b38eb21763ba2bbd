// SPDX-License-Identifier: GPL-3.0-or-later
// What judging costs when a report or its cycles are large, against QJsonDocument on the same bytes in the
// same run, and how that share grows when there is ten times as much: what leaves a processor's caches makes
// both slower. Prints "NAME value" lines.
#include "models/cycles/cycleline.h"
#include "models/evidence/judge.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace slipway;

namespace {

constexpr int kRepeats = 5;

// Of the processor's time, which others on this machine do not take away.
double medianMs(const std::function<void()> &work) {
    std::array<double, kRepeats> times{};
    for (double &time : times) {
        const std::clock_t begun = std::clock();
        work();
        time = 1000.0 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    }
    std::sort(times.begin(), times.end());
    return times.at(kRepeats / 2);
}

// A report of so many fields, each of which is there once.
EvidenceFile wideReport(int keys) {
    QByteArray bytes = "{\"phase\":2";
    for (int i = 0; i < keys; ++i)
        bytes += ",\"k" + QByteArray::number(i) + "\":1";
    return {QStringLiteral("phase2.json"), bytes + '}'};
}

QList<EvidenceFile> classes(int count, int cycles) {
    QList<EvidenceFile> files;
    for (int i = 0; i < count; ++i) {
        Cycle cycle;
        cycle.fault = QStringLiteral("class-%1").arg(i);
        cycle.writes = 100;
        cycle.ok = cycle.durable = cycle.converged = 90;
        cycle.quorumNotMet = 0;
        cycle.fail = 10;
        cycle.rows = {std::nullopt, 95, 96};
        cycle.inFlight = 3;
        cycle.faultInjected = true;
        cycle.settleMs = 100;
        EvidenceFile file{QStringLiteral("cycles-%1.jsonl").arg(cycle.fault), {}};
        const qint64 from = 1'800'000'000'000 + qint64(i) * cycles * 2000;
        for (int number = 1; number <= cycles; ++number) {
            cycle.number = number;
            cycle.latencyUs = {1000 + number, 2000 + number * 3, 5000 + number * 7};
            cycle.startedAt = QDateTime::fromMSecsSinceEpoch(from + number * 2000).toUTC();
            cycle.faultAt = cycle.startedAt.addMSecs(300);
            cycle.endedAt = cycle.startedAt.addMSecs(1800);
            file.bytes += cycleToLine(cycle) + '\n';
        }
        files.append(file);
    }
    return files;
}

qint64 sizeOf(const QList<EvidenceFile> &files) {
    qint64 size = 0;
    for (const EvidenceFile &file : files)
        size += file.bytes.size();
    return size;
}

void parseLines(const QList<EvidenceFile> &files) {
    for (const EvidenceFile &file : files) {
        for (qsizetype from = 0; from < file.bytes.size();) {
            const qsizetype end = file.bytes.indexOf('\n', from);
            (void)QJsonDocument::fromJson(QByteArray::fromRawData(file.bytes.constData() + from, end - from));
            from = end + 1;
        }
    }
}

void judge(const QList<EvidenceFile> &files) {
    Expectation expectation = Expectation::published();
    expectation.byIdentity = true;
    (void)judgeReports(files, expectation);
}

double statusMiB(const char *name) {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return -1;
}

// How much more than before this process holds at the most while it works, in MiB.
double peakOf(const std::function<void()> &work) {
    QFile refs(QStringLiteral("/proc/self/clear_refs"));
    if (!refs.open(QIODevice::WriteOnly) || refs.write("5") != 1)
        return -1;
    refs.close();
    const double before = statusMiB("VmRSS:");
    work();
    return statusMiB("VmHWM:") - before;
}

} // namespace

int main() {
    const QList<EvidenceFile> lines = classes(9, 7'000);
    std::printf("judge-cycles-peak %.0f\n", peakOf([&] { judge(lines); })); // next to the files themselves
    const double judged = medianMs([&] { judge(lines); });
    const double parsed = medianMs([&] { parseLines(lines); });
    std::printf("judge-cycles-size %.1f\n", static_cast<double>(sizeOf(lines)) / (1024 * 1024));
    std::printf("judge-cycles %.2f\n", judged / parsed);
    const QList<EvidenceFile> fewer = classes(9, 700);
    const double share = medianMs([&] { judge(fewer); }) / medianMs([&] { parseLines(fewer); });
    std::printf("judge-cycles-growth %.2f\n", judged / parsed / share);

    const EvidenceFile wide = wideReport(1'100'000);
    const double report = medianMs([&] { judge({wide}); });
    const double document = medianMs([&] { (void)QJsonDocument::fromJson(wide.bytes); });
    std::printf("judge-report-size %.1f\n", static_cast<double>(wide.bytes.size()) / (1024 * 1024));
    std::printf("judge-report %.2f\n", report / document);
    std::printf("judge-report-peak %.0f\n", peakOf([&] { judge({wide}); }));
    const EvidenceFile narrow = wideReport(110'000);
    const double narrowShare =
        medianMs([&] { judge({narrow}); }) / medianMs([&] { (void)QJsonDocument::fromJson(narrow.bytes); });
    std::printf("judge-report-growth %.2f\n", report / document / narrowShare);
    return 0;
}
