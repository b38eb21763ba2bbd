// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/faultclass.h"
#include "models/evidence/planbound.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace slipway;

namespace {

QMap<QString, QString> parametersWith(const QString &name, const QString &value) {
    QMap<QString, QString> parameters{{QStringLiteral("agents"), QStringLiteral("4")},
                                      {QStringLiteral("writes_per_agent"), QStringLiteral("50")},
                                      {QStringLiteral("delivery_min"), QStringLiteral("0.95")},
                                      {QStringLiteral("quorum"), QStringLiteral("2")},
                                      {QStringLiteral("faults"), QStringLiteral("kill_primary_mid_write")},
                                      {QStringLiteral("cycles"), QStringLiteral("700")},
                                      {QStringLiteral("writes"), QStringLiteral("100")},
                                      {QStringLiteral("fault_after_acks"), QStringLiteral("25")},
                                      {QStringLiteral("convergence_min"), QStringLiteral("0.995")}};
    parameters.insert(name, value);
    return parameters;
}

} // namespace

class PlanBoundTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatAPlanCanProve_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("enough");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *title, const char *name, const char *value, bool enough,
                            const char *text) {
            QTest::newRow(title) << QString::fromLatin1(name) << QString::fromLatin1(value) << enough
                                 << QString::fromUtf8(text);
        };
        row("as planned", "cycles", "700", true,
            "If nothing is lost, 700 cycles prove 0.995 at 95 %, whenever one looks and however losses "
            "clump.");
        row("just enough", "cycles", "684", true,
            "If nothing is lost, 684 cycles prove 0.995 at 95 %, whenever one looks and however losses "
            "clump.");
        row("one short", "cycles", "683", false,
            "This plan cannot prove it, because even if nothing is lost 683 cycles support 0.9949; 0.995 "
            "needs 684 cycles: UNPROVEN PASS at best.");
        row("the default", "cycles", "50", false,
            "This plan cannot prove it, because even if nothing is lost 50 cycles support 0.9339; 0.995 "
            "needs 684 cycles: UNPROVEN PASS at best.");
        row("many writes are not cycles", "writes", "100000", true,
            "If nothing is lost, 700 cycles prove 0.995 at 95 %, whenever one looks and however losses "
            "clump.");
        row("everything", "convergence_min", "1", false,
            "This plan cannot prove it, because even if nothing is lost 700 cycles support 0.9951; no number "
            "of "
            "cycles proves 1: UNPROVEN PASS at best.");
        row("quorum 1", "quorum", "1", false,
            "This plan cannot prove it, because with a quorum of 1 the node that is killed acknowledges "
            "writes "
            "that no other node holds.");
        row("quorum 3", "quorum", "3", false,
            "This plan cannot prove it, because with one peer down no write meets a quorum of 3, so phase 2 "
            "fails.");
        row("the fault comes last", "fault_after_acks", "100", false,
            "This plan cannot prove it, because the fault strikes after 100 acknowledged writes and a cycle "
            "makes "
            "100, so none is in flight then.");
        row("a handful in phase 2", "writes_per_agent", "14", false,
            "This plan cannot prove it, because phase 2 makes 56 writes, 0.95 needs at least 59.");
    }

    void whatAPlanCanProve() {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(bool, enough);
        QFETCH(QString, text);
        const PlanBound plan = planBound(parametersWith(name, value));
        QCOMPARE(planBoundText(plan), text);
        QCOMPARE(plan.enough(), enough);
    }

    void everyObstacleIsNamed() {
        auto parameters = parametersWith(QStringLiteral("quorum"), QStringLiteral("1"));
        parameters.insert(QStringLiteral("fault_after_acks"), QStringLiteral("100"));
        const QString text = planBoundText(planBound(parameters));
        QVERIFY2(text.contains(QStringLiteral("after 100 acknowledged writes")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("quorum of 1")), qPrintable(text));
    }

    void withoutParametersNothingIsPromised() { QVERIFY(!planBound({}).enough()); }

    // What the planner calls exercised is what the program of phase 4 can inject, no more and no less.
    void exercisedIsWhatTheProgramInjects() {
        QString text;
        for (const char *name : {"phase4.sh", "faults.sh", "canary.sh"}) {
            QFile program(testPaths::source("resources/phases/") + QLatin1String(name));
            QVERIFY(program.open(QIODevice::ReadOnly));
            text += QString::fromUtf8(program.readAll());
        }
        static const QRegularExpression injector(QStringLiteral("^strike_([a-z_]+)\\(\\)"),
                                                 QRegularExpression::MultilineOption);
        QStringList injected;
        for (auto it = injector.globalMatch(text); it.hasNext();)
            injected << it.next().captured(1);
        injected.sort();
        QStringList exercised = exercisedFaults();
        exercised.sort();
        QCOMPARE(injected, exercised);
    }

    void classesThatCannotBeExercisedAreNamed_data() {
        QTest::addColumn<QString>("faults");
        QTest::addColumn<bool>("ofField");
        QTest::addColumn<QString>("problem"); // a part of it; empty for none
        const auto row = [](const char *faults, bool ofField, const char *problem) {
            QTest::addRow("%s%s", faults, ofField ? ", scripts of the field" : "")
                << QString::fromLatin1(faults) << ofField << QString::fromLatin1(problem);
        };
        row("kill_primary_mid_write", false, "");
        row("  kill_primary_mid_write ", true, "");
        row("kill_primary_mid_write clock_skew_peer", true, "");
        row("kill_primary_midwrite", false,
            "\"kill_primary_midwrite\" is not a fault class that phase 4 can");
        row("kill_primary_mid_write nonsense", false, "\"nonsense\" is not");
        row("nonsense", true,
            "\"nonsense\" is not a fault class of the field's scripts (kill_primary_mid_write,");
        row("kill_primary_mid_write kill_primary_mid_write", false, "kill_primary_mid_write is named twice");
        row(" ", false, "no fault class is named");
        row("", true, "no fault class is named");
    }
    void classesThatCannotBeExercisedAreNamed() {
        QFETCH(const QString, faults);
        QFETCH(const bool, ofField);
        QFETCH(const QString, problem);
        const QString described = faultsProblem({{QStringLiteral("faults"), faults}}, ofField);
        QVERIFY2(problem.isEmpty() ? described.isEmpty() : described.contains(problem),
                 qPrintable(described));
    }

    void boundariesOfAPlan_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("obstacle");
        const auto row = [](const char *name, const char *value, bool obstacle) {
            QTest::addRow("%s %s", name, value)
                << QString::fromLatin1(name) << QString::fromLatin1(value) << obstacle;
        };
        row("quorum", "1", true);
        row("quorum", "2", false);
        row("quorum", "3", true);
        row("fault_after_acks", "99", false);
        row("fault_after_acks", "100", true);
        row("fault_after_acks", "101", true);
        row("writes_per_agent", "15", false); // 60 of 59
        row("writes_per_agent", "14", true);
        row("delivery_min", "0.999", false); // no more writes are asked for than 0.95 needs
    }

    void boundariesOfAPlan() {
        QFETCH(const QString, name);
        QFETCH(const QString, value);
        QFETCH(const bool, obstacle);
        QCOMPARE(!planBound(parametersWith(name, value)).obstacles.isEmpty(), obstacle);
    }

    void whatIsSupportedIsFloored() {
        const PlanBound plan = planBound(parametersWith(QStringLiteral("cycles"), QStringLiteral("50")));
        QCOMPARE(plan.cycles, 50);
        QCOMPARE(plan.claim, 0.995);
        QCOMPARE(plan.needed, 684);
        QCOMPARE(plan.bound, 0.9339);
        QVERIFY(
            planBoundText(planBound(parametersWith(QStringLiteral("convergence_min"), QStringLiteral("1"))))
                .contains(QStringLiteral("no number of cycles proves 1")));
    }
};

QTEST_APPLESS_MAIN(PlanBoundTest)
#include "tst_planbound.moc"
