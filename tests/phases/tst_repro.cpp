// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/cyclerepeat.h"
#include "tests/phases/phaserig.h"

#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kKill = QStringLiteral("kill_primary_mid_write");

// A campaign's phase 4 as it was recorded: its plan and its stream.
QList<EvidenceFile> recordedBy(PhaseRig &rig) {
    const auto recorded = recordPlan(rig.plan, QDateTime::currentDateTimeUtc());
    if (!recorded || !*recorded)
        qFatal("the plan cannot be recorded");
    const QString stream = QStringLiteral("observations/phase4-chaos-chaos.obs.jsonl");
    return {{kPlanFile, planBytes(**recorded)}, {stream, rig.runAlone(4).constFirst().file.bytes}};
}

void prepare(PhaseRig &rig, const char *settleSeconds) {
    for (const auto &[name, value] : {std::pair{"cycles", "2"}, std::pair{"canaries", "3"},
                                      std::pair{"cycle_settle_seconds", settleSeconds}})
        rig.plan.parameters.insert(QLatin1String(name), QLatin1String(value));
    rig.plan.fleet.parameters.insert(QStringLiteral("chaos_port"),
                                     rig.plan.parameters.value(QStringLiteral("chaos_port")));
    rig.plan.phases = {4};
}

// The cycle again, so many times, by the plan that a command would send.
RepeatedCycle runAgain(PhaseRig &rig, const RecordedCycle &recorded, int times) {
    const auto plan = repeatPlan(recorded, rig.plan.fleet, times);
    if (!plan)
        qFatal("%s", qPrintable(plan.error().text));
    rig.plan = *plan;
    StreamRecord record(QStringLiteral("phase4"), StreamRecord::Keeps::Bytes);
    record.add(rig.runAlone(4).constFirst().file.bytes);
    return repeatedCycle(record.end(), recorded);
}

} // namespace

// One recorded cycle on real servers again: the same writes, the same fault, and what became of them.
class ReproTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLostWriteIsFoundAgain() {
        PhaseRig rig(QStringLiteral("acks-alone"));
        prepare(rig, "2");
        const auto recorded = recordedCycle(recordedBy(rig), {}, 2);
        QVERIFY2(recorded, recorded ? "" : qPrintable(recorded.error().text));
        QCOMPARE(recorded->facts.result(), CycleResult::Lost);
        const RepeatedCycle again = runAgain(rig, *recorded, 10);
        QCOMPARE(otherServer(*recorded, QStringLiteral("chaos"), again.serverSha256), QString());
        QCOMPARE(again.times.size(), 10);
        int found = 0;
        for (const CycleFacts &facts : again.times) {
            found += facts.result() == CycleResult::Lost ? 1 : 0;
            QCOMPARE(facts.seed, recorded->facts.seed);
            QCOMPARE(facts.node, recorded->facts.node);
            for (const QString &id : facts.lost)
                QVERIFY2(id.startsWith(QStringLiteral("p4-%1-1-2-").arg(recorded->plan.run)), qPrintable(id));
        }
        qInfo("repro found again %d of 10", found);
        QVERIFY(found >= 9);
    }

    void aCleanCycleIsCleanAgain() {
        PhaseRig rig;
        prepare(rig, "20");
        rig.plan.parameters.insert(QStringLiteral("faults"), QStringLiteral("pause_peer ") + kKill);
        const auto recorded = recordedCycle(recordedBy(rig), kKill, 1);
        QVERIFY2(recorded, recorded ? "" : qPrintable(recorded.error().text));
        QCOMPARE(recorded->facts.result(), CycleResult::Clean);
        QCOMPARE(recorded->facts.node, QStringLiteral("node-0"));
        QVERIFY2(recorded->facts.effect.contains(QStringLiteral("status 137")),
                 qPrintable(recorded->facts.effect));
        const RepeatedCycle again = runAgain(rig, *recorded, 2);
        QCOMPARE(again.times.size(), 2);
        for (const CycleFacts &facts : again.times) {
            QCOMPARE(facts.result(), CycleResult::Clean);
            QCOMPARE(facts.seed, recorded->facts.seed);
            QCOMPARE(facts.cycle.fault, kKill);
        }
        QVERIFY2(rig.leftFiles().isEmpty(), qPrintable(rig.leftFiles().join(QLatin1Char('\n'))));
        QVERIFY2(rig.leftProcesses().isEmpty(), qPrintable(rig.leftProcesses().join(QLatin1Char('\n'))));
    }

    void whatCannotBeRunAgainIsReportedWhy() {
        PhaseRig rig;
        prepare(rig, "20");
        rig.plan.parameters.insert(QStringLiteral("faults"), QStringLiteral("pause_peer ") + kKill);
        const auto recorded = recordPlan(rig.plan, QDateTime::currentDateTimeUtc());
        QVERIFY(recorded && *recorded);
        const QByteArray stream = "{\"t\":\"2026-01-01T00:00:00Z\",\"obs\":\"begin\",\"server_sha256\":"
                                  "\"abc\",\"version\":\"v\"}\n";
        const QList<EvidenceFile> files{
            {kPlanFile, planBytes(**recorded)},
            {QStringLiteral("observations/phase4-chaos-chaos.obs.jsonl"), stream}};
        const auto why = [](const Result<RecordedCycle> &result) {
            return result ? QString() : result.error().text;
        };
        QVERIFY(why(recordedCycle({}, kKill, 1)).contains(QStringLiteral("no plan.json")));
        QVERIFY(why(recordedCycle(files, {}, 1))
                    .contains(QStringLiteral("has 2 fault classes; choose one with --class: pause_peer, ") +
                              kKill));
        QVERIFY(why(recordedCycle(files, QStringLiteral("x"), 1))
                    .contains(QStringLiteral("no fault class \"x\"")));
        QVERIFY(why(recordedCycle(files.mid(0, 1), kKill, 1))
                    .contains(QStringLiteral("no observations of phase 4")));
        QVERIFY(why(recordedCycle(files, kKill, 7)).contains(QStringLiteral("no cycle 7 of ") + kKill));
        RecordedCycle cycle;
        cycle.serverSha256 = QStringLiteral("abc");
        QCOMPARE(otherServer(cycle, QStringLiteral("chaos"), QStringLiteral("abc")), QString());
        const QString other = otherServer(cycle, QStringLiteral("chaos"), QStringLiteral("def"));
        QVERIFY(other.contains(QStringLiteral("SHA-256 is def, that of the recorded cycle abc")));
        QVERIFY(other.contains(QStringLiteral("slipwayctl sandbox up --server FILE")));
        QVERIFY(!otherServer(cycle, QStringLiteral("chaos"), {}).isEmpty());
        cycle.serverSha256.clear();
        QVERIFY(!otherServer(cycle, QStringLiteral("chaos"), {}).isEmpty()); // not known is not the same
    }
};

QTEST_GUILESS_MAIN(ReproTest)
#include "tst_repro.moc"
