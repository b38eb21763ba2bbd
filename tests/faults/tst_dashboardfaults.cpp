// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/fleet/sandboxprobe.h"
#include "tests/support/sendsignal.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <csignal>

#include <sys/mount.h>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kPatience = 120'000;
constexpr int kCycles = 4;
const QString kPass = QStringLiteral("UNPROVEN PASS"); // four cycles support no more
const QString kObservations = QStringLiteral("/phase4-chaos-chaos.obs.jsonl");

/// A campaign of four cycles by the program that people use, with all it says on standard error.
struct Dashboard {
    Dashboard(const QString &dataDir, const QStringList &words, const QProcessEnvironment &environment = {}) {
        if (!environment.isEmpty())
            process.setProcessEnvironment(environment);
        process.setReadChannel(QProcess::StandardError);
        process.start(slipwayctl(), QStringList{QStringLiteral("--data-dir"), dataDir} + words);
    }
    bool waitFor(const QByteArray &words) {
        while (!said.contains(words)) {
            if (!process.waitForReadyRead(kPatience))
                return false;
            said += process.readAllStandardError();
        }
        return true;
    }
    int waitForEnd() {
        if (!process.waitForFinished(kPatience)) {
            process.kill();
            process.waitForFinished();
        }
        said += process.readAllStandardError();
        return process.exitCode();
    }

    QProcess process;
    QByteArray said;
};

} // namespace

// What may happen to the machine of the person. Programs on the hosts go on meanwhile, and no byte is lost.
class DashboardFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto fleet = m_box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        m_fleet = *fleet;
        if (!m_box.namespaces())
            QSKIP("Faults of disks need hosts with namespaces of their own.");
    }

    // Longer than the watchdog waits.
    void aSleepingLaptop() {
        Dashboard dashboard(m_box.dir.path(), launch(QStringLiteral("asleep")));
        QVERIFY2(dashboard.waitFor("cycle 1:"), dashboard.said.constData());
        test::sendSignal(dashboard.process, SIGSTOP);
        QTest::qSleep(24'000);
        test::sendSignal(dashboard.process, SIGCONT);
        QCOMPARE(dashboard.waitForEnd(), 3);
        expectWhole(m_box.dir.path(), QStringLiteral("asleep"));
    }

    // Both streams lose their ends, one in the middle of a line.
    void aTruncatedSpoolIsFetchedAgain() {
        const QString id = QStringLiteral("truncated");
        killInPhaseFour(id);
        for (const QString &name : {kObservations, QStringLiteral("/phase4-chaos-chaos.log")})
            QVERIFY(QFile::resize(spools(id) + name, QFile(spools(id) + name).size() / 3));
        Dashboard second(m_box.dir.path(), {QStringLiteral("resume"), id});
        QCOMPARE(second.waitForEnd(), 3);
        expectWhole(m_box.dir.path(), id);
    }

    void aChangedSpoolIsToldAndFetchedAgain() {
        const QString id = QStringLiteral("changed");
        killInPhaseFour(id);
        QFile spool(spools(id) + kObservations);
        QVERIFY(spool.open(QIODevice::ReadWrite) && spool.seek(100));
        const char was = spool.peek(1).at(0);
        QVERIFY(spool.putChar(was == '7' ? '8' : '7'));
        spool.close();
        Dashboard second(m_box.dir.path(), {QStringLiteral("resume"), id});
        QCOMPARE(second.waitForEnd(), 3);
        QVERIFY2(second.said.contains("SHA-256 differs"), second.said.constData());
        QVERIFY(QFile::exists(spools(id) + kObservations + QStringLiteral(".changed-1")));
        expectWhole(m_box.dir.path(), id);
    }

    // Archive and spools on one disk, which fills up in mid-phase and stays so for a while.
    void aFullDiskHereCostsTimeOnly() {
        QTemporaryDir parent;
        const QByteArray disk = parent.filePath(QStringLiteral("disk")).toLocal8Bit();
        QVERIFY(QDir().mkpath(QString::fromLocal8Bit(disk)));
        QCOMPARE(::mount("tmpfs", disk.constData(), "tmpfs", 0, "size=32m"), 0);
        const auto unmount = qScopeGuard([&] { ::umount2(disk.constData(), MNT_DETACH); });
        const QString dataDir = QString::fromLocal8Bit(disk);

        Dashboard dashboard(dataDir, launch(QStringLiteral("full"), m_box.sandbox.fleetFile()));
        QVERIFY2(dashboard.waitFor("phase 2 burst on chaos: running"), dashboard.said.constData());
        QFile filler(dataDir + QStringLiteral("/filler"));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'x')) == 4096) {
        }
        QVERIFY2(dashboard.waitFor("Make room on this machine"), dashboard.said.constData());
        QTest::qSleep(5000);
        QCOMPARE(dashboard.process.state(), QProcess::Running);
        QVERIFY(filler.remove());
        QCOMPARE(dashboard.waitForEnd(), 3);
        expectWhole(dataDir, QStringLiteral("full"));
    }

    // Input/output errors, as of a cable or a network: what could not be written is written when it can be.
    void aDiskThatIsAwayForAMoment_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("told");
        QTest::newRow("archive") << QStringLiteral("/archive.sqlite") << QByteArray("cycle 3:")
                                 << QByteArray("kept and tried again");
        QTest::newRow("spools") << QStringLiteral("/spools/") << QByteArray("cycle 1:")
                                << QByteArray("tried again every 2 s");
    }

    void aDiskThatIsAwayForAMoment() {
        QFETCH(QString, path);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, told);
        const QString id = QStringLiteral("away-") + QString::fromLatin1(QTest::currentDataTag());
        QFile flag(m_box.dir.filePath(QStringLiteral("away")));
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(SLIPWAY_IOFAULT));
        environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("verify_asan_link_order=0"));
        environment.insert(QStringLiteral("SLIPWAY_FAULT_PATH"), path);
        environment.insert(QStringLiteral("SLIPWAY_FAULT_FLAG"), flag.fileName());
        Dashboard dashboard(m_box.dir.path(), launch(id), environment);
        QVERIFY2(dashboard.waitFor(from), dashboard.said.constData());
        QVERIFY(flag.open(QIODevice::WriteOnly));
        const bool isTold = dashboard.waitFor(told);
        QVERIFY(flag.remove());
        QVERIFY2(isTold, dashboard.said.constData());
        const int code = dashboard.waitForEnd();
        QVERIFY2(code == 3, dashboard.said.constData());
        expectWhole(m_box.dir.path(), id);
        const QStringList raw = QDir(spools(id)).entryList({QStringLiteral("*.obs.jsonl*")});
        QVERIFY2(raw.isEmpty(), qPrintable(raw.join(QLatin1Char(' '))));
    }

    // A log that somebody moves while it is written is there in the end, and that is told.
    void aMovedSpoolIsWrittenAgain() {
        const QString id = QStringLiteral("moved");
        Dashboard dashboard(m_box.dir.path(), launch(id));
        QVERIFY2(dashboard.waitFor("cycle 1:"), dashboard.said.constData());
        const QString log = spools(id) + QStringLiteral("/phase4-chaos-chaos.log");
        QVERIFY(QFile::rename(log, log + QStringLiteral(".moved")));
        QCOMPARE(dashboard.waitForEnd(), 3);
        QVERIFY2(dashboard.said.contains("was moved, removed or replaced"), dashboard.said.constData());
        QVERIFY(QFile::exists(log));
        expectWhole(m_box.dir.path(), id);
    }

    // Whoever watches a campaign may go.
    void aReaderThatGoesAwayEndsNothing() {
        const QString command = QStringLiteral("\"$@\" 2>&1 | head -n 1");
        const QString id = QStringLiteral("unwatched");
        QProcess shell;
        shell.start(QStringLiteral("bash"),
                    QStringList{QStringLiteral("-c"), command, QStringLiteral("bash"), slipwayctl(),
                                QStringLiteral("--data-dir"), m_box.dir.path()} +
                        launch(id, m_box.sandbox.fleetFile()));
        QTRY_COMPARE_WITH_TIMEOUT(record(m_box.dir.path(), id).value(QLatin1String("verdict")).toString(),
                                  kPass, kPatience);
        expectWhole(m_box.dir.path(), id);
        shell.kill();
        shell.waitForFinished();
    }

    void hostsForgetWhatIsKept() {
        Dashboard dashboard(m_box.dir.path(), launch(QStringLiteral("cleaned")));
        QCOMPARE(dashboard.waitForEnd(), 3);
        for (const Host &host : m_fleet.hosts) {
            const SshAnswer jobs = ssh(host, QStringLiteral("ls .local/state/slipway/jobs"));
            QCOMPARE(jobs.exitCode, 0);
            QCOMPARE(jobs.output, QByteArray());
        }
    }

