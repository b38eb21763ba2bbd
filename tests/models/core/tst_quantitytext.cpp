// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/quantitytext.h"

#include <QTest>

namespace slipway {

class QuantityTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsDurationsByTheirSize_data() {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<QString>("tenth");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("minute");
        const auto row = [](const char *name, qint64 milliseconds, const char *tenth, const char *second,
                            const char *minute) {
            QTest::newRow(name) << milliseconds << QString::fromLatin1(tenth) << QString::fromLatin1(second)
                                << QString::fromLatin1(minute);
        };
        row("negative", -5, "0.0 s", "0 s", "0 min");
        row("short", 3210, "3.2 s", "3 s", "0 min");
        row("last of tenths", 9900, "9.9 s", "9 s", "0 min");
        row("ten seconds", 10'000, "10 s", "10 s", "0 min");
        row("last second", 59'999, "59 s", "59 s", "0 min");
        row("minutes", 1'035'000, "17 min 15 s", "17 min 15 s", "17 min");
        row("last minute", 3'599'999, "59 min 59 s", "59 min 59 s", "59 min");
        row("hours", 3'720'000, "1 h 2 min", "1 h 2 min", "1 h 2 min");
        row("last hour", 172'799'999, "47 h 59 min", "47 h 59 min", "47 h 59 min");
        row("days", 273'600'000, "3 d 4 h", "3 d 4 h", "3 d 4 h");
    }
    void showsDurationsByTheirSize() {
        QFETCH(qint64, milliseconds);
        QTEST(durationText(milliseconds), "tenth");
        QTEST(durationText(milliseconds, SpanTo::Second), "second");
        QTEST(durationText(milliseconds, SpanTo::Minute), "minute");
    }

    void showsSizesByTheirSize_data() {
        QTest::addColumn<qint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << QStringLiteral("0 bytes");
        QTest::newRow("one") << qint64(1) << QStringLiteral("1 byte");
        QTest::newRow("last byte") << qint64(1023) << QStringLiteral("1023 bytes");
        QTest::newRow("KiB") << qint64(1024) << QStringLiteral("1.0 KiB");
        QTest::newRow("MiB") << qint64(64) * 1024 * 1024 << QStringLiteral("64.0 MiB");
        QTest::newRow("GiB") << qint64(3) * 512 * 1024 * 1024 << QStringLiteral("1.5 GiB");
        QTest::newRow("TiB") << (qint64(1) << 50) << QStringLiteral("1024.0 TiB");
    }
    void showsSizesByTheirSize() {
        QFETCH(qint64, bytes);
        QTEST(bytesText(bytes), "text");
    }
};

} // namespace slipway

QTEST_GUILESS_MAIN(slipway::QuantityTextTest)
#include "tst_quantitytext.moc"
