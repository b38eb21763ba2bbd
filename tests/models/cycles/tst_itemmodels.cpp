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
        model.setCampaigns({campaign(QStringLiteral("green"), RunState::Passed, Verdict::Proven),
                            campaign(QStringLiteral("red"), RunState::Passed, Verdict::Fail),
                            campaign(QStringLiteral("live"), RunState::Running, std::nullopt),
                            campaign(QStringLiteral("lost"), RunState::Lost, std::nullopt)});
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row)
            rows << model.index(row).data().toString();
        QCOMPARE(rows.join(QLatin1Char(' ')),
                 QStringLiteral("Running live Needs a look red lost Passed green"));
        QCOMPARE(model.rowOf(QStringLiteral("red")), 3);
        QCOMPARE(model.firstId(), QStringLiteral("live"));
        QCOMPARE(model.flags(model.index(0)), Qt::NoItemFlags);
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
};

QTEST_APPLESS_MAIN(ItemModelsTest)
#include "tst_itemmodels.moc"
