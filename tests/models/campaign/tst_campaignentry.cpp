// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaignentry.h"

#include <QTest>

using namespace slipway;

namespace {

CampaignSummary one(const QString &id, Verdict verdict, const QString &reason = QStringLiteral("why")) {
    CampaignSummary summary;
    summary.id = id;
    summary.state = RunState::Passed;
    summary.verdict = verdict;
    summary.reason = reason;
    return summary;
}

const CampaignEntry &entryOf(const QList<CampaignEntry> &entries, const QString &id) {
    return *std::find_if(entries.begin(), entries.end(),
                         [&](const CampaignEntry &entry) { return entry.summary.id == id; });
}

} // namespace

class CampaignEntryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slotsAreTheNumbersOfRuns() {
        QCOMPARE(slotOf(QStringLiteral("soak-v0.6.0-r66")), 66);
        QCOMPARE(slotOf(QStringLiteral("final")), -1);
        QCOMPARE(slotOf(QStringLiteral("v0.6.3-rc1")), -1);
        QCOMPARE(slotOf(QStringLiteral("v1-r99999999999999999999")), -1);
    }

    void redsInARowAreCounted() {
        const auto entries = entriesOf({one(QStringLiteral("v1-r24"), Verdict::Fail),
                                        one(QStringLiteral("v1-r20"), Verdict::InvalidEvidence),
                                        one(QStringLiteral("other-r1"), Verdict::Proven),
                                        one(QStringLiteral("v1-r19"), Verdict::Fail),
                                        one(QStringLiteral("v1-r18"), Verdict::UnprovenPass),
                                        one(QStringLiteral("v1-r17"), Verdict::Fail)});
        QCOMPARE(entryOf(entries, QStringLiteral("v1-r24")).redSince, QStringLiteral("v1-r19"));
        QCOMPARE(entryOf(entries, QStringLiteral("v1-r24")).redRuns, 3);
        QCOMPARE(entryOf(entries, QStringLiteral("v1-r17")).redRuns, 1);
        QCOMPARE(entryOf(entries, QStringLiteral("v1-r18")).redRuns, 0);
        QCOMPARE(entryOf(entries, QStringLiteral("other-r1")).redSince, QString());
    }

    void aRowOfTheSameFailureFolds() {
        QList<CampaignSummary> list;
        for (int number = 84; number >= 66; --number)
            list << one(QStringLiteral("soak-r%1").arg(number), Verdict::NoEvidence,
                        QStringLiteral("%1 files").arg(number));
        list << one(QStringLiteral("soak-r65"), Verdict::UnprovenPass)
             << one(QStringLiteral("soak-r64"), Verdict::NoEvidence, QStringLiteral("3 files"));
        const auto entries = entriesOf(list);
        QCOMPARE(entries.constFirst().streak, 19);
        QCOMPARE(entries.constFirst().alike, 20);
        QVERIFY(!entries.constFirst().folded);
        QVERIFY(entryOf(entries, QStringLiteral("soak-r66")).folded);
        QVERIFY(!entryOf(entries, QStringLiteral("soak-r64")).folded);
        QCOMPARE(entryOf(entries, QStringLiteral("soak-r64")).streak, 1);
        const QStringList alike = alikeIds(entries, QStringLiteral("soak-r66"));
        QCOMPARE(alike.size(), 20);
        QCOMPARE(alike.constFirst(), QStringLiteral("soak-r66"));
    }

    void whatRunsIsNotPartOfARow() {
        auto running = one(QStringLiteral("v1-r3"), Verdict::Fail);
        running.state = RunState::Running;
        running.verdict.reset();
        const auto entries = entriesOf({running, one(QStringLiteral("v1-r2"), Verdict::Fail),
                                        one(QStringLiteral("v1-r1"), Verdict::Fail)});
        QVERIFY(!entries.constFirst().needsLook());
        QCOMPARE(entries.at(1).streak, 2);
    }

    void theLastGreenIsTheNearest() {
        const auto entries = entriesOf(
            {one(QStringLiteral("a-r9"), Verdict::Proven), one(QStringLiteral("a-r8"), Verdict::Fail),
             one(QStringLiteral("b-r3"), Verdict::Proven), one(QStringLiteral("a-r7"), Verdict::Fail),
             one(QStringLiteral("a-r6"), Verdict::UnprovenPass), one(QStringLiteral("c-r1"), Verdict::Fail)});
        QCOMPARE(lastGreen(entries, QStringLiteral("a-r8")), QStringLiteral("a-r6"));
        QCOMPARE(lastGreen(entries, QStringLiteral("c-r1")), QStringLiteral("a-r9"));
        QCOMPARE(lastGreen(entriesOf({one(QStringLiteral("x"), Verdict::Fail)}), QStringLiteral("x")),
                 QString());
        const auto noneInSeries = entriesOf(
            {one(QStringLiteral("d-r2"), Verdict::Fail), one(QStringLiteral("e-r1"), Verdict::Proven)});
        QCOMPARE(lastGreen(noneInSeries, QStringLiteral("d-r2")), QStringLiteral("e-r1"));
    }

    void anUnknownIdIsAloneAndNothingIsAskedOfNothing() {
        QCOMPARE(alikeIds({}, QStringLiteral("x")), QStringList{QStringLiteral("x")});
        QVERIFY(entriesOf({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(CampaignEntryTest)
#include "tst_campaignentry.moc"
