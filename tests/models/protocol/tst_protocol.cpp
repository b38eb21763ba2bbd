// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/protocol/deadline.h"
#include "models/protocol/parametertext.h"
#include "models/protocol/protocol.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QTest>

using namespace slipway;

namespace {

Protocol shipGate() {
    QFile file(testPaths::source("resources/protocols/ship-gate.json"));
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

    void aParameterHasPlainWords_data() {
        QTest::addColumn<QString>("description");
        QTest::addColumn<QString>("phases");
        QTest::addColumn<QString>("label");
        QTest::newRow("one phase") << "Phase 4: cycles of each fault class"
                                   << "Phase 4"
                                   << "Cycles of each fault class";
        QTest::newRow("two phases") << "Phases 2 and 4: agents that write"
                                    << "Phases 2 and 4"
                                    << "Agents that write";
        QTest::newRow("clauses") << "Phase 4: fault classes, separated by blanks: a, b; and more. Then more"
                                 << "Phase 4"
                                 << "Fault classes, separated by blanks";
        QTest::newRow("sentences") << "Phase 3: a database. It is thrown away"
                                   << "Phase 3"
                                   << "A database";
        QTest::newRow("share") << "share of 0.5 or more"
                               << ""
                               << "Share of 0.5 or more";
        QTest::newRow("none") << ""
                              << ""
                              << "writes";
    }

    void aParameterHasPlainWords() {
        QFETCH(QString, description);
        QFETCH(QString, phases);
        QFETCH(QString, label);
        Parameter parameter;
        parameter.name = QStringLiteral("writes");
        parameter.description = description;
        QCOMPARE(parameterText(parameter).phases, phases);
        QCOMPARE(parameterText(parameter).label, label);
    }

    // Two fields of a form that are called the same cannot be distinguished.
    void noTwoParametersOfAPhaseAreCalledTheSame() {
        QStringList labels;
        for (const Parameter &parameter : shipGate().parameters) {
            const ParameterText text = parameterText(parameter);
            QVERIFY2(!text.phases.isEmpty(), qPrintable(parameter.name));
            labels << text.phases + text.label;
        }
        QCOMPARE(labels.removeDuplicates(), 0);
    }

    void everyProgramExists() {
        for (const Phase &phase : shipGate().phases) {
            for (const Step &step : phase.steps)
                QVERIFY2(QFile::exists(testPaths::source("resources/phases/") + step.program),
                         qPrintable(step.program));
        }
    }

    void laterValuesWin() {
        const Protocol protocol = shipGate();
        const auto values = resolveParameters(protocol,
                                              {{QStringLiteral("port"), QStringLiteral("7000")},
                                               {QStringLiteral("chaos_port"), QStringLiteral("9000")}},
                                              {{QStringLiteral("port"), QStringLiteral("8000")}});
        QVERIFY(values.ok());
        QCOMPARE(values->value(QStringLiteral("port")), QStringLiteral("8000"));
        QCOMPARE(values->value(QStringLiteral("chaos_port")), QStringLiteral("9000"));
    }

    // The fault must strike while writes are in flight, however few a cycle has.
    void aDefaultScalesWithAnotherParameter_data() {
        QTest::addColumn<QString>("writes");
        QTest::addColumn<QString>("set");
        QTest::addColumn<QString>("strikesAfter");
        QTest::newRow("default") << "100" << QString() << "75";
        QTest::newRow("fewer") << "40" << QString() << "30";
        QTest::newRow("rounded down") << "30" << QString() << "22";
        QTest::newRow("more") << "1000" << QString() << "750";
        QTest::newRow("within its limits") << "1" << QString() << "1";
        QTest::newRow("set by a person") << "40" << QStringLiteral("75") << "75";
    }
    void aDefaultScalesWithAnotherParameter() {
        QFETCH(QString, writes);
        QFETCH(QString, set);
        QFETCH(QString, strikesAfter);
        QMap<QString, QString> settings{{QStringLiteral("writes"), writes}};
        if (!set.isEmpty())
            settings.insert(QStringLiteral("fault_after_acks"), set);
        const auto values = resolveParameters(shipGate(), {}, settings);
        QVERIFY(values.ok());
        QCOMPARE(values->value(QStringLiteral("fault_after_acks")), strikesAfter);
    }

    void onlyWholeNumbersScale_data() {
        QTest::addColumn<QByteArray>("scalesWith");
        QTest::addColumn<bool>("isValid");
        QTest::newRow("an integer") << QByteArray("writes") << true;
        QTest::newRow("a real") << QByteArray("convergence_min") << false;
        QTest::newRow("a text") << QByteArray("faults") << false;
        QTest::newRow("itself") << QByteArray("fault_after_acks") << false;
        QTest::newRow("none of the protocol") << QByteArray("wrights") << false;
        QTest::newRow("a default of 0") << QByteArray("stop_early") << false;
    }
    void onlyWholeNumbersScale() {
        QFETCH(QByteArray, scalesWith);
        QFETCH(bool, isValid);
        QByteArray json = shipGate().source;
        json.replace("\"scales_with\": \"writes\"", "\"scales_with\": \"" + scalesWith + '"');
        const auto protocol = parseProtocol(json, QStringLiteral("ship-gate.json"));
        QCOMPARE(protocol.ok(), isValid);
        if (!isValid)
            QVERIFY2(protocol.error().text.contains(QStringLiteral("cannot scale with")),
                     qPrintable(protocol.error().text));
    }

    void aFleetSetsNoThreshold_data() {
        QTest::addColumn<QString>("name");
        for (const char *name : {"convergence_min", "delivery_min", "mcp_min_tools", "quorum", "cycles",
                                 "writes", "faults", "settle_seconds"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void aFleetSetsNoThreshold() {
        QFETCH(QString, name);
        const auto values = resolveParameters(shipGate(), {{name, QStringLiteral("1")}}, {});
        QVERIFY(!values.ok());
        QVERIFY2(values.error().text.contains(name + QStringLiteral(": a fleet file sets addresses")),
                 qPrintable(values.error().text));
    }

    void whatAsksForLessThanTheClaimIsReported_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("weaker");
        QTest::newRow("defaults") << QStringLiteral("port") << QStringLiteral("9077") << false;
        QTest::newRow("a lower share") << QStringLiteral("convergence_min") << QStringLiteral("0.05") << true;
        QTest::newRow("a higher share")
            << QStringLiteral("convergence_min") << QStringLiteral("0.999") << false;
        QTest::newRow("fewer tools") << QStringLiteral("mcp_min_tools") << QStringLiteral("9") << true;
        QTest::newRow("a smaller quorum") << QStringLiteral("quorum") << QStringLiteral("1") << true;
        QTest::newRow("a longer wait")
            << QStringLiteral("cycle_settle_seconds") << QStringLiteral("21") << true;
        QTest::newRow("another fault")
            << QStringLiteral("faults") << QStringLiteral("clock_skew_peer") << true;
        QTest::newRow("no number") << QStringLiteral("memories") << QString() << true;
    }
    void whatAsksForLessThanTheClaimIsReported() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(bool, weaker);
        const Protocol protocol = shipGate();
        QMap<QString, QString> parameters = *resolveParameters(protocol, {}, {});
        parameters.insert(name, value);
        const QStringList peers{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        const QStringList reported = weakerThanClaim(protocol.claim, parameters, peers);
        QCOMPARE(!reported.isEmpty(), weaker);
        QVERIFY(
            !weakerThanClaim(protocol.claim, parameters, {peers.at(0), peers.at(1), peers.at(1)}).isEmpty());
    }

    void deadlinesAreSumsOfProducts_data() {
        QTest::addColumn<QString>("deadline");
        QTest::addColumn<qint64>("seconds"); // 0: refused
        const auto row = [](const char *deadline, qint64 seconds) {
            QTest::addRow("\"%s\"", deadline) << QString::fromLatin1(deadline) << seconds;
        };
        row("120", 120);
        row("120 + cycles*20", 1120);
        row("100+faults*cycles*2 + quorum_ms", 100 + 200 + 4);
        row("0", 1); // none ends before it began
        row("cycles*cycles*cycles*cycles*cycles", 31 * 86'400);
        row("", 0);
        row("120 +", 0);
        row("120 - 20", 0);
        row("1.5", 0);
        row("-5", 0);
        row("unknown", 0);
    }
    void deadlinesAreSumsOfProducts() {
        QFETCH(const QString, deadline);
        QFETCH(const qint64, seconds);
        const auto read = deadlineSeconds(deadline, {{QStringLiteral("cycles"), QStringLiteral("50")},
                                                     {QStringLiteral("faults"), QStringLiteral("a b")},
                                                     {QStringLiteral("quorum_ms"), QStringLiteral("3001")}});
        QCOMPARE(read ? *read : 0, seconds);
    }

    // No step of ours runs for a day because nobody said how long it may.
    void everyStepHasADeadlineOfItsOwn() {
        for (const char *name : {"ship-gate", "field-scripts"}) {
            QFile file(testPaths::source("resources/protocols/%1.json").arg(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto protocol = parseProtocol(file.readAll(), file.fileName());
            QVERIFY2(protocol.ok(), protocol ? "" : qPrintable(protocol.error().text));
            for (const Phase &phase : protocol->phases) {
                for (const Step &step : phase.steps)
                    QVERIFY2(step.deadline != kDefaultDeadline, qPrintable(step.name));
            }
        }
    }

    void aDeadlineOfWhatIsNotAParameterIsRefused() {
        QByteArray json = shipGate().source;
        json.replace("\"deadline\": \"1200\"", "\"deadline\": \"1200*hosts\"");
        const auto protocol = parseProtocol(json, QStringLiteral("x"));
        QVERIFY(!protocol.ok());
        QVERIFY2(protocol.error().text.contains(QStringLiteral("\"hosts\" is neither")),
                 qPrintable(protocol.error().text));
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
