// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/series/definitionfields.h"

#include <QTest>

using namespace slipway;

namespace {

const QDateTime kNow = instantOf(QStringLiteral("2026-12-01T05:00:00Z"));

SeriesDefinition sound() {
    SeriesDefinition series;
    series.name = QStringLiteral("nightly");
    series.begin = kNow;
    series.schedule.cron = *CronSchedule::parse(QStringLiteral("13 */4 * * *"));
    series.plan.fleet = QStringLiteral("gate");
    return series;
}

QString textOf(const QList<FieldProblem> &problems) {
    QStringList texts;
    for (const FieldProblem &problem : problems)
        texts << problem.field + QStringLiteral(": ") + problem.text;
    return texts.join(QLatin1Char('\n'));
}

} // namespace

class DefinitionFieldsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldIsReadAsItWasWritten() {
        SeriesDefinition series = sound();
        series.end = kNow.addDays(14);
        series.slotCount = 84;
        series.graceSeconds = 90 * 60;
        series.claim = 0.999;
        series.budgets = {1, 4, 120.5};
        series.breakerSlots = 5;
        series.baseline = BaselineRange{40, 60};
        series.plan = {QStringLiteral("gate"),
                       QStringLiteral("v0.6.0"),
                       QStringLiteral("gate.json"),
                       {QStringLiteral("cycles=50"), QStringLiteral("faults=a b")},
                       QStringLiteral("/opt/ai-memory")};
        series.notices = {QStringLiteral("https://example.org/hook"),
                          QStringLiteral("https://example.org/ping"), QStringLiteral("../site")};
        SeriesDefinition read;
        QCOMPARE(textOf(setFields(read, fieldsOf(series))), QString());
        QCOMPARE(definitionToJson(read), definitionToJson(series));
    }

    void whatIsWrongIsSaidOfItsField_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("problem"); // its beginning; empty: none
        const auto row = [](const char *field, const char *text, const char *problem) {
            QTest::addRow("%s %s", field, *text ? text : "nothing")
                << QString::fromLatin1(field) << QString::fromLatin1(text) << QString::fromLatin1(problem);
        };
        row("name", "../x", "\"../x\" ");
        row("name", "", "is missing");
        row("cron", "61 * * * *", "\"61 * * * *\" is not a valid schedule: \"61\" is not a valid minute");
        row("cron", "0 25 * * *", "\"0 25 * * *\" is not a valid schedule: \"25\" is not a valid hour");
        row("cron", "", "is missing");
        row("begin", "soon", "must be a time such as");
        row("begin", "", "is missing");
        row("end", "2026-13-01", "must be a time such as");
        row("end", "2026-11-01T00:00Z", "is before the begin");
        row("end", "", "");
        row("slots", "many", "must be a whole number");
        row("slots", "0", "must be from 1 to");
        row("slots", "", "");
        row("grace", "1.5", "must be a number of minutes");
        row("grace", "44641", "must be a number of minutes");
        row("grace", "0", "must be from a second");
        row("claim", "1", "must be a share");
        row("claim", "nan", "must be a number");
        row("max-reds", "-1", "must be from 0");
        row("max-without-evidence", "4.5", "must be a whole number");
        row("max-cost", "-1", "must be 0 or more");
        row("max-cost", "", "");
        row("breaker", "0", "must be from 1");
        row("baseline", "40-60", "");
        row("baseline", "40", "");
        row("baseline", "40-45", "must name at least 10 runs");
        row("baseline", "60-40", "must be runs such as");
        row("baseline", "0", "must be runs such as");
        row("baseline", "", "");
        row("set", "cycles", "must be NAME=VALUE");
        row("webhook", "https://ada:secret@example.org", "must be an https:// or http:// address");
        row("ping", "ftp://example.org", "must be an https:// or http:// address");
        row("ping", "", "");
    }
    void whatIsWrongIsSaidOfItsField() {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(QString, problem);
        SeriesDefinition series = sound();
        const QList<FieldProblem> problems = setFields(series, {{field, {text}}});
        QCOMPARE(problems.size(), qsizetype(problem.isEmpty() ? 0 : 1));
        if (problem.isEmpty())
            return;
        QCOMPARE(problems.constFirst().field, field);
        QVERIFY2(problems.constFirst().text.startsWith(problem), qPrintable(problems.constFirst().text));
    }

    void anEmptyTextRemovesWhatMayBeAbsent() {
        SeriesDefinition series = sound();
        series.end = kNow.addDays(1);
        series.slotCount = 3;
        series.budgets.cost = 10;
        series.baseline = BaselineRange{1, 20};
        series.notices.ping = QStringLiteral("https://example.org");
        DefinitionFields fields;
        for (const char *field : {"end", "slots", "max-cost", "baseline", "ping"})
            fields.insert(QLatin1String(field), {QString()});
        QCOMPARE(textOf(setFields(series, fields)), QString());
        QCOMPARE(definitionToJson(series), definitionToJson(sound()));
    }

    void aScheduleThatCronCannotSayIsKept() {
        SeriesDefinition series = sound();
        series.schedule = Schedule();
        series.schedule.anchor = kNow;
        series.schedule.periodSeconds = 5400;
        series.graceSeconds = 2725; // of an inferred one: no whole minutes
        const QJsonObject before = definitionToJson(series);
        QCOMPARE(textOf(setFields(series, fieldsOf(series))), QString());
        QCOMPARE(definitionToJson(series), before);
    }

    void theNextSlotsAreSaid_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *field, const char *text, const char *said) {
            QTest::addRow("%s %s", field, text)
                << QString::fromLatin1(field) << QString::fromLatin1(text) << QString::fromLatin1(said);
        };
        row("cron", "13 */4 * * *", "Next: Tue 1 Dec 08:13, 12:13, 16:13 UTC");
        row("cron", "0 3 * * 0", "Next: Sun 6 Dec 03:00, Sun 13 Dec 03:00, Sun 20 Dec 03:00 UTC");
        row("cron", "0 0 1 1 *",
            "Next: Fri 1 Jan 2027 00:00, Sat 1 Jan 2028 00:00, Mon 1 Jan 2029 00:00 UTC");
        row("begin", "2026-12-24T00:00Z", "Next: Thu 24 Dec 00:13, 04:13, 08:13 UTC");
        row("slots", "2", "Next: Tue 1 Dec 08:13, 12:13 UTC; then it is over");
        row("end", "2026-12-01T08:13Z", "Next: Tue 1 Dec 08:13 UTC; then it is over");
        row("end", "2026-12-01T08:00Z", "No slot comes: the series is over.");
    }
    void theNextSlotsAreSaid() {
        QFETCH(QString, field);
        QFETCH(QString, text);
        QFETCH(QString, said);
        SeriesDefinition series = sound();
        QCOMPARE(textOf(setFields(series, {{field, {text}}})), QString());
        QCOMPARE(slotsAheadText(series, kNow), said);
    }

    void slotsThatAreOverCount() {
        SeriesDefinition series = sound();
        series.begin = kNow.addDays(-1); // six slots since
        series.slotCount = 7;
        QCOMPARE(slotsAheadText(series, kNow), QStringLiteral("Next: Tue 1 Dec 08:13 UTC; then it is over"));
        series.slotCount = 6;
        QCOMPARE(slotsAheadText(series, kNow), QStringLiteral("No slot comes: the series is over."));
    }
};

QTEST_APPLESS_MAIN(DefinitionFieldsTest)
#include "tst_definitionfields.moc"
