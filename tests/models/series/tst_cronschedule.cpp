// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/schedule.h"
#include "tests/support/testzone.h"

#include <QTest>

using namespace slipway;

namespace {

QDateTime at(const char *text) {
    return instantOf(QLatin1String(text));
}

} // namespace

class CronScheduleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsTheNextTime_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("moment");
        QTest::addColumn<QString>("next");
        const auto row = [](const char *name, const char *schedule, const char *moment, const char *next) {
            QTest::newRow(name) << QString::fromLatin1(schedule) << QString::fromLatin1(moment)
                                << QString::fromLatin1(next);
        };
        row("each four hours", "13 */4 * * *", "2026-04-20T20:12:59Z", "2026-04-20T20:13:00Z");
        row("strictly after", "13 */4 * * *", "2026-04-20T20:13:00Z", "2026-04-21T00:13:00Z");
        row("within its minute", "13 */4 * * *", "2026-04-20T20:13:30Z", "2026-04-21T00:13:00Z");
        row("a list and a range", "0,30 9-10 * * *", "2026-04-20T10:00:00Z", "2026-04-20T10:30:00Z");
        row("a step from a number", "5/20 * * * *", "2026-04-20T10:26:00Z", "2026-04-20T10:45:00Z");
        row("the end of a year", "0 0 * * *", "2026-12-31T12:00:00Z", "2027-01-01T00:00:00Z");
        row("29 February", "0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z");
        row("7 is Sunday", "0 12 * * 7", "2026-04-20T00:00:00Z", "2026-04-26T12:00:00Z");
        row("both days: either", "0 0 1 * 1", "2026-04-28T00:00:00Z", "2026-05-01T00:00:00Z");
        row("both days: the other", "0 0 1 * 1", "2026-05-01T00:00:00Z", "2026-05-04T00:00:00Z");
        // Where a zone puts its clocks forward at 01:00 UTC, UTC has its hour like any other.
        row("the day of 23 hours", "30 1 * * *", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z");
    }
    void findsTheNextTime() {
        QFETCH(QString, schedule);
        QFETCH(QString, moment);
        QFETCH(QString, next);
        const auto cron = CronSchedule::parse(schedule);
        QVERIFY2(cron.ok(), cron ? "" : qPrintable(cron.error().text));
        QCOMPARE(cron->after(instantOf(moment)).toString(Qt::ISODate), next);
        QVERIFY(cron->matches(instantOf(next)));
    }

    // Berlin's day of 23 hours, and that of 25: in UTC no slot moves, is left out or comes twice.
    void aMachinesZoneMovesNoSlot_data() {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("from");
        QTest::addColumn<qint64>("seconds");
        for (const char *zone : {"UTC", "Europe/Berlin"}) {
            for (const char *from : {"2026-03-28T00:00:00Z", "2026-10-24T00:00:00Z"}) {
                QTest::addRow("%s, %.10s, each hour", zone, from)
                    << QByteArray(zone) << QStringLiteral("30 * * * *") << QString::fromLatin1(from)
                    << qint64(3600);
                QTest::addRow("%s, %.10s, each day", zone, from)
                    << QByteArray(zone) << QStringLiteral("30 1 * * *") << QString::fromLatin1(from)
                    << qint64(24 * 3600);
            }
        }
    }
    void aMachinesZoneMovesNoSlot() {
        QFETCH(QByteArray, zone);
        QFETCH(QString, schedule);
        QFETCH(QString, from);
        QFETCH(qint64, seconds);
        const test::TestZone machine(zone);
        // The zone is in force, with its summer time.
        QCOMPARE(at("2026-07-01T00:00:00Z").toLocalTime().offsetFromUtc(), zone == "UTC" ? 0 : 7200);
        Schedule times;
        const auto cron = CronSchedule::parse(schedule);
        QVERIFY(cron.ok());
        times.cron = *cron;
        const QDateTime begin = instantOf(from);
        const QList<QDateTime> found = times.between(begin, begin.addSecs(3 * 24 * 3600 - 1));
        QCOMPARE(found.size(), qsizetype(3 * 24 * 3600 / seconds));
        for (qsizetype i = 1; i < found.size(); ++i)
            QCOMPARE(found.at(i - 1).secsTo(found.at(i)), seconds);
        // The same slot, asked with a moment of the machine's own clock.
        QCOMPARE(cron->after(begin.toLocalTime()), found.constFirst());
        QVERIFY(cron->matches(found.constLast().toLocalTime()));
    }

    void refusesWhatIsNotASchedule_data() {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("names");
        QTest::newRow("four fields") << "13 */4 * *"
                                     << "it has 4 fields";
        QTest::newRow("nothing") << ""
                                 << "it has 0 fields";
        QTest::newRow("a minute too many") << "60 * * * *"
                                           << "not a valid minute";
        QTest::newRow("a range backwards") << "0 9-8 * * *"
                                           << "not a valid hour";
        QTest::newRow("no step") << "*/0 * * * *"
                                 << "not a valid minute";
        QTest::newRow("a name") << "@daily"
                                << "it has 1 fields";
        QTest::newRow("30 February") << "0 0 30 2 *"
                                     << "no day fits it";
        QTest::newRow("digits of another script") << QString::fromUtf8("٣ * * * *") << "not a valid minute";
        QTest::newRow("an empty item") << "1,,2 * * * *"
                                       << "not a valid minute";
    }
    void refusesWhatIsNotASchedule() {
        QFETCH(QString, schedule);
        QFETCH(QString, names);
        const auto cron = CronSchedule::parse(schedule);
        QVERIFY(!cron.ok());
        QVERIFY2(cron.error().text.contains(names), qPrintable(cron.error().text));
    }

    void infersFromSlotsWithHolesAndDoubles() {
        QList<QDateTime> times;
        for (int i = 0; i < 40; ++i) {
            if (i != 7 && i != 8 && i != 21)
                times << at("2026-04-20T20:13:00Z").addSecs(i * 4 * 3600);
        }
        times << times.at(3) << at("2026-04-22T09:40:00Z"); // a double, and one that was started by hand
        const auto schedule = inferSchedule(times, true);
        QVERIFY(schedule.has_value());
        QCOMPARE(schedule->text(), QStringLiteral("13 */4 * * *"));
        QCOMPARE(schedule->between(at("2026-04-20T20:13:00Z"), at("2026-04-21T04:13:00Z")).size(),
                 qsizetype(3));
    }

    void infersFromEndsThatWander() {
        QList<QDateTime> times;
        for (int i = 0; i < 30; ++i)
            times << at("2026-04-20T20:13:00Z").addSecs(i * 4 * 3600 + (14 + (i * 37) % 74) * 60);
        const auto schedule = inferSchedule(times, false);
        QVERIFY(schedule.has_value());
        QCOMPARE(schedule->text(), QStringLiteral("15 */4 * * *"));
    }

    void infersWhatCronCannotSay() {
        QList<QDateTime> times;
        for (int i = 0; i < 10; ++i)
            times << at("2026-04-20T20:00:00Z").addSecs(i * 100 * 60);
        const auto schedule = inferSchedule(times, true);
        QVERIFY(schedule.has_value());
        QVERIFY(!schedule->cron);
        QCOMPARE(schedule->after(times.at(4)), times.at(5));
        QCOMPARE(schedule->after(times.at(0).addSecs(-1)), times.at(0));
    }

    void infersNothingFromRunsWithoutRhythm() {
        const QList<QDateTime> times{at("2026-04-20T20:00:00Z"), at("2026-04-20T20:20:00Z"),
                                     at("2026-04-23T09:00:00Z"), at("2026-05-09T09:00:00Z"),
                                     at("2026-05-09T10:10:00Z")};
        QVERIFY(!inferSchedule(times, true));
        QVERIFY(!inferSchedule(times, false));
        QVERIFY(!inferSchedule(times.mid(0, 2), true));
    }
};

QTEST_APPLESS_MAIN(CronScheduleTest)
#include "tst_cronschedule.moc"
