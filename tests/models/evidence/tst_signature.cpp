// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/signature.h"

#include <QTest>

using namespace slipway;

class SignatureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameFailureSameSignature_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("counts")
            << QStringLiteral(
                   "Phase 2: node-b holds 166 of 200 acknowledged writes, at least 190 must arrive")
            << QStringLiteral("Phase 2: node-b holds 3 of 200 acknowledged writes, at least 190 must arrive");
        QTest::newRow("shares") << QStringLiteral("Phase 4: bound 0.9803 is below 0.995")
                                << QStringLiteral("Phase 4: bound 0.21 is below 0.995");
        QTest::newRow("times") << QStringLiteral("node-c: no answer since 12:30:01")
                               << QStringLiteral("node-c: no answer since 23:59:59");
        QTest::newRow("commits") << QStringLiteral("built from 2cfcc18, not from 0badcafe1")
                                 << QStringLiteral("built from 9abcdef, not from 77aa88b");
    }

    void sameFailureSameSignature() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QVERIFY(!signatureOf(Verdict::Fail, one).isEmpty());
        QCOMPARE(signatureOf(Verdict::Fail, one), signatureOf(Verdict::Fail, other));
    }

    void otherFailureOtherSignature_data() {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("phase") << QStringLiteral("Phase 2: phase2.json is empty")
                               << QStringLiteral("Phase 4: phase2.json is empty");
        QTest::newRow("file") << QStringLiteral("Phase 2: phase2.json is empty")
                              << QStringLiteral("Phase 2: phase4.json is empty");
        QTest::newRow("host") << QStringLiteral("node-b holds 166 of 200")
                              << QStringLiteral("node-c holds 166 of 200");
        QTest::newRow("words") << QStringLiteral("node-b holds 166 of 200")
                               << QStringLiteral("node-b lost 166 of 200");
        QTest::newRow("a word that could be hex")
            << QStringLiteral("the facade is gone") << QStringLiteral("the decade is gone");
    }

    void otherFailureOtherSignature() {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QVERIFY(signatureOf(Verdict::Fail, one) != signatureOf(Verdict::Fail, other));
    }

    void theVerdictIsPartOfIt() {
        QVERIFY(signatureOf(Verdict::Fail, QStringLiteral("x")) !=
                signatureOf(Verdict::InvalidEvidence, QStringLiteral("x")));
    }

    void whatPassedHasNone() {
        QCOMPARE(signatureOf(Verdict::Proven, QStringLiteral("x")), QString());
        QCOMPARE(signatureOf(Verdict::UnprovenPass, QStringLiteral("x")), QString());
    }

    void anythingGoes() {
        QCOMPARE(signatureOf(Verdict::NoEvidence, QString()), QStringLiteral("NO EVIDENCE: "));
        QCOMPARE(signatureOf(Verdict::Fail, QStringLiteral("Phase")), QStringLiteral("FAIL: Phase"));
        QCOMPARE(signatureOf(Verdict::Fail, QStringLiteral("  7 ,ü9 ")), QStringLiteral("FAIL:   # ,ü9 "));
    }
};

QTEST_APPLESS_MAIN(SignatureTest)
#include "tst_signature.moc"
