// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/faultclass.h"
#include "models/evidence/streamorder.h"
#include "models/observation/hostclock.h"
#include "tests/phases/phaserig.h"

#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace slipway;
using namespace slipway::test;

namespace {

// Tables of this network namespace, in which nothing else makes any.
QByteArray filterTables() {
    QProcess nft;
    nft.start(QStringLiteral("nft"), {QStringLiteral("list"), QStringLiteral("tables")});
    nft.waitForFinished();
    return nft.readAllStandardOutput();
}

// What contradicts itself in a stream; empty for nothing.
QString orderProblem(const QList<ObservedStream> &streams) {
    HostClock clock;
    StreamOrder order;
    forEachObservation(streams.constFirst().file, [&](const Observation &observation) {
        const int jumps = clock.jumps();
        const QDateTime at = clock.read(observation);
        order.add(observation, at, clock.jumps() > jumps);
    });
    return order.problem();
}

} // namespace

// The fault classes of phase 4 on real servers: each takes effect, meets writes in flight, is over again, and
// finds the bug that it is there for.
class FaultClassesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (::geteuid() != 0)
            QSKIP("Servers with users of their own, and filters, need root.");
    }

    void theEffectIsMeasuredAndOver_data() {
        QTest::addColumn<QString>("fault");
        for (const QString &fault : exercisedFaults())
            QTest::newRow(qPrintable(fault)) << fault;
    }

    void theEffectIsMeasuredAndOver() {
        QFETCH(const QString, fault);
        PhaseRig rig;
        prepare(rig, fault, 3);
        const auto streams = rig.runAlone(4);
        const PhaseOutput reported{0, streams.constFirst().file.bytes, {}};
        QVERIFY2(reported.all(QStringLiteral("not_exercised")).isEmpty(),
                 qPrintable(reported.first(QStringLiteral("not_exercised")).text("reason")));
        QSet<qint64> seeds;
        for (const Observation &strike : reported.all(QStringLiteral("fault")))
            seeds << strike.integer("seed").value_or(-1);
        QCOMPARE(seeds.size(), 3);
        QVERIFY(!seeds.contains(-1));
        for (const Observation &effect : reported.all(QStringLiteral("fault_effect")))
            QVERIFY2(effect.flag("effective"), streams.constFirst().file.bytes.constData());
        const auto healings = reported.all(QStringLiteral("healed"));
        QCOMPARE(healings.size(), isHealed(fault) ? 3 : 0);
        for (const Observation &healed : healings)
            QVERIFY(healed.flag("healed"));
        QList<Observation> held = reported.all(QStringLiteral("held"));
        held.removeIf([&](const Observation &one) { return one.text("fault") != fault; }); // of canaries
        QCOMPARE(held.size(), 3 * survivorsOf(fault).size());
        QCOMPARE(orderProblem(streams), QString());
        const PhaseJudgement judgement = rig.judged(4, streams);
        QVERIFY2(judgement.verdict == Verdict::UnprovenPass, qPrintable(judgement.detail));
        expectNothingLeft(rig);
    }

    // The program is killed while the fault is in force, and nobody is there to end it.
    void aKillInMidFaultLeavesNothing_data() { theEffectIsMeasuredAndOver_data(); }
    void aKillInMidFaultLeavesNothing() {
        QFETCH(const QString, fault);
        PhaseRig rig;
        prepare(rig, fault, 1);
        rig.plan.parameters.insert(QStringLiteral("fault_ms"), QStringLiteral("2000"));
        const auto process = rig.start(4, QStringLiteral("chaos"), QStringLiteral("chaos"));
        const QString stream =
            QFileInfo(rig.home(QStringLiteral("chaos"))).path() + QStringLiteral("/4-chaos-chaos.out");
        const auto hasStruck = [&] {
            QFile file(stream);
            return file.open(QIODevice::ReadOnly) && file.readAll().contains("\"obs\":\"fault\"");
        };
        QVERIFY(QTest::qWaitFor(hasStruck, 60'000));
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished());
        QTRY_VERIFY2_WITH_TIMEOUT(!filterTables().contains("slipway"), filterTables().constData(), 10'000);
        QTRY_VERIFY2_WITH_TIMEOUT(rig.leftProcesses().isEmpty(),
                                  qPrintable(rig.leftProcesses().join(QLatin1Char('\n'))), 10'000);
    }

    // Bugs that a server was given, against the class that is to find them, and classes that have nothing to
    // do with them.
    void bugsByClass_data() {
        QTest::addColumn<QString>("lie");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<bool>("caught");
        const auto row = [](const char *lie, const char *fault, bool caught) {
            QTest::addRow("%s, %s", lie, fault)
                << QString::fromLatin1(lie) << QString::fromLatin1(fault) << caught;
        };
        row("acks-alone", "kill_primary_mid_write", true);
        row("acks-alone", "partition_minority", false);
        row("acks-alone", "clock_skew_peer", false);
        row("acks-alone", "pause_peer", false);
        row("skips-outages", "partition_minority", true);
        row("skips-outages", "clock_skew_peer", false);
        row("wins-by-clock", "clock_skew_peer", true);
        row("wins-by-clock", "kill_primary_mid_write", false);
        row("wins-by-clock", "partition_minority", false);
        row("wins-by-clock", "pause_peer", false);
        row("wins-by-clock", "drop_random_acks", false);
    }

    void bugsByClass() {
        QFETCH(const QString, lie);
        QFETCH(const QString, fault);
        QFETCH(const bool, caught);
        PhaseRig rig(lie);
        prepare(rig, fault, 3);
        rig.plan.parameters.insert(QStringLiteral("losses_max"), QStringLiteral("0"));
        // "skips-outages" gives up after 250 ms: an outage lasts several times that, also on a busy machine.
        rig.plan.parameters.insert(QStringLiteral("fault_ms"), QStringLiteral("1000"));
        const PhaseJudgement judgement = rig.judged(4, rig.runAlone(4));
        const QString said = verdictName(judgement.verdict) + QStringLiteral(": ") + judgement.detail;
        ++m_pairs;
        m_right += (judgement.verdict == Verdict::Fail) == caught ? 1 : 0;
        QVERIFY2(judgement.verdict == (caught ? Verdict::Fail : Verdict::UnprovenPass), qPrintable(said));
    }

    void cleanupTestCase() {
        if (m_pairs > 0)
            qInfo("bugs-by-class %d of %d", m_right, m_pairs);
    }

private:
    // Under one key, so that every run chooses the same nodes, shares and clocks.
    static void prepare(PhaseRig &rig, const QString &fault, int cycles) {
        rig.plan.key = QStringLiteral("0123456789abcdef0123456789abcdef");
        for (const auto &[name, value] :
             {std::pair{"faults", fault}, std::pair{"cycles", QString::number(cycles)},
              std::pair{"writes", QStringLiteral("100")},
              std::pair{"cycle_settle_seconds", QStringLiteral("8")}})
            rig.plan.parameters.insert(QLatin1String(name), value);
    }

    static void expectNothingLeft(const PhaseRig &rig) {
        QVERIFY2(rig.leftFiles().isEmpty(), qPrintable(rig.leftFiles().join(QLatin1Char('\n'))));
        QVERIFY2(rig.leftProcesses().isEmpty(), qPrintable(rig.leftProcesses().join(QLatin1Char('\n'))));
        QVERIFY2(!filterTables().contains("slipway"), filterTables().constData());
    }

    int m_pairs = 0;
    int m_right = 0;
};

QTEST_GUILESS_MAIN(FaultClassesTest)
#include "tst_faultclasses.moc"
