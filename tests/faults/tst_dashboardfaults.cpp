// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QScopeGuard>
#include <QTest>

#include <csignal>
#include <functional>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kCycles = 2; // as CampaignRig launches
constexpr int kTroubleMs = 5000;
constexpr int kWatchdogMs = 24'000; // longer than a silent connection is waited for
constexpr qint64 kLongestMs = 600'000;
const QString kPass = QStringLiteral("UNPROVEN PASS"); // two cycles support no more
const QString kObservations = QStringLiteral("/phase4-chaos-chaos.obs.jsonl");
const QStringList kMoments{QStringLiteral("phase 1 functional on node-b: running"),
                           QStringLiteral("phase 2 burst on chaos: running"),
                           QStringLiteral("phase 3 migrate on node-a: running"), QStringLiteral("cycle 1:")};

/// A dashboard with a disk and a clock of its own.
struct Machine {
    SmallDisk disk{32};
    QString dataDir = disk.path() + QStringLiteral("/data");
    QString clock = disk.path() + QStringLiteral("/clock"); ///< what libfaketime adds to the time
    std::unique_ptr<ProgramRun> dashboard;

    void setClock(const QByteArray &by) const {
        QFile file(clock);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(by) != by.size())
            qFatal("%s cannot be written", qPrintable(clock));
    }
    [[nodiscard]] QString flag() const { return disk.path() + QStringLiteral("/fails"); }
    void raiseFlag() const {
        QFile file(flag());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s cannot be made", qPrintable(flag()));
    }
    [[nodiscard]] QString moved() const { return dataDir + QStringLiteral(".moved"); }
};

struct Trouble {
    const char *name;
    const char *reported; ///< what the dashboard says of it, or what is noted; empty: nothing is to be said
    int lastsMs;
    std::function<void(const Machine &)> begin;
    std::function<void(const Machine &)> end;
    QList<int> phases;
    const char *failing = ""; ///< a part of the paths that cannot be written while the flag is there
};

const QList<Trouble> &troubles() {
    const auto raise = [](const Machine &on) { on.raiseFlag(); };
    const auto lower = [](const Machine &on) { QFile::remove(on.flag()); };
    const auto nothing = [](const Machine &) {};
    static const QList<Trouble> all{
        {"disk full",
         "Make room on this machine",
         kTroubleMs,
         [](const Machine &on) { on.disk.fill(); },
         [](const Machine &on) { on.disk.empty(); },
         {1, 2, 3, 4}},
        {"errors of the archive's disk",
         "kept and tried again",
         kTroubleMs,
         raise,
         lower,
         {1, 2, 3, 4},
         "/archive.sqlite"},
        {"errors of the logs' disk", "tried again every 2 s", kTroubleMs, raise, lower, {2, 4}, "/spools/"},
        {"data folder moved",
         "No such file or directory",
         kTroubleMs,
         [](const Machine &on) { QVERIFY(QFile::rename(on.dataDir, on.moved())); },
         [](const Machine &on) { QVERIFY(QFile::rename(on.moved(), on.dataDir)); },
         {2, 4}},
        {"clock set back an hour",
         "was set by -3",
         0,
         [](const Machine &on) { on.setClock("-1h"); },
         nothing,
         {2, 4}},
        {"clock set ahead a day",
         "was set by 86",
         0,
         [](const Machine &on) { on.setClock("+1d"); },
         nothing,
         {2, 4}},
        {"asleep",
         "",
         kWatchdogMs,
         [](const Machine &on) { on.dashboard->signal(SIGSTOP); },
         [](const Machine &on) { on.dashboard->signal(SIGCONT); },
         {2, 4}}};
    return all;
}

} // namespace

