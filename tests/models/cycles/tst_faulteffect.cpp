// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cyclebuilder.h"
#include "models/cycles/faultclass.h"
#include "models/cycles/faulteffect.h"
#include "models/evidence/streamgrammar.h"
#include "models/evidence/streamorder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace slipway;

namespace {

Observation observed(QByteArray fields) {
    QList<Observation> found;
    fields.replace('\'', '"');
    forEachObservation(
        {QStringLiteral("x"), "{\"t\":\"2026-04-20T10:00:00.000000Z\",\"up_ms\":1000," + fields + "}\n"},
        [&](const Observation &observation) { found << observation; });
    return found.value(0);
}

constexpr qint64 kStartUs = 1'776'679'200'000'000; // 2026-04-20T10:00:00Z

// A cycle of four writes, two of which are in flight when the fault is in force, and of nodes that hold all.
QByteArray stream(const QByteArray &fault, const QByteArray &effect, const QByteArray &healed) {
    qint64 ms = 0;
    QByteArray lines;
    const auto line = [&](const QByteArray &fields) {
        ms += 10;
        QByteArray one = "{\"t\":\"2026-04-20T10:00:00." +
                         QByteArray::number(100'000 + ms * 1000).rightJustified(6, '0') +
                         "Z\",\"up_ms\":" + QByteArray::number(1000 + ms) + ',' + fields + "}\n";
        lines += one.replace('\'', '"');
    };
    const QByteArray place = "'fault':'" + fault + "','cycle':1,";
    line("'obs':'begin','phase':4");
    line("'obs':'cycle_begin'," + place + "'writes':4");
    const auto write = [&](int number, qint64 from, qint64 to) {
        line("'obs':'write'," + place + "'agent':'a','id':'w" + QByteArray::number(number) +
             "','code':'201','bytes':100,'start_us':" + QByteArray::number(kStartUs + from) +
             ",'end_us':" + QByteArray::number(kStartUs + to));
    };
    write(1, 121'000, 125'000);
    line("'obs':'fault'," + place + "'fault_us':" + QByteArray::number(kStartUs + 135'000) +
         ",'acked_before':1,'injected':true,'seed':7,'node':'node-1','limit_ms':500");
    write(2, 130'000, 145'000);
    write(3, 131'000, 156'000);
    line("'obs':'fault_effect'," + place + effect);
    if (!healed.isEmpty())
        line("'obs':'healed'," + place + healed);
    write(4, 170'000, 172'000);
    line("'obs':'settled'," + place + "'complete':true,'ms':5,'limit_ms':20000");
    for (const char *node : {"node-0", "node-1", "node-2"})
        line("'obs':'held'," + place + "'node':'" + node +
             "','alone':true,'foreign':0,'ids':['w1','w2','w3','w4']");
    line("'obs':'cycle_end'," + place + "'complete':true");
    return lines;
}

const QByteArray kPaused = "'node':'node-1','state':'T','effective':true";
const QByteArray kHealed = "'node':'node-1','heal_us':1776679200165000,'healed':true";

} // namespace

class FaultEffectTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatShowsAnEffect_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("shows");
        const auto row = [](const char *fault, const char *fields, bool shows) {
            QTest::addRow("%s %s", fault, fields)
                << QString::fromLatin1(fault) << QByteArray("'obs':'fault_effect',") + fields << shows;
        };
        const char *kill = "kill_primary_mid_write";
        row(kill, "'node':'node-0','status':137,'effective':true", true);
        row(kill, "'node':'node-0','status':137,'effective':false", false);
        row(kill, "'node':'node-1','status':137,'effective':true", false);
        row(kill, "'node':'node-0','status':143,'effective':true", false);
        row(kill, "'node':'node-0','effective':true", false);
        const char *partition = "partition_minority";
        row(partition, "'packets_from':0,'packets_to':1,'effective':true", true);
        row(partition, "'packets_from':1,'packets_to':0,'effective':true", true);
        row(partition, "'packets_from':0,'packets_to':0,'effective':true", false);
        row(partition, "'packets_from':-1,'packets_to':9,'effective':true", false);
        row(partition, "'packets_from':9,'packets_to':9,'effective':false", false);
        row(partition, "'packets_to':9,'effective':true", false);
        row(partition, "'packets_from':'9','packets_to':'9','effective':true", false);
        row(partition, "'effective':true", false);
        const char *answers = "drop_random_acks";
        row(answers, "'packets_seen':1,'packets_dropped':1,'effective':true", true);
        row(answers, "'packets_seen':9,'packets_dropped':0,'effective':true", false);
        row(answers, "'packets_seen':3,'packets_dropped':4,'effective':true", false);
        row(answers, "'packets_dropped':4,'effective':true", false);
        const char *clock = "clock_skew_peer";
        row(clock, "'skew_asked_s':60,'skew_before_s':-2,'skew_told_s':62,'effective':true", true);
        row(clock, "'skew_asked_s':-60,'skew_before_s':2,'skew_told_s':-62,'effective':true", true);
        row(clock, "'skew_asked_s':60,'skew_before_s':3,'skew_told_s':60,'effective':true", false);
        row(clock, "'skew_asked_s':60,'skew_before_s':0,'skew_told_s':57,'effective':true", false);
        row(clock, "'skew_asked_s':60,'skew_before_s':0,'skew_told_s':0,'effective':true", false);
        row(clock, "'skew_asked_s':30,'skew_before_s':0,'skew_told_s':30,'effective':true", true);
        row(clock, "'skew_asked_s':29,'skew_before_s':0,'skew_told_s':29,'effective':true", false);
        row(clock, "'skew_asked_s':60,'skew_before_s':null,'skew_told_s':null,'effective':true", false);
        const char *pause = "pause_peer";
        row(pause, "'node':'node-2','state':'T','effective':true", true);
        row(pause, "'node':'node-0','state':'T','effective':true", false);
        row(pause, "'node':'node-2','state':'S','effective':true", false);
        row(pause, "'node':'node-2','effective':true", false);
        row("nonsense", "'effective':true", false);
    }

