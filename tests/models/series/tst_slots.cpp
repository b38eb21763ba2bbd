// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/seriescharts.h"
#include "tests/support/testzone.h"

#include <QTest>

using namespace slipway;

namespace {

const QDateTime kBegin = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));
constexpr qint64 kHour = 3600;
constexpr qint64 kGrace = kHour;

QDateTime hour(double hours) {
    return kBegin.addSecs(static_cast<qint64>(hours * kHour));
}

QList<QDateTime> fourSlots() {
    return {hour(0), hour(4), hour(8), hour(12)};
}

// Hours of its start and its end; an end below its start is none yet.
SeriesRun run(int ordinal, double start, double end) {
    SeriesRun one;
    one.ordinal = ordinal;
    one.startedAt = hour(start);
    one.isRunning = end < start;
    if (!one.isRunning)
        one.completedAt = hour(end);
    one.hasEvidence = !one.isRunning;
    return one;
}

SeriesRun named(int ordinal, double slot, double end) {
    SeriesRun one = run(ordinal, slot, slot);
    one.startedAt = {};
    one.completedAt = hour(end);
    one.slot = hour(slot);
    return one;
}

QString shown(const SlotTable &table) {
    QStringList parts;
    for (const SeriesSlot &slot : table.slotList) {
        QString part = slotStateName(slot.state);
        for (const qsizetype index : slot.runs)
            part += QStringLiteral(" %1").arg(index);
        parts << part;
    }
    for (const qsizetype index : table.extra)
        parts << QStringLiteral("extra %1").arg(index);
    return parts.join(QStringLiteral(", "));
}

} // namespace

class SlotsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void placesRunsByTime_data() {
        QTest::addColumn<QList<SeriesRun>>("runs");
        QTest::addColumn<double>("now");
        QTest::addColumn<QString>("expected");
        using Runs = QList<SeriesRun>;
        QTest::newRow("one each") << Runs{run(1, 0.1, 0.5), run(2, 4.1, 4.5), run(3, 8.1, 8.5),
                                          run(4, 12.1, 12.5)}
                                  << 13.5 << "done 0, done 1, done 2, done 3";
        QTest::newRow("a lost run leaves a hole though ordinals have none")
            << Runs{run(1, 0.1, 0.5), run(2, 8.1, 8.5), run(3, 12.1, 12.5)} << 13.5
            << "done 0, missed, done 1, done 2";
        QTest::newRow("ordinals with a gap leave none")
            << Runs{run(1, 0.1, 0.5), run(7, 4.1, 4.5), run(9, 8.1, 8.5), run(12, 12.1, 12.5)} << 13.5
            << "done 0, done 1, done 2, done 3";
        QTest::newRow("two in one slot")
            << Runs{run(1, 0.1, 0.5), run(2, 0.6, 0.9), run(3, 8.1, 8.5), run(4, 12.1, 12.5)} << 13.5
            << "done 0 1, missed, done 2, done 3";
        QTest::newRow("a run that spans two belongs to the first")
            << Runs{run(1, 0.1, 4.7), run(2, 8.1, 8.5), run(3, 12.1, 12.5)} << 13.5
            << "late 0, missed, done 1, done 2";
        QTest::newRow("the second of them has its own run")
            << Runs{run(1, 0.1, 4.7), run(2, 4.2, 4.9), run(3, 8.1, 8.5), run(4, 12.1, 12.5)} << 13.5
            << "late 0, done 1, done 2, done 3";
        QTest::newRow("late") << Runs{run(1, 0.1, 1.5)} << 2.0 << "late 0, expected, expected, expected";
        QTest::newRow("at the end of its grace")
            << Runs{run(1, 0.1, 1.0)} << 2.0 << "done 0, expected, expected, expected";
        QTest::newRow("under way") << Runs{run(1, 0.1, -1)} << 0.5
                                   << "running 0, expected, expected, expected";
        QTest::newRow("under way for too long")
            << Runs{run(1, 0.1, -1)} << 2.0 << "late 0, expected, expected, expected";
        QTest::newRow("within its grace nothing is missed")
            << Runs{} << 1.0 << "expected, expected, expected, expected";
        QTest::newRow("after it") << Runs{} << 1.01 << "missed, expected, expected, expected";
        QTest::newRow("a timer that fired early")
            << Runs{run(1, -0.01, 0.5)} << 2.0 << "done 0, expected, expected, expected";
        QTest::newRow("before the first slot")
            << Runs{run(1, -2, -1.5)} << 0.5 << "expected, expected, expected, expected, extra 0";
        QTest::newRow("long after the last")
            << Runs{run(1, 17, 17.5)} << 18.0 << "missed, missed, missed, missed, extra 0";
        QTest::newRow("a slot that it names")
            << Runs{named(1, 4, 9.5)} << 9.6 << "missed, late 0, missed, expected";
        QTest::newRow("a time that it names and that is no slot")
            << Runs{named(1, 0, 0.5), named(2, 2.5, 3)} << 4.5
            << "done 0, expected, expected, expected, extra 1";
        QTest::newRow("a clock that was set back before its end")
            << Runs{named(1, 4, 3.5)} << 9.0 << "missed, done 0, expected, expected";
    }
    void placesRunsByTime() {
        QFETCH(QList<SeriesRun>, runs);
        QFETCH(double, now);
        QFETCH(QString, expected);
        QCOMPARE(shown(placeRuns(fourSlots(), kGrace, runs, hour(now), {})), expected);
    }

    void anExcuseIsForASlotInWhichNothingRan() {
        const QList<SlotExcuse> excuses{
            {hour(0), QStringLiteral("Ada"), QStringLiteral("the cloud was down")},
            {hour(4), QStringLiteral("Ada"), QStringLiteral("likewise")}};
        const SlotTable table = placeRuns(fourSlots(), kGrace, {run(1, 0.1, 0.5)}, hour(13.5), excuses);
        QCOMPARE(shown(table), QStringLiteral("done 0, excused, missed, missed"));
        QCOMPARE(table.slotList.at(1).excuse.why, QStringLiteral("likewise"));
        QCOMPARE(table.count(SlotState::Missed), qsizetype(2));
    }

    // A run each hour, and the calendar as the window shows it, where a zone's day has 23 hours or 25.
    void aDayHasItsSlotsInEveryZone_data() {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("from");
        for (const char *zone : {"UTC", "Europe/Berlin"}) {
            for (const char *from : {"2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"})
                QTest::addRow("%s, %.10s", zone, from) << QByteArray(zone) << QString::fromLatin1(from);
        }
    }
    void aDayHasItsSlotsInEveryZone() {
        QFETCH(QByteArray, zone);
        QFETCH(QString, from);
        const test::TestZone machine(zone);
        QCOMPARE(instantOf(QStringLiteral("2026-07-01T00:00:00Z")).toLocalTime().offsetFromUtc(),
                 zone == "UTC" ? 0 : 7200);
        SeriesDefinition definition;
        definition.schedule.cron = *CronSchedule::parse(QStringLiteral("0 * * * *"));
        definition.begin = instantOf(from);
        const QDateTime now = definition.begin.addDays(3).addSecs(-1);
        const QList<QDateTime> times = definition.slotTimes(now);
        QCOMPARE(times.size(), qsizetype(72));
        QList<SeriesRun> runs;
        for (qsizetype i = 0; i < times.size(); ++i) {
            SeriesRun one;
            one.ordinal = static_cast<int>(i) + 1;
            one.startedAt = times.at(i).addSecs(60).toLocalTime(); // as a clock of the machine says it
            one.completedAt = times.at(i).addSecs(600).toLocalTime();
            one.hasEvidence = true;
            runs << one;
        }
        const SlotTable table = placeRuns(times, kGrace, runs, now, {});
        QCOMPARE(table.count(SlotState::Done), qsizetype(72));
        QCOMPARE(table.doubled() + table.count(SlotState::Missed) + table.extra.size(), qsizetype(0));
        const QList<SlotDay> days = slotDays(table);
        QCOMPARE(days.size(), qsizetype(3));
        for (qsizetype i = 0; i < days.size(); ++i) {
            QCOMPARE(days.at(i).day, definition.begin.date().addDays(i));
            QCOMPARE(days.at(i).slotList.size(), qsizetype(24));
            QCOMPARE(dayStart(days.at(i).day), times.at(i * 24).toSecsSinceEpoch());
        }
    }
};

QTEST_APPLESS_MAIN(SlotsTest)
#include "tst_slots.moc"