// What may happen to the machine of the person. Programs on the hosts go on meanwhile, and no byte is lost.
class DashboardFaultsTest : public CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void costsTimeOnly_data() {
        QTest::addColumn<int>("trouble");
        QTest::addColumn<int>("phase");
        for (int i = 0; i < troubles().size(); ++i) {
            for (const int phase : troubles().at(i).phases)
                QTest::addRow("%s in phase %d", troubles().at(i).name, phase) << i << phase;
        }
    }

    void costsTimeOnly() {
        QFETCH(const int, trouble);
        QFETCH(const int, phase);
        const Trouble &row = troubles().at(trouble);
        const QString id = QStringLiteral("troubled");
        Machine machine;
        QVERIFY2(machine.disk.isMounted(), "a disk of its own takes root");
        machine.setClock("+0");
        machine.dashboard = std::make_unique<ProgramRun>(
            machine.dataDir, m_rig->launch(id), QStringList(),
            QStringList{
                QStringLiteral("LD_PRELOAD=" SLIPWAY_IOFAULT ":/usr/$LIB/faketime/libfaketimeMT.so.1"),
                QStringLiteral("ASAN_OPTIONS=verify_asan_link_order=0"),
                QStringLiteral("SLIPWAY_FAULT_PATH=") +
                    QLatin1String(*row.failing ? row.failing : "/no/path"),
                QStringLiteral("SLIPWAY_FAULT_FLAG=") + machine.flag(),
                QStringLiteral("FAKETIME_TIMESTAMP_FILE=") + machine.clock,
                QStringLiteral("FAKETIME_NO_CACHE=1"), QStringLiteral("FAKETIME_DONT_FAKE_MONOTONIC=1")});
        ProgramRun &dashboard = *machine.dashboard;
        QVERIFY2(dashboard.waitFor(kMoments.at(phase - 1).toUtf8()), dashboard.said().constData());
        row.begin(machine);
        {
            const auto end = qScopeGuard([&] { row.end(machine); });
            if (*row.reported)
                QVERIFY2(dashboard.waitFor(row.reported), dashboard.said().constData());
            QTest::qSleep(row.lastsMs);
            QVERIFY2(dashboard.runs() || row.lastsMs == 0, dashboard.said().constData());
        }
        QVERIFY2(dashboard.waitForEnd() && dashboard.code() == 3, dashboard.said().constData());
        expectWhole(machine.dataDir, id);
        QCOMPARE(m_rig->leftOnHosts(), QByteArray());
    }

    // Both streams lose their ends, one in the middle of a line.
    void aTruncatedSpoolIsFetchedAgain() {
        const QString id = QStringLiteral("truncated");
        killInPhaseFour(id);
        for (const QString &name : {kObservations, QStringLiteral("/phase4-chaos-chaos.log")})
            QVERIFY(QFile::resize(spools(id) + name, QFile(spools(id) + name).size() / 3));
        ProgramRun second(m_rig->dataDir(), {QStringLiteral("resume"), id});
        QVERIFY2(second.waitForEnd() && second.code() == 3, second.said().constData());
        expectWhole(m_rig->dataDir(), id);
    }

    void aChangedSpoolIsReportedAndFetchedAgain() {
        const QString id = QStringLiteral("changed");
        killInPhaseFour(id);
        QFile spool(spools(id) + kObservations);
        QVERIFY(spool.open(QIODevice::ReadWrite) && spool.seek(100));
        const char was = spool.peek(1).at(0);
        QVERIFY(spool.putChar(was == '7' ? '8' : '7'));
        spool.close();
        ProgramRun second(m_rig->dataDir(), {QStringLiteral("resume"), id});
        QVERIFY2(second.waitForEnd() && second.code() == 3, second.said().constData());
        QVERIFY2(second.said().contains("SHA-256 differs"), second.said().constData());
        QVERIFY(QFile::exists(spools(id) + kObservations + QStringLiteral(".changed-1")));
        expectWhole(m_rig->dataDir(), id);
    }

    // A log that somebody moves while it is written is there in the end, and that is reported.
    void aMovedSpoolIsWrittenAgain() {
        const QString id = QStringLiteral("moved");
        ProgramRun dashboard(m_rig->dataDir(), m_rig->launch(id));
        QVERIFY2(dashboard.waitFor("cycle 1:"), dashboard.said().constData());
        const QString log = spools(id) + QStringLiteral("/phase4-chaos-chaos.log");
        QVERIFY(QFile::rename(log, log + QStringLiteral(".moved")));
        QVERIFY2(dashboard.waitForEnd() && dashboard.code() == 3, dashboard.said().constData());
        QVERIFY2(dashboard.said().contains("was moved, removed or replaced"), dashboard.said().constData());
        QVERIFY(QFile::exists(log));
        expectWhole(m_rig->dataDir(), id);
    }

private:
    [[nodiscard]] QString spools(const QString &id) const { return Paths{m_rig->dataDir()}.spoolDir(id); }

    void killInPhaseFour(const QString &id) const {
        ProgramRun first(m_rig->dataDir(), m_rig->launch(id));
        QVERIFY2(first.waitFor("cycle 1:"), first.said().constData());
        first.kill();
    }

    static void expectWhole(const QString &dataDir, const QString &id) {
        const QJsonObject shown = CampaignRig::record(dataDir, id);
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), kPass);
        const QJsonArray cycles = shown.value(QLatin1String("cycles")).toArray();
        QCOMPARE(cycles.size(), kCycles);
        for (int i = 0; i < kCycles; ++i)
            QCOMPARE(cycles.at(i)[QLatin1String("cycle")].toInt(), i + 1);
        for (const QJsonValue run : shown.value(QLatin1String("phase_runs")).toArray())
            expectTimes(run.toObject());
        expectTimes(shown);
        QProcess check;
        check.start(slipwayctl(), {QStringLiteral("--data-dir"), dataDir, QStringLiteral("archive"),
                                   QStringLiteral("check")});
        check.waitForFinished(kCampaignTimeout);
        QVERIFY2(check.exitCode() == 0, check.readAllStandardOutput().constData());
        const QStringList raw = QDir(Paths{dataDir}.spoolDir(id)).entryList({QStringLiteral("*.obs.jsonl")});
        QVERIFY2(raw.isEmpty(), qPrintable(raw.join(QLatin1Char(' ')))); // they are in the archive
    }

    // Whatever was done to the clock, nothing ends before it begins, or lasts as long as the clock was set
    // by.
    static void expectTimes(const QJsonObject &of) {
        const auto time = [&of](const char *name) {
            return QDateTime::fromString(of.value(QLatin1String(name)).toString(), Qt::ISODateWithMs);
        };
        const qint64 took = time("started_at").msecsTo(time("finished_at"));
        QVERIFY2(time("started_at").isValid() && time("finished_at").isValid() && took >= 0 &&
                     took < kLongestMs,
                 qPrintable(
                     QStringLiteral("%1 ms: %2").arg(took).arg(of.value(QLatin1String("step")).toString())));
    }
};

QTEST_GUILESS_MAIN(DashboardFaultsTest)
#include "tst_dashboardfaults.moc"
