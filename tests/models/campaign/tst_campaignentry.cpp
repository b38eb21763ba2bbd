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
    void seriesAndSlots() {
        QCOMPARE(seriesOf(QStringLiteral("soak-v0.6.0-r66")), QStringLiteral("soak-v0.6.0-r"));
        QCOMPARE(slotOf(QStringLiteral("soak-v0.6.0-r66")), 66);
        QCOMPARE(slotOf(QStringLiteral("final")), -1);
        QCOMPARE(slotOf(QStringLiteral("r99999999999999999999")), -1);
    }

    void redsInARowAreCounted() {
        const auto entries = entriesOf(
            {one(QStringLiteral("r24"), Verdict::Fail), one(QStringLiteral("r20"), Verdict::InvalidEvidence),
             one(QStringLiteral("other-1"), Verdict::Proven), one(QStringLiteral("r19"), Verdict::Fail),
             one(QStringLiteral("r18"), Verdict::UnprovenPass), one(QStringLiteral("r17"), Verdict::Fail)});
        QCOMPARE(entryOf(entries, QStringLiteral("r24")).redSince, QStringLiteral("r19"));
        QCOMPARE(entryOf(entries, QStringLiteral("r24")).redRuns, 3);
        QCOMPARE(entryOf(entries, QStringLiteral("r17")).redRuns, 1);
        QCOMPARE(entryOf(entries, QStringLiteral("r18")).redRuns, 0);
        QCOMPARE(entryOf(entries, QStringLiteral("other-1")).redSince, QString());
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
        auto running = one(QStringLiteral("r3"), Verdict::Fail);
        running.state = RunState::Running;
        running.verdict.reset();
        const auto entries = entriesOf(
            {running, one(QStringLiteral("r2"), Verdict::Fail), one(QStringLiteral("r1"), Verdict::Fail)});
        QVERIFY(!entries.constFirst().needsLook());
        QCOMPARE(entries.at(1).streak, 2);
    }

    void theLastGreenIsTheNearest() {
        const auto entries = entriesOf(
            {one(QStringLiteral("a-9"), Verdict::Proven), one(QStringLiteral("a-8"), Verdict::Fail),
             one(QStringLiteral("b-3"), Verdict::Proven), one(QStringLiteral("a-7"), Verdict::Fail),
             one(QStringLiteral("a-6"), Verdict::UnprovenPass), one(QStringLiteral("c-1"), Verdict::Fail)});
        QCOMPARE(lastGreen(entries, QStringLiteral("a-8")), QStringLiteral("a-6"));
        QCOMPARE(lastGreen(entries, QStringLiteral("c-1")), QStringLiteral("a-9"));
        QCOMPARE(lastGreen(entriesOf({one(QStringLiteral("x"), Verdict::Fail)}), QStringLiteral("x")),
                 QString());
        const auto noneInSeries = entriesOf(
            {one(QStringLiteral("d-2"), Verdict::Fail), one(QStringLiteral("e-1"), Verdict::Proven)});
        QCOMPARE(lastGreen(noneInSeries, QStringLiteral("d-2")), QStringLiteral("e-1"));
    }

    void anUnknownIdIsAloneAndNothingIsAskedOfNothing() {
        QCOMPARE(alikeIds({}, QStringLiteral("x")), QStringList{QStringLiteral("x")});
        QVERIFY(entriesOf({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(CampaignEntryTest)
#include "tst_campaignentry.moc"
