// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/campaignlistmodel.h"
#include "models/cycles/cycletablemodel.h"
#include "models/evidence/checktablemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace slipway;

namespace {

constexpr auto kMode = QAbstractItemModelTester::FailureReportingMode::Fatal;

CampaignSummary campaign(const QString &id, RunState state, std::optional<Verdict> verdict) {
    CampaignSummary summary;
    summary.id = id;
    summary.state = state;
    summary.verdict = verdict;
    return summary;
}

} // namespace

class ItemModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void campaignsAreGrouped() {
        CampaignListModel model;
        const QAbstractItemModelTester tester(&model, kMode);
        model.setEntries(entriesOf({campaign(QStringLiteral("green"), RunState::Passed, Verdict::Proven),
                                    campaign(QStringLiteral("red"), RunState::Passed, Verdict::Fail),
                                    campaign(QStringLiteral("live"), RunState::Running, std::nullopt),
                                    campaign(QStringLiteral("lost"), RunState::Lost, std::nullopt)}));
        QCOMPARE(texts(model),
                 QStringLiteral("Running live Needs a look red lost Passes, proven or not green"));
        QCOMPARE(model.rowOf(QStringLiteral("red")), 3);
        QCOMPARE(model.firstId(), QStringLiteral("live"));
        QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
    }

    void theClaimStandsNextToTheVerdict() {
        CampaignListModel model;
        auto proven = campaign(QStringLiteral("r1"), RunState::Passed, Verdict::Proven);
        proven.reason = QStringLiteral("All checks hold");
        proven.claim = QStringLiteral("At least 0.995 of the writes are there.");
        auto unproven = campaign(QStringLiteral("r2"), RunState::Passed, Verdict::UnprovenPass);
        unproven.reason = QStringLiteral("too few cycles");
        unproven.claim = QStringLiteral("Weaker than the protocol's claim: quorum is 1.");
        const auto old = campaign(QStringLiteral("r3"), RunState::Passed, Verdict::Proven);
        model.setEntries(entriesOf({proven, unproven, old}));
        const auto all = [&](const QString &id) {
            const QModelIndex index = model.index(model.rowOf(id));
            return QStringList{index.data(Qt::AccessibleTextRole).toString(),
                               index.data(Qt::ToolTipRole).toString()};
        };
        for (const QString &text : all(QStringLiteral("r1"))) {
            QVERIFY2(text.contains(QStringLiteral("PROVEN. Claim: At least 0.995")), qPrintable(text));
            QVERIFY2(text.contains(proven.reason), qPrintable(text));
        }
        for (const QString &text : all(QStringLiteral("r2")))
            QVERIFY2(text.contains(QStringLiteral("UNPROVEN PASS. Claim: Weaker than")), qPrintable(text));
        for (const QString &text : all(QStringLiteral("r3")))
            QVERIFY2(text.contains(QStringLiteral("PROVEN. Claim: not recorded")), qPrintable(text));
        QCOMPARE(model.index(1).data(CampaignListModel::ReasonRole).toString(),
                 QStringLiteral("Claim: At least 0.995 of the writes are there."));
        QCOMPARE(model.index(2).data(CampaignListModel::ReasonRole).toString(), unproven.reason);
        model.setFilter(QStringLiteral("quorum"));
        QCOMPARE(model.rowOf(QStringLiteral("r2")), 1);
    }

    void aRowOfTheSameFailureIsOneLineUntilUnfolded() {
        CampaignListModel model;
        const QAbstractItemModelTester tester(&model, kMode);
        QList<CampaignSummary> list;
        for (int number = 9; number >= 1; --number)
            list << campaign(QStringLiteral("soak-r%1").arg(number), RunState::Failed,
                             number == 5 ? Verdict::Proven : Verdict::NoEvidence);
        model.setEntries(entriesOf(list));
        QCOMPARE(texts(model), QStringLiteral("Needs a look soak-r9 soak-r4 Passes, proven or not soak-r5"));
        QCOMPARE(model.index(1).data(CampaignListModel::SideRole).toString(), QStringLiteral("×4"));
        model.toggleFold(QStringLiteral("soak-r4"));
        QCOMPARE(texts(model),
                 QStringLiteral(
                     "Needs a look soak-r9 soak-r4 soak-r3 soak-r2 soak-r1 Passes, proven or not soak-r5"));
        model.toggleFold(QStringLiteral("soak-r4"));
        QCOMPARE(model.rowOf(QStringLiteral("soak-r7")), -1);
        QVERIFY(model.reveal(QStringLiteral("soak-r7")));
        QCOMPARE(model.rowOf(QStringLiteral("soak-r7")), 3);
        QVERIFY(!model.reveal(QStringLiteral("soak-r77")));
    }

    void theFilterLooksThroughFolds() {
        CampaignListModel model;
        const QAbstractItemModelTester tester(&model, kMode);
        auto harness = campaign(QStringLiteral("soak-r3"), RunState::Failed, Verdict::NoEvidence);
        harness.triage.failureClass = FailureClass::Harness;
        model.setEntries(
            entriesOf({campaign(QStringLiteral("soak-r4"), RunState::Failed, Verdict::NoEvidence), harness,
                       campaign(QStringLiteral("r1"), RunState::Failed, Verdict::Fail)}));
        model.setFilter(QStringLiteral("HARN soak"));
        QCOMPARE(texts(model), QStringLiteral("Needs a look soak-r3"));
        model.setFilter(QStringLiteral("no evidence"));
        QCOMPARE(texts(model), QStringLiteral("Needs a look soak-r4 soak-r3"));
        model.setFilter(QStringLiteral("nothing like it"));
        QCOMPARE(texts(model), QString());
        model.setFilter(QString());
        QCOMPARE(model.newestRed(), QStringLiteral("soak-r4"));
    }

    void whatRunsShowsWhatIsLeft() {
        CampaignListModel model;
        model.setEntries(entriesOf({campaign(QStringLiteral("live"), RunState::Running, std::nullopt)}));
        model.setProgress(QStringLiteral("live"), QStringLiteral("phase 4 · cycle 31/50"),
                          QStringLiteral("4:10 left"));
        QCOMPARE(model.index(1).data(CampaignListModel::ReasonRole).toString(),
                 QStringLiteral("phase 4 · cycle 31/50"));
        QCOMPARE(model.index(1).data(CampaignListModel::SideRole).toString(), QStringLiteral("4:10 left"));
    }

    void cyclesGrow() {
        CycleTableModel model;
        const QAbstractItemModelTester tester(&model, kMode);
        Cycle cycle;
        cycle.number = 1;
        cycle.ok = 3;
        cycle.converged = 3;
        model.setCycles({cycle});
        cycle.number = 2;
        cycle.converged = 2;
        model.append({cycle});
        cycle.number = 3;
        cycle.converged.reset();
        model.append({cycle});
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, CycleTableModel::Converged).data().toString(), QStringLiteral("–"));
        const auto outcome = [&](int row) {
            return static_cast<CycleOutcome>(model.index(row, 0).data(CycleTableModel::OutcomeRole).toInt());
        };
        QCOMPARE(outcome(0), CycleOutcome::Kept);
        QCOMPARE(outcome(1), CycleOutcome::Lost);
        QCOMPARE(outcome(2), CycleOutcome::Unknown);
    }

    void cyclesSayWhatWasOdd() {
        CycleTableModel model;
        Cycle plain;
        plain.number = 1;
        Cycle odd = plain;
        odd.number = 2;
        odd.changed = 2;
        odd.notOwn = 1;
        odd.trouble = QStringLiteral("node-1 (pid 7): <b>gone</b>");
        odd.lost = {QStringLiteral("w-3")};
        model.setCycles({plain, odd});
        QCOMPARE(model.index(0, 0).data(Qt::ToolTipRole).toString(), QString());
        QCOMPARE(model.index(1, CycleTableModel::Converged).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("<qt>2 answers with another content than was written<br>"
                                "1 answers that lie in no database of the node's own<br>"
                                "node-1 (pid 7): &lt;b&gt;gone&lt;/b&gt;<br>lost: w-3</qt>"));
    }

    void checksSayWhatIsWrong() {
        CheckTableModel model;
        const QAbstractItemModelTester tester(&model, kMode);
        Check check;
        check.id = QStringLiteral("phase2.delivery.node-b");
        check.outcome = Check::Outcome::Unknown;
        check.flaw = Check::Flaw::Invalid;
        check.source = {QStringLiteral("phase2.json"), 12, 3};
        model.setChecks({check});
        QCOMPARE(model.index(0, CheckTableModel::Result).data().toString(), QStringLiteral("invalid"));
        QCOMPARE(model.index(0, CheckTableModel::Source).data().toString(),
                 QStringLiteral("phase2.json, byte 12"));
    }

private:
    static QString texts(const QAbstractItemModel &model) {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows << model.index(row, 0).data().toString();
        return rows.join(QLatin1Char(' '));
    }
};

QTEST_APPLESS_MAIN(ItemModelsTest)
#include "tst_itemmodels.moc"
