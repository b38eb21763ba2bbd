// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/verdictclaim.h"

#include <QTest>

using namespace slipway;

class VerdictClaimTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVerdictIsSaidWithItsClaim_data() {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("said");
        const QString none;
        const QString some = QStringLiteral("At least 0.995.");
        const QString unknown = QStringLiteral(". Claim: not recorded; judging it again tells.");
        const QString known = QStringLiteral(". Claim: At least 0.995.");
        QTest::newRow("proven") << Verdict::Proven << some << QStringLiteral("PROVEN") + known;
        QTest::newRow("proven, of what is not known")
            << Verdict::Proven << none << QStringLiteral("PROVEN") + unknown;
        QTest::newRow("unproven, of what is not known")
            << Verdict::UnprovenPass << none << QStringLiteral("UNPROVEN PASS") + unknown;
        QTest::newRow("a fail") << Verdict::Fail << some << QStringLiteral("FAIL") + known;
        for (const Verdict verdict :
             {Verdict::Fail, Verdict::InvalidEvidence, Verdict::Incomplete, Verdict::NoEvidence})
            QTest::newRow(qPrintable(verdictName(verdict))) << verdict << none << verdictName(verdict);
    }

    void aVerdictIsSaidWithItsClaim() {
        QFETCH(const Verdict, verdict);
        QFETCH(const QString, claim);
        QFETCH(const QString, said);
        QCOMPARE(verdictWithClaim(verdict, claim), said);
    }

    void aClaimStandsBehindAnyText() {
        const QString claim = QStringLiteral("C.");
        QCOMPARE(withClaim(QStringLiteral("T"), Verdict::Proven, claim), QStringLiteral("T. Claim: C."));
        QCOMPARE(withClaim(QString(), Verdict::Proven, claim), QStringLiteral("Claim: C."));
        QCOMPARE(withClaim(QStringLiteral("T"), Verdict::Fail, QString()), QStringLiteral("T"));
        QCOMPARE(claimSentence(Verdict::Fail, QString()), QString());
    }
};

QTEST_APPLESS_MAIN(VerdictClaimTest)
#include "tst_verdictclaim.moc"