private:
    [[nodiscard]] static QStringList launch(const QString &id, const QString &fleet = {}) {
        return {QStringLiteral("run"),
                QStringLiteral("--fleet"),
                fleet.isEmpty() ? QStringLiteral("sandbox") : fleet,
                QStringLiteral("--id"),
                id,
                QStringLiteral("--set"),
                QStringLiteral("cycles=%1").arg(kCycles)};
    }
    [[nodiscard]] QString spools(const QString &id) const { return Paths{m_box.dir.path()}.spoolDir(id); }

    void killInPhaseFour(const QString &id) {
        Dashboard first(m_box.dir.path(), launch(id));
        QVERIFY2(first.waitFor("cycle 2:"), first.said.constData());
        first.process.kill();
        first.waitForEnd();
    }

    static QJsonObject record(const QString &dataDir, const QString &id) {
        QProcess show;
        show.start(slipwayctl(), {QStringLiteral("--data-dir"), dataDir, QStringLiteral("show"), id,
                                  QStringLiteral("--json")});
        show.waitForFinished(kPatience);
        return QJsonDocument::fromJson(show.readAllStandardOutput()).object();
    }
    static void expectWhole(const QString &dataDir, const QString &id) {
        const QJsonObject shown = record(dataDir, id);
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), kPass);
        const QJsonArray cycles = shown.value(QLatin1String("cycles")).toArray();
        QCOMPARE(cycles.size(), kCycles);
        for (int i = 0; i < kCycles; ++i)
            QCOMPARE(cycles.at(i)[QLatin1String("cycle")].toInt(), i + 1);
        QProcess check;
        check.start(slipwayctl(), {QStringLiteral("--data-dir"), dataDir, QStringLiteral("archive"),
                                   QStringLiteral("check")});
        check.waitForFinished(kPatience);
        QVERIFY2(check.exitCode() == 0, check.readAllStandardOutput().constData());
    }

    Box m_box;
    Fleet m_fleet;
};

QTEST_GUILESS_MAIN(DashboardFaultsTest)
#include "tst_dashboardfaults.moc"
