// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/protocol.h"

#include <QFile>
#include <QTest>

using namespace slipway;

namespace {

Protocol shipGate() {
    QFile file(QStringLiteral(SLIPWAY_SOURCE_DIR "/resources/protocols/ship-gate.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s", qPrintable(file.errorString()));
    const auto protocol = parseProtocol(file.readAll(), QStringLiteral("ship-gate.json"));
    if (!protocol)
        qFatal("%s", qPrintable(protocol.error().text));
    return *protocol;
}

} // namespace

class ProtocolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shipGateHasFourPhases() {
        const Protocol protocol = shipGate();
        QCOMPARE(protocol.phases.size(), 4);
        for (int number = 1; number <= 4; ++number) {
            QVERIFY(protocol.phase(number));
            QVERIFY(!protocol.phase(number)->proves.isEmpty());
        }
        QVERIFY(!protocol.phase(5));
    }

    void everyProgramExists() {
        for (const Phase &phase : shipGate().phases) {
            for (const Step &step : phase.steps)
                QVERIFY2(
                    QFile::exists(QStringLiteral(SLIPWAY_SOURCE_DIR "/resources/phases/") + step.program),
                    qPrintable(step.program));
        }
    }

    void laterValuesWin() {
        const Protocol protocol = shipGate();
        const auto values = resolveParameters(protocol,
                                              {{QStringLiteral("cycles"), QStringLiteral("7")},
                                               {QStringLiteral("writes"), QStringLiteral("9")}},
                                              {{QStringLiteral("cycles"), QStringLiteral("8")}});
        QVERIFY(values.ok());
        QCOMPARE(values->value(QStringLiteral("cycles")), QStringLiteral("8"));
        QCOMPARE(values->value(QStringLiteral("writes")), QStringLiteral("9"));
    }

    void badValuesAreNamed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("unknown") << "cylces"
                                 << "50";
        QTest::newRow("word") << "cycles"
                              << "many";
        QTest::newRow("fraction") << "cycles"
                                  << "1.5";
        QTest::newRow("zero") << "cycles"
                              << "0";
        QTest::newRow("negative") << "writes"
                                  << "-1";
        QTest::newRow("not a number") << "convergence_min"
                                      << "nan";
        QTest::newRow("above one") << "convergence_min"
                                   << "1.5";
        QTest::newRow("newline") << "faults"
                                 << "a\nb";
    }

    void badValuesAreNamed() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto values = resolveParameters(shipGate(), {}, {{name, value}});
        QVERIFY(!values.ok());
        QCOMPARE(values.error().code, ErrorCode::InvalidInput);
        QVERIFY2(values.error().text.contains(name), qPrintable(values.error().text));
    }
};

QTEST_APPLESS_MAIN(ProtocolTest)
#include "tst_protocol.moc"
