// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"
#include "models/evidence/campaigndiff.h"
#include "tests/models/evidence/goodevidence.h"

#include <QTest>

#include <algorithm>

using namespace slipway;

namespace {

QList<Cycle> cyclesOf(QList<EvidenceFile> files) {
    return readCycleFile(test::fileOf(files, test::kCycles)).cycles;
}

QStringList namesOf(const QList<Difference> &differences) {
    QStringList names;
    for (const Difference &difference : differences)
        names << difference.what;
    return names;
}

} // namespace

class CampaignDiffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCampaignDoesNotDifferFromItself() {
        const auto files = test::goodEvidence();
        const auto checks = judgeReports(files, test::goodExpectation()).checks;
        QVERIFY(diffChecks(checks, checks).isEmpty());
        // Other times are not a difference.
        QVERIFY(diffCycles(cyclesOf(files), cyclesOf(test::goodEvidence({700, 40, 32, 5}))).isEmpty());
    }

    void whatGotWorseIsReported() {
        const auto good = test::goodEvidence();
        auto bad = good;
        test::changeJson(bad, QStringLiteral("phase2.json"), [](QJsonObject &report) {
            report.insert(QStringLiteral("probe2_both_peers_down"), QStringLiteral("201"));
        });
        const auto differences = diffChecks(judgeReports(good, test::goodExpectation()).checks,
                                            judgeReports(bad, test::goodExpectation()).checks);
        QVERIFY(namesOf(differences).contains(QStringLiteral("phase2.probe2")));
        QVERIFY(!namesOf(differences).contains(QStringLiteral("phase2.probe1")));
        const auto probe = std::find_if(differences.begin(), differences.end(), [](const Difference &d) {
            return d.what == QLatin1String("phase2.probe2");
        });
        QVERIFY(probe->worse);
        QVERIFY(probe->before.startsWith(QStringLiteral("pass: 503")));
        QVERIFY(probe->after.startsWith(QStringLiteral("fail: 201")));
    }

    void cyclesAreAlignedByNumber() {
        const auto good = test::goodEvidence();
        auto bad = good;
        test::changeCycle(bad, 7, [](QJsonObject &cycle) { cycle.insert(QStringLiteral("converged"), 31); });
        QCOMPARE(namesOf(diffCycles(cyclesOf(good), cyclesOf(bad))),
                 QStringList(QStringLiteral("cycle 7 of kill_primary_mid_write")));
        QVERIFY(diffCycles(cyclesOf(good), cyclesOf(bad)).constFirst().worse);
        const auto shorter = diffCycles(cyclesOf(good), cyclesOf(good).mid(0, test::GoodPlan().cycles - 2));
        QCOMPARE(shorter.size(), 2);
        QVERIFY(shorter.constFirst().after.isEmpty());
    }
};

QTEST_APPLESS_MAIN(CampaignDiffTest)
#include "tst_campaigndiff.moc"
