// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/cycleline.h"
#include "models/cycles/cycletablemodel.h"
#include "tests/ui/sample.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/checkpanel.h"
#include "ui/campaign/checkstab.h"
#include "ui/campaign/evidencepanel.h"
#include "ui/campaign/phasecard.h"
#include "ui/campaign/verdictheader.h"
#include "ui/charts/cyclechart.h"
#include "ui/charts/cyclestrip.h"
#include "ui/common/theme.h"
#include "ui/logview/logview.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

using namespace slipway;

class CampaignPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_panel = std::make_unique<CheckPanel>();
        m_page = std::make_unique<CampaignPage>(sample::shipGate(), *m_panel);
        m_page->resize(900, 800);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() {
        m_page.reset();
        m_panel.reset();
    }

    void aRedCampaignShowsItsCauseWithoutAClick() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        QVERIFY(texts(*m_page).contains(QStringLiteral("Fail")));
        QVERIFY(texts(*m_page).contains(QStringLiteral("Phase 4: 10 acknowledged writes are missing")));
        QVERIFY(
            texts(*m_panel).contains(QStringLiteral("Proves phase4.convergence.kill_primary_mid_write.")));
    }

    void whatWasClaimedStandsNextToIt() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        QVERIFY(texts(*m_page).join(QLatin1Char('\n')).contains(QStringLiteral("its summary says")));
    }

    void aCauseThatNoCycleShowsOfIsShownAmongTheChecks() {
        CampaignRecord record = sample::greenCampaign(QStringLiteral("red"));
        record.summary.state = RunState::Failed;
        record.judgement->verdict = Verdict::Fail;
        record.judgement->blamedPhase = 2;
        record.judgement->checks.last().outcome = Check::Outcome::Fail;
        m_page->setRecord(record, {});
        auto *checks = m_page->findChild<ChecksTab *>();
        QVERIFY(checks->isVisible());
        QCOMPARE(checks->findChild<QTableView *>()->currentIndex().row(), 1);
        QVERIFY(texts(*m_panel).contains(QStringLiteral("First failing check")));
        m_page->setRecord(sample::redCampaign(QStringLiteral("cycles")), {});
        QVERIFY(m_page->findChild<CycleStrip *>()->isVisible());
        m_page->setRecord(record, {});
        CampaignRecord running = sample::greenCampaign(QStringLiteral("running"));
        running.summary.state = RunState::Running;
        running.cycles.clear(); // they are to come
        m_page->setRecord(running, {});
        QVERIFY(m_page->findChild<CycleStrip *>()->isVisible());
    }

    void aSelectedCycleIsSelectedEverywhere() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        auto *table = cycleTable();
        m_page->selectCycle(7);
        QCOMPARE(table->currentIndex().row(), 6);
        table->selectRow(2);
        QCOMPARE(m_page->selectedCycle(), 3);
        auto *strip = m_page->findChild<CycleStrip *>();
        Q_EMIT strip->cycleClicked(5);
        QCOMPARE(m_page->selectedCycle(), 5);
        QCOMPARE(table->currentIndex().row(), 4);
        auto *chart = m_page->findChild<CycleChart *>();
        Q_EMIT chart->cycleClicked(9);
        QCOMPARE(table->currentIndex().row(), 8);
    }

    void aSelectedCycleIsFoundInTheEvidence() {
        CampaignRecord record = sample::redCampaign(QStringLiteral("red"));
        QByteArray lines;
        const QString name = QStringLiteral("cycles-kill_primary_mid_write.jsonl");
        for (Cycle &cycle : record.cycles) {
            const QByteArray line = cycleToLine(cycle) + '\n';
            cycle.source = {name, lines.size(), line.size() - 1};
            lines += line;
        }
        record.files.append({name, lines});
        m_page->setRecord(record, {});
        m_page->selectFailing(true);
        auto *evidence = m_page->findChild<EvidencePanel *>();
        const auto marked = [evidence] {
            const auto marks = evidence->findChild<QPlainTextEdit *>()->extraSelections();
            return marks.isEmpty() ? QString() : marks.constFirst().cursor.selectedText();
        };
        QCOMPARE(marked(), QString()); // nobody looks
        m_page->showTab(*evidence);
        QVERIFY2(marked().contains(QStringLiteral("\"cycle\":4,")), qPrintable(marked()));
        m_page->selectCycle(7);
        QVERIFY2(marked().contains(QStringLiteral("\"cycle\":7,")), qPrintable(marked()));
    }

    void aNumberOfACheckLeadsToItsBytes() {
        const CampaignRecord record = sample::redCampaign(QStringLiteral("red"));
        m_page->setRecord(record, {});
        auto *checks = m_page->findChild<ChecksTab *>();
        auto *table = checks->findChild<QTableView *>();
        m_page->showTab(*checks);
        const auto &all = record.judgement->checks;
        for (int row = 0; row < all.size(); ++row) {
            if (all.at(row).source.file.isEmpty())
                continue;
            m_page->showTab(*checks);
            table->setCurrentIndex(table->model()->index(row, 0));
            table->setFocus();
            QTest::keyClick(table, Qt::Key_Return);
            QVERIFY(m_page->findChild<EvidencePanel *>()->isVisible());
            return;
        }
        QFAIL("the sample has no check with bytes");
    }

    void aRowOfTheSecondFaultClassKeepsItsPlace() {
        CampaignRecord record = sample::redCampaign(QStringLiteral("two"));
        for (int number = 1; number <= 10; ++number)
            record.cycles << sample::cycle(number, 25, 25, QStringLiteral("partition_minority"));
        m_page->setRecord(record, {});
        cycleTable()->selectRow(14);
        QCOMPARE(m_page->selectedCycle(), 5);
        QCOMPARE(cycleTable()->currentIndex().row(), 14);
    }

    void failingCyclesAreFoundBothWays() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        QList<int> seen;
        for (int i = 0; i < 4; ++i) {
            m_page->selectFailing(true);
            seen << m_page->selectedCycle();
        }
        QCOMPARE(seen, (QList<int>{4, 7, 9, 9}));
        m_page->selectFailing(false);
        QCOMPARE(m_page->selectedCycle(), 7);
    }

    void aClickInTheStripSelectsItsCycle() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        auto *strip = m_page->findChild<CycleStrip *>();
        QVERIFY(strip->isVisible());
        QTest::mouseClick(strip, Qt::LeftButton, {}, {strip->width() / 2, 8});
        QVERIFY(m_page->selectedCycle() >= 4 && m_page->selectedCycle() <= 7);
    }

    void cyclesArriveWhileItRuns() {
        CampaignRecord record = sample::redCampaign(QStringLiteral("live"));
        record.summary.state = RunState::Running;
        record.summary.verdict.reset();
        record.judgement.reset();
        record.cycles.clear();
        record.files.clear();
        m_page->setRecord(record, {});
        QVERIFY(texts(*m_page).contains(QStringLiteral("Running")));
        QCOMPARE(cycleTable()->model()->rowCount(), 0);
        m_page->appendCycles({sample::cycle(1, 25, 25), sample::cycle(2, 25, 24)});
        QCOMPARE(cycleTable()->model()->rowCount(), 2);
        m_page->grab();
    }

    void anotherCampaignTakesNothingFromTheLast() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        m_page->selectCycle(7);
        m_page->setRecord(sample::greenCampaign(QStringLiteral("green")), {});
        QCOMPARE(m_page->selectedCycle(), 0);
        QCOMPARE(cycleTable()->model()->rowCount(), 30);
        QVERIFY(texts(*m_page).contains(QStringLiteral("Proven")));
        QVERIFY(texts(*m_panel).contains(QStringLiteral("Every check holds")));
    }

    void theClaimStandsNextToTheVerdict() {
        CampaignRecord record = sample::greenCampaign(QStringLiteral("green"));
        record.judgement->claim = QStringLiteral("At least 0.995 of the writes are there.");
        m_page->setRecord(record, {});
        const auto *header = m_page->findChild<VerdictHeader *>();
        QVERIFY(texts(*header).contains(QStringLiteral("Claim: At least 0.995 of the writes are there.")));
        QVERIFY2(header->accessibleName().contains(record.judgement->claim),
                 qPrintable(header->accessibleName()));
        record.judgement->claim.clear();
        m_page->setRecord(record, {});
        QVERIFY2(header->accessibleName().contains(QStringLiteral("Claim: not recorded")),
                 qPrintable(header->accessibleName()));
    }

    void noEvidenceIsSaidAndPainted() {
        CampaignRecord record;
        record.summary.id = QStringLiteral("nothing");
        record.summary.state = RunState::Failed;
        record.summary.verdict = Verdict::NoEvidence;
        record.judgement = Judgement{};
        record.judgement->reason = QStringLiteral("No phase left a report");
        m_page->setRecord(record, {});
        QVERIFY(texts(*m_page).contains(QStringLiteral("No evidence")));
        QVERIFY(texts(*m_panel).contains(QStringLiteral("No check could be made")));
        m_page->grab();
    }

    void textsFromOutsideAreNeverMarkup() {
        CampaignRecord record = sample::redCampaign(QStringLiteral("<h1>id</h1>"));
        record.summary.reason = record.judgement->reason = QStringLiteral("<img src='file:///etc/passwd'>");
        record.judgement->checks.last().proves = QStringLiteral("<a href='x'>y</a>");
        m_page->setRecord(record, {});
        for (const QWidget *top :
             {static_cast<const QWidget *>(m_page.get()), static_cast<const QWidget *>(m_panel.get())}) {
            for (const QLabel *label : top->findChildren<QLabel *>())
                QVERIFY2(label->textFormat() == Qt::PlainText || label->text().isEmpty(),
                         qPrintable(label->text()));
        }
        QVERIFY(texts(*m_page).contains(record.summary.reason));
    }

    void everythingSelectableHasAName() {
        m_page->setRecord(sample::redCampaign(QStringLiteral("red")), {});
        for (const PhaseCard *card : m_page->findChildren<PhaseCard *>())
            QVERIFY(card->accessibleName().startsWith(QStringLiteral("Phase")));
        QVERIFY(m_page->findChild<VerdictHeader *>()->accessibleName().startsWith(QStringLiteral("Fail")));
        QVERIFY(!cycleTable()->accessibleName().isEmpty());
        QVERIFY(!m_page->log().accessibleName().isEmpty());
    }

    void theStreamOfAPhaseIsShown() {
        CampaignRecord record = sample::greenCampaign(QStringLiteral("green"));
        QList<LogStream> streams;
        for (const PhaseRun &run : std::as_const(record.phaseRuns))
            streams.append({run, std::make_shared<sample::CountingLog>(run.phase * 100)});
        m_page->setRecord(record, streams);
        m_page->selectPhase(2);
        QVERIFY(m_page->log().firstLine() < 200);
        m_page->selectPhase(4);
        QVERIFY(m_page->log().firstLine() > 300);
    }

private:
    [[nodiscard]] QTableView *cycleTable() const {
        for (QTableView *table : m_page->findChildren<QTableView *>()) {
            if (qobject_cast<CycleTableModel *>(table->model()))
                return table;
        }
        return nullptr;
    }
    static QStringList texts(const QWidget &widget) {
        QStringList found;
        for (const QLabel *label : widget.findChildren<QLabel *>())
            found << label->text();
        return found;
    }

    std::unique_ptr<CheckPanel> m_panel;
    std::unique_ptr<CampaignPage> m_page;
};

QTEST_MAIN(CampaignPageTest)
#include "tst_campaignpage.moc"
