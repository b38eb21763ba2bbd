// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"
#include "models/evidence/recordedplan.h"

#include <QTest>

using namespace slipway;

namespace {

RecordedPlan plan() {
    RecordedPlan plan;
    plan.campaign = QStringLiteral("r7");
    plan.ref = QStringLiteral("v0.6.3");
    plan.run = QStringLiteral("k3");
    plan.key = QStringLiteral("00112233445566778899aabbccddeeff");
    plan.protocol = QStringLiteral("ship-gate");
    plan.protocolVersion = QStringLiteral("4");
    plan.protocolSha256 = QStringLiteral("ab").repeated(32);
    plan.parameters = {{QStringLiteral("cycles"), QStringLiteral("50")},
                       {QStringLiteral("writes"), QStringLiteral("100")}};
    plan.peers = {QStringLiteral("node-a"), QStringLiteral("node-b")};
    plan.phases = {1, 4};
    plan.programs = {{QStringLiteral("phase1.sh"), QStringLiteral("cd").repeated(32)}};
    plan.runs = {{1, QStringLiteral("functional"), QStringLiteral("node-a"), QStringLiteral("phase1.sh"),
                  QStringLiteral("t1"), true},
                 {4, QStringLiteral("serve"), QStringLiteral("node-b"), QStringLiteral("serve.sh"),
                  QStringLiteral("t2"), false}};
    plan.recordedAt = utcOfMilliseconds(1'800'000'000'123);
    return plan;
}

} // namespace

class RecordedPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allOfAPlanIsReadAsItWasWritten() {
        const RecordedPlan written = plan();
        const auto read = readPlan(planBytes(written));
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().text));
        QCOMPARE(read->campaign, written.campaign);
        QCOMPARE(read->ref, written.ref);
        QCOMPARE(read->run, written.run);
        QCOMPARE(read->key, written.key);
        QCOMPARE(read->protocol, written.protocol);
        QCOMPARE(read->protocolVersion, written.protocolVersion);
        QCOMPARE(read->protocolSha256, written.protocolSha256);
        QCOMPARE(read->parameters, written.parameters);
        QCOMPARE(read->peers, written.peers);
        QCOMPARE(read->phases, written.phases);
        QCOMPARE(read->programs, written.programs);
        QCOMPARE(read->recordedAt, written.recordedAt);
        QCOMPARE(read->runs.size(), 2);
        QCOMPARE(read->runs.at(0).phase, 1);
        QCOMPARE(read->runs.at(0).step, QStringLiteral("functional"));
        QCOMPARE(read->runs.at(0).host, QStringLiteral("node-a"));
        QCOMPARE(read->runs.at(0).program, QStringLiteral("phase1.sh"));
        QCOMPARE(read->runs.at(0).token, QStringLiteral("t1"));
        QVERIFY(read->runs.at(0).observed);
        QVERIFY(!read->runs.at(1).observed);
        QCOMPARE(planBytes(*read), planBytes(written));
    }

    void aStreamIsNamedAfterItsRun() {
        QCOMPARE(plan().runs.at(0).streamFile(),
                 QStringLiteral("observations/phase1-functional-node-a.obs.jsonl"));
    }

    void whatWasNotWrittenSoIsRefused_data() {
        QTest::addColumn<QByteArray>("was");
        QTest::addColumn<QByteArray>("is");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const char *was, const char *is, const char *why) {
            QTest::newRow(name) << QByteArray(was) << QByteArray(is) << QString::fromUtf8(why);
        };
        const char *asWritten = "plan.json is not as Slipway wrote it: a member is missing, unknown, doubled";
        row("another schema", "slipway-plan/1", "slipway-plan/2", "schema: must be \"slipway-plan/1\"");
        row("no campaign", "\"campaign\"", "\"campaigns\"", "campaign");
        row("no protocol", "\"protocol\"", "\"protocols\"", "protocol");
        row("a phase that is not one", "\"phase\": 4", "\"phase\": 0", "phase");
        row("a phase that is not a whole number", "\"phase\": 4", "\"phase\": 3.5", "phase");
        row("a phase beyond all", "\"phase\": 4", "\"phase\": 1001", "phase");
        row("a run without a token", "\"token\": \"t2\"", "\"other\": \"t2\"", "token");
        row("a member more", "\"ref\"", "\"extra\": 1, \"ref\"", asWritten);
        row("a member twice", "\"ref\"", "\"ref\": \"v0.6.2\", \"ref\"", asWritten);
        row("a member less", "\"ref\": \"v0.6.3\",", "", asWritten);
        row("a number for a text", "\"50\"", "50", asWritten);
        row("a blank more", "\"ref\": ", "\"ref\":  ", asWritten);
        row("a time that is none", "2027-01-15T08:00:00.123Z", "soon", asWritten);
        row("not JSON", "{", "", "plan.json");
    }

    void whatWasNotWrittenSoIsRefused() {
        QFETCH(const QByteArray, was);
        QFETCH(const QByteArray, is);
        QFETCH(const QString, why);
        QByteArray bytes = planBytes(plan());
        const qsizetype at = bytes.indexOf(was);
        QVERIFY(at >= 0);
        bytes.replace(at, was.size(), is);
        const auto read = readPlan(bytes);
        QVERIFY(!read.ok());
        QVERIFY2(read.error().text.contains(QStringLiteral("plan.json")) && read.error().text.contains(why),
                 qPrintable(read.error().text));
    }

    void aPlanOfMoreThanFourMebibytesIsNotRead() {
        const auto bytesWith = [](qsizetype letters) {
            RecordedPlan large = plan();
            large.ref = QString(letters, QLatin1Char('x'));
            return planBytes(large);
        };
        constexpr qsizetype kLimit = qsizetype(4) * 1024 * 1024;
        const qsizetype rest = bytesWith(0).size();
        QVERIFY(readPlan(bytesWith(kLimit - rest)).ok());
        const auto read = readPlan(bytesWith(kLimit - rest + 1));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().text, QStringLiteral("plan.json has 4194305 bytes, at most 4194304 are read"));
    }
};

QTEST_APPLESS_MAIN(RecordedPlanTest)
#include "tst_recordedplan.moc"
