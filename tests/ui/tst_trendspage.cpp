// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/inventory.h"
#include "app/session/session.h"
#include "tests/ui/sample.h"
#include "tests/ui/trendssuite.h"
#include "tests/ui/windowsetup.h"
#include "ui/common/sidecolumns.h"
#include "ui/trends/alarmdialog.h"
#include "ui/trends/alarmpanel.h"
#include "ui/trends/serieslist.h"
#include "ui/trends/slotpanel.h"
#include "ui/trends/trendcanvas.h"

#include "app/archive/archive.h"
#include "models/core/instant.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace slipway;

class TrendsPageTest : public test::TrendsSuite {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyArchiveSaysWhatASeriesIs() {
        open();
        QTRY_VERIFY(says(QStringLiteral("No series yet")));
        QVERIFY(!m_page->view());
    }

    void theFieldsSeriesSaysWhatItLacks() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        QVERIFY(says(QStringLiteral("26 of 84 slots hold no evidence.")));
        QVERIFY(says(QStringLiteral("No evidence")));
        QVERIFY(says(QStringLiteral("evidence-claim, run 2")));
        QVERIFY(says(QStringLiteral("26 used, 0 allowed")));
        QVERIFY(says(QStringLiteral("The series is over.")));
        const QAbstractItemModelTester tester(m_page->findChild<SeriesList *>()->model());
    }

    void theKeyboardReachesEachSlotAndSelects() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        auto *canvas = m_page->findChild<TrendCanvas *>();
        canvas->setFocus();
        QCOMPARE(canvas->current(), qsizetype(83));
        QTest::keyClick(canvas, Qt::Key_Home);
        QCOMPARE(canvas->current(), qsizetype(0));
        QTest::keyClick(canvas, Qt::Key_Right);
        QCOMPARE(canvas->current(), qsizetype(1));
        QVERIFY(says(QStringLiteral("21 Apr 2026 00:13"))); // what is at the cursor
        QTest::keyClick(canvas, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(canvas, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(canvas->selection(), (std::pair<qsizetype, qsizetype>{1, 3}));
        QVERIFY(says(QStringLiteral("3 slots, 1 without evidence")));
        QTest::keyClick(canvas, Qt::Key_Escape);
        QCOMPARE(canvas->selection().first, qsizetype(-1));
    }

    void aClickOpensTheRun() {
        keepCampaigns();
        open();
        QTRY_VERIFY(m_page->view());
        auto *canvas = m_page->findChild<TrendCanvas *>();
        const QSignalSpy asked(m_page.get(), &TrendsPage::campaignRequested);
        const QSignalSpy problems(m_page.get(), &TrendsPage::problemOccurred);
        canvas->setFocus();
        QTest::keyClick(canvas, Qt::Key_Home);
        QTest::keyClick(canvas, Qt::Key_Return);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.at(0).at(0).toString(), QStringLiteral("nightly-r1"));
        // A point of a chart, at the height of the duration: the last run is at the right.
        QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(canvas->width() - 90, canvas->height() / 2));
        QCOMPARE(asked.count(), 2);
        QCOMPARE(asked.at(1).at(0).toString(), QStringLiteral("nightly-r3"));
        QCOMPARE(problems.count(), 0);
    }

    void aRowOfATableOpensNothingAndSaysSo() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        const QSignalSpy asked(m_page.get(), &TrendsPage::campaignRequested);
        const QSignalSpy problems(m_page.get(), &TrendsPage::problemOccurred);
        m_page->findChild<TrendCanvas *>()->openCurrent();
        QCOMPARE(asked.count(), 0);
        QCOMPARE(problems.count(), 1);
    }

    void anAlarmIsAcknowledgedFromHere() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        for (auto *button : m_page->findChildren<QPushButton *>()) {
            if (button->accessibleName() == QStringLiteral("Acknowledge: evidence-claim"))
                button->click();
        }
        auto *dialog = m_page->findChild<AlarmDialog *>();
        QVERIFY(dialog);
        auto *save = dialog->findChild<QPushButton *>(QStringLiteral("primary"));
        const auto lines = dialog->findChildren<QLineEdit *>();
        lines.at(0)->setText(QStringLiteral("Ada"));
        lines.at(1)->clear();
        QVERIFY(!save->isEnabled()); // not without a reason
        lines.at(1)->setText(QStringLiteral("known gap"));
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_VERIFY(says(QStringLiteral("Ada: “known gap”")));
        const auto store = Archive::openToRead(m_paths);
        QVERIFY(store.ok());
        const auto judged = SeriesArchive(**store).judge(test::kField, QDateTime::currentDateTimeUtc());
        QVERIFY(judged.ok());
        QCOMPARE(judged->alarms.constFirst().state, AlarmState::Acknowledged);
    }

    void aNewAlarmIsToldOnce() {
        keepCampaigns();
        open();
        QTRY_VERIFY(m_page->view());
        const QSignalSpy told(m_page.get(), &TrendsPage::alarmOpened);
        CampaignRecord bad = sample::greenCampaign(QStringLiteral("nightly-r4"));
        bad.summary.source = kImported;
        bad.summary.startedAt = bad.summary.finishedAt = instantOf(QStringLiteral("2026-05-04T00:00:00Z"));
        bad.summary.verdict = Verdict::Fail;
        bad.judgement->verdict = Verdict::Fail;
        QVERIFY(sample::archive(m_paths, {bad}));
        m_page->refresh();
        QTRY_COMPARE(told.count(), 1);
        QVERIFY(told.at(0).at(0).toString().startsWith(QStringLiteral("Series nightly: ")));
        m_page->refresh();
        QTRY_COMPARE(m_page->view()->judged.runs.size(), qsizetype(4));
        QTest::qWait(0);
        QCOMPARE(told.count(), 1);
    }

    void aNarrowWindowKeepsItsAlarmsInADrawer() {
        keepField();
        open();
        QTRY_VERIFY(m_page->view());
        m_page->resize(1000, 640);
        QTRY_VERIFY(m_page->columns().isDrawer(SideColumns::Side::Right));
        m_page->columns().reveal(SideColumns::Side::Right);
        QTRY_VERIFY(m_page->findChild<AlarmPanel *>()->isVisible());
    }

private:
    void keepCampaigns() {
        QList<CampaignRecord> records;
        for (int i = 1; i <= 3; ++i) {
            CampaignRecord record = sample::greenCampaign(QStringLiteral("nightly-r%1").arg(i));
            record.summary.startedAt = instantOf(QStringLiteral("2026-05-0%1T00:00:00Z").arg(i));
            record.summary.finishedAt = record.summary.startedAt.addSecs(600);
            records << record;
        }
        QVERIFY(sample::archive(m_paths, records));
    }
    void open() {
        makePage();
        QVERIFY(m_page);
        m_page->setEntries({});
        QList<CampaignEntry> entries;
        for (int i = 1; i <= 4; ++i) {
            CampaignEntry entry;
            entry.summary.id = QStringLiteral("nightly-r%1").arg(i);
            entries << entry;
        }
        QVERIFY(test::showActive(*m_page));
        m_page->setEntries(entries);
    }
    [[nodiscard]] bool says(const QString &text) const { return TrendsSuite::says(*m_page, text); }
};

QTEST_MAIN(TrendsPageTest)
#include "tst_trendspage.moc"
