// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/judge.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace slipway;

// Verdicts of published folders, found by reading the folders themselves.
class SamplesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdicts_data() {
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<std::optional<bool>>("claimed");
        using Claim = std::optional<bool>;
        QTest::newRow("v0.6.0.0-final-r14")
            << Verdict::Fail << Claim(false); // phase 2 lost writes, later phases not reached
        QTest::newRow("v0.6.0.0-final-r15")
            << Verdict::InvalidEvidence << Claim(true); // a log in the report's place
        QTest::newRow("v0.6.0.0-final-r18") << Verdict::InvalidEvidence << Claim(true);
        QTest::newRow("v0.6.0.0-final-r22") << Verdict::InvalidEvidence << Claim(true); // empty phase4.json
        QTest::newRow("v0.6.0.0-final-r25") << Verdict::UnprovenPass << Claim(true);    // no raw counts
        QTest::newRow("v0.6.0.0-final") << Verdict::InvalidEvidence << Claim(true);
        QTest::newRow("v0.6.0.0-candidate-01") << Verdict::InvalidEvidence << Claim(true);
        QTest::newRow("soak-v0.6.0-r1") << Verdict::UnprovenPass << Claim(true);
        QTest::newRow("soak-v0.6.0-r2") << Verdict::NoEvidence << Claim(true);
        QTest::newRow("soak-v0.6.0-r17") << Verdict::NoEvidence << Claim(true);
        QTest::newRow("soak-v0.6.0-r66") << Verdict::NoEvidence << Claim(true);
        QTest::newRow("ship-gate-v0.6.3-rc1-r2") << Verdict::UnprovenPass << Claim(true);
    }

    void verdicts() {
        QFETCH(Verdict, verdict);
        QFETCH(std::optional<bool>, claimed);
        const QDir dir(testPaths::source("../shared/runs-sample/runs/") +
                       QString::fromLatin1(QTest::currentDataTag()));
        QList<EvidenceFile> files;
        for (const QString &name : dir.entryList(QDir::Files)) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            files.append({name, file.readAll()});
        }
        QVERIFY(!files.isEmpty());
        const Judgement judgement = judgeReports(files, Expectation::published());
        QVERIFY2(judgement.verdict == verdict,
                 qPrintable(verdictName(judgement.verdict) + QStringLiteral(": ") + judgement.reason));
        QCOMPARE(judgement.claimedPass, claimed);
    }
};

QTEST_APPLESS_MAIN(SamplesTest)
#include "tst_samples.moc"
