// SPDX-License-Identifier: GPL-3.0-or-later
// The narrative in the real window: written, looked at by lint, undone, saved, and written by two at once.
#include "app/session/insights.h"
#include "app/session/session.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/insight/bugseditor.h"
#include "ui/insight/insighttext.h"
#include "ui/insight/narrativetab.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/questions.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QInputMethodEvent>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>

using namespace slipway;

namespace {

const QString kId = QStringLiteral("red");

// As somebody wrote it, with keys that Slipway does not know and spacing of their own.
const QByteArray kEntry =
    "{\n    \"headline\": \"Lost writes\",\n    \"reviewed_by\": {\"name\":   \"Ada\"},\n"
    "    \"verdict\":   \"A failure.\",\n    \"for_sme\": \"Ten of 250.\",\n"
    "    \"bugs\": [{\"title\": \"Lost\", \"ticket\": 309, \"fixed_in\": []}]\n  }";

} // namespace

class NarrativeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_narrative"));
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        const Paths paths{m_dir->path()};
        QVERIFY(
            sample::archive(paths, {sample::redCampaign(kId), sample::redCampaign(QStringLiteral("other"))}));
        auto session = Session::open(paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), sample::shipGate());
        QVERIFY(test::showActive(*m_window));
    }

    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void whatIsWrittenIsSavedAndNothingElseChanges() {
        store({}, kEntry);
        open();
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("Lost writes"));
        type("Headline", QStringLiteral("Ten lost writes"));
        QVERIFY(state().contains(QStringLiteral("Not saved")));
        QVERIFY(stored() == kEntry);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_S));
        QTRY_VERIFY(state().startsWith(QStringLiteral("Saved.")));
        QByteArray expected = kEntry;
        QCOMPARE(stored(), expected.replace("Lost writes", "Ten lost writes"));
    }

    void threeAudiencesMakeItComplete() {
        open();
        QVERIFY2(state().contains(
                     QStringLiteral("For non-technical end users; For decision makers; For engineers")),
                 qPrintable(state()));
        type("For non-technical end users", QStringLiteral("a"));
        type("For decision makers", QStringLiteral("b"));
        QVERIFY(state().contains(QStringLiteral("Missing: For engineers and architects.")));
        type("For engineers and architects", QStringLiteral("c"));
        QVERIFY(state().contains(QStringLiteral("Complete")));
    }

    void lintMarksWhatTheEvidenceDoesNotSay() {
        open();
        type("Verdict in words", QStringLiteral("Of 1000 writes 777 are in flight."));
        QTRY_VERIFY(found(QStringLiteral("777 is not in the evidence")));
        QVERIFY(found(QStringLiteral("\"in flight\" speaks of what is to come")));
        QCOMPARE(marked("Verdict in words"),
                 (QStringList{QStringLiteral("777"), QStringLiteral("in flight")}));
        type("What changes in the next campaign", QStringLiteral("It is expected to pass."));
        QCOMPARE(marked("What changes in the next campaign"), QStringList()); // it is still to come
    }

    void editsAreUndoneOneByOne() {
        store({}, kEntry);
        open();
        type("Headline", QStringLiteral("one"));
        type("Verdict in words", QStringLiteral("two"));
        bugs()->findChild<QPushButton *>(QStringLiteral("addBug"))->click();
        QCOMPARE(bugs()->findChild<QListWidget *>()->count(), 2);
        const QKeySequence undo(Qt::CTRL | Qt::Key_Z);
        QTest::keySequence(m_window.get(), undo);
        QCOMPARE(bugs()->findChild<QListWidget *>()->count(), 1);
        QTest::keySequence(m_window.get(), undo);
        QCOMPARE(field("Verdict in words")->toPlainText(), QStringLiteral("A failure."));
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("one"));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
        QCOMPARE(field("Verdict in words")->toPlainText(), QStringLiteral("two"));
        QTest::keySequence(m_window.get(), undo);
        QTest::keySequence(m_window.get(), undo);
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("Lost writes"));
        QVERIFY(!state().contains(QStringLiteral("Not saved")));
        QVERIFY(!button("saveNarrative")->isEnabled());
    }

    void bugsAndTheirLinks() {
        store({}, kEntry);
        open();
        auto *title = bugs()->findChildren<InsightText *>().constFirst();
        title->setFocus();
        title->selectAll();
        QTest::keyClicks(title, QStringLiteral("Lost acks"));
        bugs()->findChild<QPushButton *>(QStringLiteral("addLink"))->click();
        auto *links = bugs()->findChild<QTableWidget *>(QStringLiteral("links"));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("PR 309"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(links->item(0, 0)->text(), QStringLiteral("PR 309"));
        links->item(0, 1)->setText(QStringLiteral("javascript:alert(1)"));
        QTRY_VERIFY(found(QStringLiteral("is not an http or https address")));
        links->item(0, 1)->setText(QStringLiteral("https://example.org/309"));
        QTRY_VERIFY(!found(QStringLiteral("is not an http or https address")));
        QVERIFY(preview().contains(QStringLiteral("1. Lost acks")));
        QVERIFY(preview().contains(QStringLiteral("PR 309 (https://example.org/309)")));
        button("saveNarrative")->click();
        QTRY_VERIFY(state().startsWith(QStringLiteral("Saved.")));
        const auto insight = readInsight(stored());
        QVERIFY(insight.ok());
        QCOMPARE(insight->bugs.size(), 1);
        QCOMPARE(insight->bugs.constFirst().title, QStringLiteral("Lost acks"));
        QCOMPARE(insight->bugs.constFirst().others.value(QLatin1String("ticket")).toInt(), 309);
        QCOMPARE(insight->bugs.constFirst().fixedIn.constFirst().url,
                 QStringLiteral("https://example.org/309"));
    }

    void markupIsShownAsText() {
        open();
        type("Headline", QStringLiteral("<b>bold</b> <img src=x>"));
        QTRY_VERIFY(preview().startsWith(QStringLiteral("<b>bold</b> <img src=x>")));
    }

    void anotherWritersFieldsAreMerged() {
        store({}, kEntry);
        open();
        type("Headline", QStringLiteral("Mine"));
        QByteArray theirs = kEntry;
        theirs.replace("A failure.", "Theirs.").replace(R"("name":   "Ada")", R"("name":   "Bob")");
        store(kEntry, theirs);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_S));
        QTRY_VERIFY2(state().contains(QStringLiteral("with what somebody else wrote")), qPrintable(state()));
        QCOMPARE(stored(), theirs.replace("Lost writes", "Mine"));
        QCOMPARE(field("Verdict in words")->toPlainText(), QStringLiteral("Theirs."));
        QVERIFY(!button("saveNarrative")->isEnabled());
    }

    void whatBothChangedIsDecidedByAPerson_data() {
        QTest::addColumn<QByteArray>("choice");
        QTest::addColumn<QString>("headline");
        QTest::newRow("mine") << QByteArray("keepMine") << QStringLiteral("Mine");
        QTest::newRow("theirs") << QByteArray("takeTheirs") << QStringLiteral("Theirs");
    }

    void whatBothChangedIsDecidedByAPerson() {
        QFETCH(QByteArray, choice);
        QFETCH(QString, headline);
        store({}, kEntry);
        open();
        type("Headline", QStringLiteral("Mine"));
        type("What it proved or disproved", QStringLiteral("Only mine."));
        QByteArray theirs = kEntry;
        theirs.replace("Lost writes", "Theirs").replace("Ten of 250.", "Only theirs.");
        store(kEntry, theirs);
        button("saveNarrative")->click();
        QTRY_VERIFY(button("keepMine")->isVisible());
        QCOMPARE(stored(), theirs); // nothing was overwritten
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("Mine"));
        button(choice.constData())->click();
        QCOMPARE(field("Headline")->toPlainText(), headline);
        QCOMPARE(field("For engineers and architects")->toPlainText(), QStringLiteral("Only theirs."));
        QVERIFY(!button("keepMine")->isVisible());
        button("saveNarrative")->click();
        QTRY_VERIFY(state().startsWith(QStringLiteral("Saved.")));
        const auto insight = readInsight(stored());
        QCOMPARE(insight->headline, headline);
        QCOMPARE(insight->whatItProved, QStringLiteral("Only mine."));
        QCOMPARE(insight->forSme, QStringLiteral("Only theirs."));
    }

    void aDraftStaysWhenAnotherCampaignIsLookedAt() {
        open();
        type("Headline", QStringLiteral("Half a thou"));
        m_window->select(QStringLiteral("other"));
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("other"));
        QTRY_COMPARE(field("Headline")->toPlainText(), QString());
        m_window->select(kId);
        QTRY_COMPARE(page()->campaignId(), kId);
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("Half a thou"));
    }

    void theWindowAsksBeforeADraftIsLost() {
        open();
        type("Headline", QStringLiteral("Half a thou"));
        QString asked;
        m_window->questions().setAsk([&](const QString &, const QString &text, const QString &) {
            asked = text;
            return false;
        });
        QVERIFY(!m_window->close());
        QVERIFY(asked.contains(kId));
        QVERIFY(m_window->isVisible());
        button("saveNarrative")->click();
        QTRY_VERIFY(state().startsWith(QStringLiteral("Saved.")));
        asked.clear();
        QVERIFY(m_window->close());
        QVERIFY(asked.isEmpty());
    }

    // Each refusal names what there is and what fits, and takes nothing away from anybody.
    void aTextTakesWhatFitsAndSaysTheRest() {
        open();
        type("Headline", QStringLiteral("abc"));
        InsightText *edit = field("Headline");
        const QString tooLong(9998, QLatin1Char('x'));
        QApplication::clipboard()->setText(tooLong);
        QTest::keySequence(edit, QKeySequence::Paste);
        QCOMPARE(edit->toPlainText(), QStringLiteral("abc"));
        QVERIFY2(room().contains(QStringLiteral("9,998 characters are more than the 9,997 that still fit")),
                 qPrintable(room()));
        QCOMPARE(QApplication::clipboard()->text(), tooLong);
        QMimeData mime;
        mime.setText(tooLong);
        QDropEvent drop(QPointF(5, 5), Qt::MoveAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(edit->viewport(), &drop);
        QCOMPARE(edit->toPlainText(), QStringLiteral("abc"));
        QVERIFY(!drop.isAccepted()); // else what was dragged is removed there

        QApplication::clipboard()->setText(tooLong.first(7500));
        QTest::keySequence(edit, QKeySequence::Paste);
        QCOMPARE(room(), QStringLiteral("7,503 of 10,000 characters")); // before it is full
        QApplication::clipboard()->setText(tooLong.first(2497));
        QTest::keySequence(edit, QKeySequence::Paste);
        QCOMPARE(edit->toPlainText().size(), 10'000);
        QTest::keyClick(edit, 'y');
        QTest::keyClick(edit, Qt::Key_Return);
        QInputMethodEvent composed;
        composed.setCommitString(QStringLiteral("é"));
        QApplication::sendEvent(edit, &composed);
        QCOMPARE(edit->toPlainText().size(), 10'000);
        QVERIFY2(room().contains(QStringLiteral("It was not typed")), qPrintable(room()));
        QTest::keyClick(edit, Qt::Key_Backspace);
        QTest::keyClick(edit, 'z');
        QVERIFY(edit->toPlainText().endsWith(QLatin1Char('z')));
        edit->selectAll();
        QTest::keyClick(edit, 'w'); // what is selected gives way
        QCOMPARE(edit->toPlainText(), QStringLiteral("w"));
        QCOMPARE(room(), QString());
    }

    void anEntryThatIsLongerIsShownInPartAndKept_data() {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<QString>("says");
        QTest::newRow("a text") << QByteArray(R"({"for_sme": "@"})").replace('@', QByteArray(10'001, 'x'))
                                << QStringLiteral("For engineers and architects has 10001 characters");
        QTest::newRow("a bug's text")
            << QByteArray(R"({"bugs": [{"impact": "@"}]})").replace('@', QByteArray(2'001, 'x'))
            << QStringLiteral("a bug's impact has 2001 characters");
        QTest::newRow("bugs") << "{\"bugs\": [{}" + QByteArray(", {}").repeated(24) + "]}"
                              << QStringLiteral("it has 25 bugs");
        QTest::newRow("all of it")
            << QByteArray(R"({"mine": "@"})").replace('@', QByteArray(qsizetype{1024} * 1024, 'x'))
            << QStringLiteral("more than 1 MiB");
    }

    void anEntryThatIsLongerIsShownInPartAndKept() {
        QFETCH(QByteArray, entry);
        QFETCH(QString, says);
        store({}, entry);
        open();
        QVERIFY2(state().contains(says) && state().contains(QStringLiteral("slipwayctl insight red edit")),
                 qPrintable(state()));
        QVERIFY(field("Headline")->isReadOnly());
        QVERIFY(!bugs()->findChild<QPushButton *>(QStringLiteral("addBug"))->isEnabled());
        QVERIFY(!button("saveNarrative")->isEnabled());
        QVERIFY(field("For engineers and architects")->toPlainText().size() <= 10'000);
        QCOMPARE(stored(), entry);
    }

    void thePreviewIsBounded() {
        QByteArray entry = "{";
        for (const InsightField &field : insightFields())
            entry += '"' + QByteArray(field.key) + "\": \"" + QByteArray(10'000, 'x') + "\", ";
        store({}, entry + "\"bugs\": []}");
        open();
        QTRY_VERIFY(preview().contains(QStringLiteral("The page has the rest.")));
        QVERIFY(preview().size() < 41'000);
        QVERIFY(!field("Headline")->isReadOnly());
    }

    void lintIsAskedForAndOnlyItsLastAnswerIsShown() {
        NarrativeTab tab;
        QList<int> asked;
        connect(&tab, &NarrativeTab::lintRequested, this,
                [&](int number, const Insight &, const auto &, bool) { asked << number; });
        tab.setRecord(sample::redCampaign(kId));
        tab.setEntry(kId, kEntry);
        QVERIFY(asked.isEmpty()); // there is nothing to look in yet
        tab.setEvidence(kId, std::make_shared<EvidenceNumbers>());
        tab.setRecord(sample::redCampaign(kId));
        QCOMPARE(asked.size(), 2);
        const auto *list = tab.findChild<QListWidget *>(QStringLiteral("findings"));
        QList<InsightFinding> many(1000, {QStringLiteral("verdict"), QStringLiteral("777")});
        tab.setFindings(asked.constFirst(), many);
        QCOMPARE(list->count(), 0);
        tab.setFindings(asked.constLast(), many);
        QCOMPARE(list->count(), 201);
        QCOMPARE(list->item(200)->text(), QStringLiteral("800 more"));
    }

    // The answer comes when another campaign is looked at: shown there, kept for when one comes back.
    void aRefusedSaveIsReportedThoughAnotherCampaignIsChosen() {
        store({}, kEntry);
        open();
        type("Headline", QStringLiteral("Mine"));
        QByteArray theirs = kEntry;
        store(kEntry, theirs.replace("Lost writes", "Theirs"));
        button("saveNarrative")->click();
        m_window->select(QStringLiteral("other"));
        const auto *problem = m_window->findChild<QLabel *>(QStringLiteral("problem"));
        QVERIFY(problem);
        QTRY_VERIFY2(problem->text().startsWith(QStringLiteral("What is written about red was not saved: ")),
                     qPrintable(problem->text()));
        QTRY_COMPARE(page()->campaignId(), QStringLiteral("other"));
        QVERIFY(!button("keepMine")->isVisible());
        m_window->select(kId);
        QTRY_COMPARE(page()->campaignId(), kId);
        QTRY_VERIFY(button("keepMine")->isVisible());
        QCOMPARE(field("Headline")->toPlainText(), QStringLiteral("Mine"));
        button("keepMine")->click();
        button("saveNarrative")->click();
        QTRY_VERIFY(state().startsWith(QStringLiteral("Saved.")));
        QCOMPARE(readInsight(stored())->headline, QStringLiteral("Mine"));
    }

    void anEntryThatContradictsItselfIsNotEdited() {
        store({}, R"({"headline": "a", "headline": "b"})");
        open();
        QVERIFY2(state().contains(QStringLiteral("cannot be edited here")), qPrintable(state()));
        QVERIFY(field("Headline")->isReadOnly());
    }

private:
    void open() {
        m_window->select(kId);
        QTRY_COMPARE(page()->campaignId(), kId);
        page()->showTab(*tab());
        QTRY_VERIFY(tab()->isVisible() && !state().startsWith(QStringLiteral("Reading")));
        QTRY_VERIFY(tab()->findChild<QListWidget *>(QStringLiteral("findings"))->count() > 0);
    }
    void type(const char *name, const QString &text) {
        InsightText *edit = field(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    void store(const QByteArray &before, const QByteArray &after) {
        std::optional<bool> saved;
        m_session->insights().save(kId, before, after,
                                   [&](const Result<QByteArray> &result) { saved = result.ok(); });
        QTRY_VERIFY(saved.has_value());
        QVERIFY(*saved);
    }
    QByteArray stored() {
        std::optional<QByteArray> entry;
        m_session->insights().load(
            kId, [&](const Result<QByteArray> &result) { entry = result ? *result : "failed"; });
        return QTest::qWaitFor([&] { return entry.has_value(); }) ? *entry : QByteArray("no answer");
    }
    [[nodiscard]] CampaignPage *page() const { return m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] NarrativeTab *tab() const { return m_window->findChild<NarrativeTab *>(); }
    [[nodiscard]] BugsEditor *bugs() const { return tab()->findChild<BugsEditor *>(); }
    [[nodiscard]] QPushButton *button(const char *name) const {
        return tab()->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    [[nodiscard]] InsightText *field(const char *name) const {
        for (InsightText *text : tab()->findChildren<InsightText *>()) {
            if (text->accessibleName() == QString::fromLatin1(name))
                return text;
        }
        qFatal("there is no field %s", name);
    }
    [[nodiscard]] QString state() const {
        return tab()->findChild<QLabel *>(QStringLiteral("narrativeState"))->text();
    }
    [[nodiscard]] QString room() const { ///< the line below the headline
        const auto *line = field("Headline")->parentWidget()->findChild<QLabel *>(QStringLiteral("room"));
        return line->isVisible() ? line->text() : QString();
    }
    [[nodiscard]] QString preview() const { return tab()->findChild<QTextEdit *>()->toPlainText(); }
    [[nodiscard]] bool found(const QString &text) const {
        return !tab()
                    ->findChild<QListWidget *>(QStringLiteral("findings"))
                    ->findItems(text, Qt::MatchContains)
                    .isEmpty();
    }
    [[nodiscard]] QStringList marked(const char *name) const {
        QStringList texts;
        for (QTextBlock block = field(name)->document()->begin(); block.isValid(); block = block.next()) {
            for (const QTextLayout::FormatRange &range : block.layout()->formats())
                texts << block.text().mid(range.start, range.length);
        }
        return texts;
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(NarrativeTest)
#include "tst_narrative.moc"
