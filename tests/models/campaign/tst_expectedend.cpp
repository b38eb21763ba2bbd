// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/expectedend.h"
#include "models/core/instant.h"

#include <QTest>

using namespace slipway;

namespace {

const QDateTime kStart = utcOfMilliseconds(1'700'000'000'000);

Protocol protocol() {
    Protocol made;
    for (int number = 1; number <= 4; ++number) {
        Phase phase;
        phase.number = number;
        phase.name = QStringLiteral("Phase%1").arg(number);
        phase.typicalSeconds = 100 * number;
        made.phases.append(phase);
    }
    return made;
}

CampaignRecord runningIn(int phase) {
    CampaignRecord record;
    record.parameters = {{QStringLiteral("cycles"), QStringLiteral("50")},
                         {QStringLiteral("faults"), QStringLiteral("kill partition")}};
    PhaseRun run;
    run.phase = phase;
    run.state = RunState::Running;
    run.startedAt = kStart;
    record.phaseRuns = {run};
    return record;
}

} // namespace

class ExpectedEndTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theDefaultTimeOfWhatIsLeft() {
        QCOMPARE(remainingMs(runningIn(2), protocol(), kStart.addSecs(50)), (150 + 300 + 400) * 1000);
    }

    void moreCyclesTakeLonger() {
        Protocol standard = protocol();
        Parameter cycles;
        cycles.name = QStringLiteral("cycles");
        cycles.defaultValue = QStringLiteral("50");
        Parameter faults;
        faults.name = QStringLiteral("faults");
        faults.defaultValue = QStringLiteral("kill");
        standard.parameters = {cycles, faults};
        const QMap<QString, QString> planned{{QStringLiteral("cycles"), QStringLiteral("700")},
                                             {QStringLiteral("faults"), QStringLiteral("kill")}};
        QCOMPARE(defaultSeconds(standard, standard.phases.at(3), planned), 14 * 400);
        QCOMPARE(defaultSeconds(standard, standard.phases.at(0), planned), 100);
        // Two classes of 50 cycles in a running campaign.
        QCOMPARE(remainingMs(runningIn(3), standard, kStart), (300 + 2 * 400) * 1000);
    }

    void cyclesShowThePace() {
        CampaignRecord record = runningIn(4);
        record.cycles.resize(25);
        QCOMPARE(plannedCycles(record), 100);
        QCOMPARE(remainingMs(record, protocol(), kStart.addSecs(50)), 150 * 1000);
        QCOMPARE(progressText(record, protocol()), QStringLiteral("Phase 4 of 4, phase4: cycle 25 of 100"));
    }

    void nothingIsSaidThatIsNotKnown() {
        QCOMPARE(remainingMs({}, protocol(), kStart), std::nullopt);
        QCOMPARE(progressText({}, protocol()), QString());
        QCOMPARE(remainingMs(runningIn(2), protocol(), kStart.addSecs(500)), std::nullopt);
    }

    void clocks() {
        QCOMPARE(clockText(250'000), QStringLiteral("4:10"));
        QCOMPARE(clockText(0), QStringLiteral("0:00"));
        QCOMPARE(clockText(3'723'000), QStringLiteral("1:02:03"));
    }
};

QTEST_APPLESS_MAIN(ExpectedEndTest)
#include "tst_expectedend.moc"
