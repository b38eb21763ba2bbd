// SPDX-License-Identifier: GPL-3.0-or-later
// A red campaign from its verdict to its class, on folders that were really published.
#include "app/session/campaignqueries.h"
#include "app/session/importrunner.h"
#include "app/session/session.h"
#include "tests/support/testpaths.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/checkpanel.h"
#include "ui/campaign/difftab.h"
#include "ui/campaign/verdictheader.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/palette/palette.h"
#include "ui/triage/triagepanel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace slipway;

namespace {

const QString kInfraRun = QStringLiteral("soak-v0.6.0-r66");
const QString kHarnessRun = QStringLiteral("v0.6.0.0-final-r19");
const QString kProductRun = QStringLiteral("v0.6.0.0-final-r14");

} // namespace

class RehearsalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_rehearsals"));
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        auto session = Session::open(Paths{m_dir->path()});
        QVERIFY(session);
        m_session = std::move(*session);
        std::optional<Result<ImportCount>> imported;
        m_session->imports().start(
            testPaths::source("../shared/runs-sample"), [](const ImportCount &) {},
            [&](const Result<ImportCount> &count) { imported = count; });
        QTRY_VERIFY_WITH_TIMEOUT(imported.has_value(), 30'000);
        QVERIFY(imported->ok());
        m_window = std::make_unique<MainWindow>(*m_session, Protocol{}, Protocol{});
        QVERIFY(test::showActive(*m_window));
        QTRY_COMPARE(page().campaignId(), kInfraRun); // the newest that needs a look
    }

    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void noEvidenceIsTheInfrastructuresAndForAllOfItsKind() {
        QVERIFY(said(*m_window->findChild<VerdictHeader *>(), QStringLiteral("No evidence")));
        QVERIFY(said(*m_window->findChild<VerdictHeader *>(), QStringLiteral("its summary says pass")));
        QVERIFY(said(panel(), QStringLiteral("phase1-node-a.json")));
        QVERIFY(said(panel(), QStringLiteral("no file")));
        QVERIFY(said(triage(), QStringLiteral("3 other campaigns failed the same way")));
        triage().findChild<QCheckBox *>()->click(); // for all of them, which nothing ticks in advance
        QTest::keyClick(m_window.get(), Qt::Key_I);
        for (const auto &id : {kInfraRun, QStringLiteral("soak-v0.6.0-r17"), QStringLiteral("soak-v0.6.0-r2"),
                               QStringLiteral("ship-gate-v0.6.3-rc1")})
            QTRY_COMPARE(classOf(id), FailureClass::Infrastructure);
        QCOMPARE(classOf(kProductRun), std::nullopt);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_Z));
        QTRY_COMPARE(classOf(QStringLiteral("soak-v0.6.0-r2")), std::nullopt);
        QTRY_COMPARE(classOf(kInfraRun), std::nullopt);
    }

    void aPagesSizeIsTheHarnesss() {
        select(kHarnessRun);
        QVERIFY(said(panel(), QStringLiteral("a page's size, not a measurement")));
        QTest::keyClick(m_window.get(), Qt::Key_N);
        QTest::keyClick(m_window.get(), Qt::Key_H);
        QTRY_COMPARE(classOf(kHarnessRun), FailureClass::Harness);
        QTest::keyClick(m_window.get(), Qt::Key_H); // the same again takes it away
        QTRY_COMPARE(classOf(kHarnessRun), std::nullopt);
    }

    void lostWritesAreTheProducts() {
        select(kProductRun);
        QVERIFY(said(panel(), QStringLiteral("First failing check")));
        QVERIFY(said(panel(), QStringLiteral("166")));
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("166")));
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().count(QLatin1Char('\n')) >= 5);
        QTest::keyClick(m_window.get(), Qt::Key_P);
        QTRY_COMPARE(classOf(kProductRun), FailureClass::Product);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_Return));
        const QString issue = QApplication::clipboard()->text();
        QVERIFY2(issue.contains(QStringLiteral("`phase2.json`, bytes")), qPrintable(issue));
        QVERIFY(issue.contains(QStringLiteral("class: product")));
    }

    void theDiffIsWithTheLastGreen() {
        select(QStringLiteral("v0.6.0.0-final-r22"));
        QTest::keyClick(m_window.get(), Qt::Key_D);
        auto *tree = m_window->findChild<DiffTab *>()->findChild<QTreeWidget *>();
        QTRY_VERIFY(tree->topLevelItemCount() > 0);
        bool report = false;
        for (const QTreeWidgetItem *item :
             tree->findItems(QStringLiteral("phase4.report"), Qt::MatchContains | Qt::MatchRecursive))
            report = report || item->text(2).contains(QStringLiteral("empty"));
        QVERIFY(report);
    }

    void ownerAndLinkAreKeptAndABadLinkIsSaid() {
        select(kProductRun);
        const auto fields = triage().findChildren<QLineEdit *>();
        for (QLineEdit *field : fields) {
            if (field->accessibleName() == QStringLiteral("issue link")) {
                field->setFocus();
                QTest::keyClicks(field, QStringLiteral("javascript:x"));
                QTest::keyClick(field, Qt::Key_Return);
                QVERIFY(said(triage(), QStringLiteral("https:// or http://")));
                field->setText(QStringLiteral("https://example.org/309"));
                QTest::keyClick(field, Qt::Key_Return);
            }
        }
        QTRY_COMPARE(triageOf(kProductRun).link, QStringLiteral("https://example.org/309"));
    }

    void thePaletteFindsWhatALogSaid() {
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_K));
        auto *palette = m_window->findChild<Palette *>();
        auto *field = palette->findChild<QLineEdit *>();
        auto *list = palette->findChild<QListWidget *>();
        QVERIFY(palette->isVisible());
        QTest::keyClicks(field, QStringLiteral("FATAL node-0"));
        QTRY_VERIFY(list->count() > 0 &&
                    list->item(0)->text().contains(QStringLiteral("FATAL: node-0 failed to start")));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(page().campaignId(), QStringLiteral("v0.6.0.0-final-r18"));
        QVERIFY(!palette->isVisible());
    }

    void thePaletteRunsCommandsAndOpensCampaigns() {
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_K));
        auto *field = m_window->findChild<Palette *>()->findChild<QLineEdit *>();
        QTest::keyClicks(field, QStringLiteral("final-r25"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(page().campaignId(), QStringLiteral("v0.6.0.0-final-r25"));
        QVERIFY(triage().isHidden()); // nothing to triage
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_K));
        QTest::keyClicks(field, QStringLiteral("diff pass"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(m_window->findChild<DiffTab *>()->isVisible());
    }

private:
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] CheckPanel &panel() const { return *m_window->findChild<CheckPanel *>(); }
    [[nodiscard]] TriagePanel &triage() const { return *m_window->findChild<TriagePanel *>(); }

    void select(const QString &id) {
        m_window->select(id);
        QTRY_COMPARE(page().campaignId(), id);
    }

    Triage triageOf(const QString &id) {
        std::optional<Triage> found;
        m_session->queries().load(
            id, [&](const Result<CampaignRecord> &record) { found = record->summary.triage; });
        return QTest::qWaitFor([&] { return found.has_value(); }) ? *found : Triage{};
    }
    std::optional<FailureClass> classOf(const QString &id) { return triageOf(id).failureClass; }

    static bool said(const QWidget &widget, const QString &text) {
        const auto labels = widget.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(RehearsalsTest)
#include "tst_rehearsals.moc"