    void whatShowsAnEffect() {
        QFETCH(const QString, fault);
        QFETCH(const QByteArray, fields);
        QFETCH(const bool, shows);
        const Observation effect = observed(fields);
        QCOMPARE(effect.kind, QStringLiteral("fault_effect"));
        QCOMPARE(showsEffect(fault, effect), shows);
        // What says that it took effect and does not show it contradicts itself.
        if (exercisedFaults().contains(fault))
            QCOMPARE(effectProblem(fault, effect).isEmpty(), shows || !effect.flag("effective"));
    }

    void whatACycleIsWorth_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QByteArray>("effect");
        QTest::addColumn<QByteArray>("healed");
        QTest::addColumn<bool>("struck");
        QTest::addColumn<QString>("trouble");
        QTest::addColumn<QString>("contradiction"); // of its order; a part
        const QString open = QStringLiteral("its fault was not seen to be over");
        QTest::newRow("as measured") << QByteArray("pause_peer") << kPaused << kHealed << true << QString()
                                     << QString();
        QTest::newRow("no effect") << QByteArray("pause_peer")
                                   << QByteArray("'node':'node-1','state':'S','effective':false") << kHealed
                                   << false << QString() << QString();
        QTest::newRow("an effect that is said and not shown")
            << QByteArray("pause_peer") << QByteArray("'node':'node-1','state':'S','effective':true")
            << kHealed << false << QString() << QStringLiteral("a peer stood still when");
        QTest::newRow("not healed") << QByteArray("pause_peer") << kPaused
                                    << QByteArray("'node':'node-1','heal_us':1776679200165000,'healed':false")
                                    << true << open << QString();
        QTest::newRow("nothing of a healing")
            << QByteArray("pause_peer") << kPaused << QByteArray() << true << open << QString();
        QTest::newRow("healed before it struck")
            << QByteArray("pause_peer") << kPaused
            << QByteArray("'node':'node-1','heal_us':1776679200134000,'healed':true") << true << QString()
            << QStringLiteral("a fault was over outside the time");
        QTest::newRow("healed at no time")
            << QByteArray("pause_peer") << kPaused << QByteArray("'node':'node-1','healed':true") << true
            << QString() << QStringLiteral("a fault was over outside the time");
    }

    void whatACycleIsWorth() {
        QFETCH(const QByteArray, fault);
        QFETCH(const QByteArray, effect);
        QFETCH(const QByteArray, healed);
        QFETCH(const bool, struck);
        QFETCH(const QString, trouble);
        QFETCH(const QString, contradiction);
        const EvidenceFile file{QStringLiteral("x"), stream(fault, effect, healed)};
        const QList<Cycle> cycles = cyclesFromStream(file);
        QCOMPARE(cycles.size(), 1);
        QCOMPARE(cycles.constFirst().trouble, trouble);
        QCOMPARE(cycles.constFirst().inFlight, 2);
        QCOMPARE(cycles.constFirst().struck(), struck);
        QCOMPARE(cycles.constFirst().converged, trouble.isEmpty() ? std::optional<qint64>(4) : std::nullopt);
        HostClock clock;
        StreamOrder order;
        forEachObservation(file, [&](const Observation &observation) {
            order.add(observation, clock.read(observation), false);
        });
        QVERIFY2(contradiction.isEmpty() ? order.problem().isEmpty()
                                         : order.problem().contains(contradiction),
                 qPrintable(order.problem()));
    }

    // Also the node that acknowledged it, which lives on.
    void everySurvivorMustHoldWhatWasAcknowledged_data() {
        QTest::addColumn<QByteArray>("node");
        for (const char *node : {"node-0", "node-1", "node-2"})
            QTest::newRow(node) << QByteArray(node);
    }
    void everySurvivorMustHoldWhatWasAcknowledged() {
        QFETCH(const QByteArray, node);
        QByteArray lines = stream("pause_peer", kPaused, kHealed);
        const qsizetype at = lines.indexOf("\"node\":\"" + node + "\",\"alone\"");
        QVERIFY(at > 0);
        lines.replace(lines.indexOf(",\"w4\"", at), 5, "");
        const Cycle cycle = cyclesFromStream({QStringLiteral("x"), lines}).constFirst();
        QCOMPARE(cycle.converged, 3);
        QCOMPARE(cycle.lost, QStringList{QStringLiteral("w4")});
    }

    // Only behind a fault that ends, within the plan's time, and of nodes that live on.
    void whereAHealingMayStand_data() {
        QTest::addColumn<QByteArray>("fault");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("problem"); // a part; empty for none
        const auto row = [](const char *name, const char *fault, const char *from, const char *to,
                            const char *problem) {
            QTest::newRow(name) << QByteArray(fault) << QByteArray(from) << QByteArray(to)
                                << QString::fromLatin1(problem);
        };
        row("as measured", "pause_peer", "", "", "");
        row("behind a kill", "kill_primary_mid_write", "", "", "never reports this: healed node-1");
        row("a longer fault", "pause_peer", "\"limit_ms\":500", "\"limit_ms\":501",
            "a fault of at most 501 ms");
        row("no limit", "pause_peer", ",\"limit_ms\":500", "", "a fault of at most 0 ms");
        row("of a node that is none", "pause_peer",
            "\"obs\":\"healed\",\"fault\":\"pause_peer\",\"cycle\":1,\"node\":\"node-1\"",
            "\"obs\":\"healed\",\"fault\":\"pause_peer\",\"cycle\":1,\"node\":\"node-9\"",
            "never reports this: healed node-9");
    }
    void whereAHealingMayStand() {
        QFETCH(const QByteArray, fault);
        QFETCH(const QByteArray, from);
        QFETCH(const QByteArray, to);
        QFETCH(const QString, problem);
        QByteArray lines = stream(fault, kPaused, kHealed);
        if (!from.isEmpty()) {
            QCOMPARE(lines.count(from), 1);
            lines.replace(from, to);
        }
        RecordedPlan plan;
        for (const auto &[name, value] :
             {std::pair{"agents", "1"}, std::pair{"writes", "4"}, std::pair{"fault_ms", "500"},
              std::pair{"fault_after_acks", "1"}, std::pair{"cycle_settle_seconds", "20"}})
            plan.parameters.insert(QLatin1String(name), QLatin1String(value));
        PlannedRun run;
        run.phase = 4;
        run.step = run.host = QStringLiteral("chaos");
        StreamGrammar grammar(plan, run);
        forEachObservation({QStringLiteral("x"), lines},
                           [&](const Observation &observation) { grammar.add(observation); });
        QVERIFY2(problem.isEmpty() ? grammar.problem().isEmpty() : grammar.problem().contains(problem),
                 qPrintable(grammar.problem()));
    }

    // A write that a node acknowledged while another one stood still is in order; one of a primary that was
    // killed is not.
    void everyNodeLivesOnBehindAFaultThatEnds() {
        QCOMPARE(survivorsOf(QStringLiteral("pause_peer")).size(), 3);
        QCOMPARE(survivorsOf(QStringLiteral("kill_primary_mid_write")),
                 (QStringList{QStringLiteral("node-1"), QStringLiteral("node-2")}));
        QVERIFY(!isHealed(QStringLiteral("kill_primary_mid_write")));
        QVERIFY(!isHealed(QStringLiteral("nonsense")));
    }
};

QTEST_APPLESS_MAIN(FaultEffectTest)
#include "tst_faulteffect.moc"
