// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <QTest>

#include <ctime>

using namespace slipway;

class InstantTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itIsTheSameInEveryZone_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc"); // empty: it is not a time
        QTest::addColumn<bool>("assumed");
        const auto row = [](const char *text, const char *utc, bool assumed) {
            QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(utc) << assumed;
        };
        row("2026-04-20T18:05:48Z", "2026-04-20T18:05:48.000Z", false);
        row("2026-04-20T18:05:48+02:00", "2026-04-20T16:05:48.000Z", false);
        row("2026-04-20T18:05:48.123456-0500", "2026-04-20T23:05:48.123Z", false);
        row("2026-04-20T18:05:48", "2026-04-20T18:05:48.000Z", true);
        row("2026-04-20 18:05:48.5", "2026-04-20T18:05:48.500Z", true);
        row("2026-04-20T18:05", "2026-04-20T18:05:00.000Z", true);
        row("2026-04-20", "2026-04-20T00:00:00.000Z", true);
        row("2026-03-08T02:30:00", "2026-03-08T02:30:00.000Z", true); // New York had no such time
        row("2026-04-20T18:05:48ZZ", "", false);
        row("2026-04-20Z", "", false);
        row("2026-04-20T18:05:48+02:00Z", "", false);
        row("yesterday", "", false);
        row("1776708348", "", false);
        row("", "", false);
    }

    void itIsTheSameInEveryZone() {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        QFETCH(bool, assumed);
        for (const auto *zone : {"UTC", "America/New_York", "Asia/Kolkata"}) {
            qputenv("TZ", zone);
            tzset();
            const Instant instant = readInstant(text);
            QCOMPARE(instant.at.isValid(), !utc.isEmpty());
            QCOMPARE(instant.at.toString(Qt::ISODateWithMs), utc);
            QCOMPARE(instant.isUtcAssumed, assumed);
        }
    }

    void aDateOfHttpIsUtc() {
        qputenv("TZ", "America/New_York");
        tzset();
        const QDateTime read =
            instantOfHttpDate(" Sun, 08 Mar 2026 02:30:00 GMT "); // New York had no such time
        QCOMPARE(read.toString(Qt::ISODate), QStringLiteral("2026-03-08T02:30:00Z"));
        QVERIFY(!instantOfHttpDate("Sun, 08 Mar 2026 02:30:00 EST").isValid());
        QVERIFY(!instantOfHttpDate("soon GMT").isValid());
        QVERIFY(!instantOfHttpDate("").isValid());
    }
};

QTEST_GUILESS_MAIN(InstantTest)
#include "tst_instant.moc"
