// SPDX-License-Identifier: GPL-3.0-or-later
// Every key of the window, pressed once in the real window, with what a person then sees.
#include "app/session/campaignqueries.h"
#include "app/session/insights.h"
#include "app/session/seriesqueries.h"
#include "app/session/session.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/campaign/comparetab.h"
#include "ui/common/notice.h"
#include "ui/common/sidecolumns.h"
#include "ui/exporter/exportsheet.h"
#include "ui/fleet/fleetspage.h"
#include "ui/help/guidedialog.h"
#include "ui/insight/insighttext.h"
#include "ui/insight/narrativetab.h"
#include "ui/logview/highlighters.h"
#include "ui/logview/logbar.h"
#include "ui/logview/logpane.h"
#include "ui/logview/logview.h"
#include "ui/mainwindow/campaignspage.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowbar.h"
#include "ui/palette/commandtable.h"
#include "ui/palette/helpsheet.h"
#include "ui/palette/palette.h"
#include "ui/trends/trendspage.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace slipway;

namespace {

const QString kGreen = QStringLiteral("rc-1");
const QString kOlder = QStringLiteral("rc-2");
const QString kRed = QStringLiteral("rc-3"); // the newest that needs a look: it is shown at first

/// Takes every shortcut before its owner does, so that a key can be pressed without what it would do.
class ShortcutWatch : public QObject {
public:
    struct Taken {
        QObject *owner;
        bool ambiguous;
    };
    ShortcutWatch() { qApp->installEventFilter(this); }
    QList<Taken> taken;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override {
        if (event->type() != QEvent::Shortcut)
            return false;
        taken.append({watched, static_cast<QShortcutEvent *>(event)->isAmbiguous()});
        return true;
    }
};

/// What is pressed first, and what is seen after the key.
struct Effect {
    std::function<void()> before;
    std::function<bool()> seen;
};

} // namespace

class ShortcutsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_shortcuts"));
        addListEffects();
        addEvidenceEffects();
        addLogEffects();
        addSeriesEffects();
        addWindowEffects();
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        const Paths paths{m_dir->path()};
        QVERIFY(sample::archive(
            paths, {sample::greenCampaign(kGreen), sample::redCampaign(kOlder), sample::redCampaign(kRed)}));
        for (const PhaseRun &run : sample::redCampaign(kRed).phaseRuns)
            QVERIFY(sample::spool(paths, kRed, run, logOf(run.phase)));
        auto session = Session::open(paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), Protocol{});
        QVERIFY(test::showActive(*m_window));
        QTRY_COMPARE(page().campaignId(), kRed);
        QTRY_COMPARE(log().source() ? log().source()->lineCount() : 0, 31);
        m_dialog.clear();
        m_watch = std::make_unique<QTimer>();
        connect(m_watch.get(), &QTimer::timeout, this, [this] {
            if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget())) {
                m_dialog = dialog->windowTitle();
                dialog->reject();
            }
        });
        m_watch->start(10);
    }

    void cleanup() {
        m_watch.reset();
        m_window.reset();
        m_session.reset();
    }

    void everyKeyDoesWhatItSays_data() {
        QTest::addColumn<QString>("key");
        for (auto it = m_effects.constBegin(); it != m_effects.constEnd(); ++it)
            QTest::newRow(qPrintable(it.key())) << it.key();
    }

    void everyKeyDoesWhatItSays() {
        QFETCH(QString, key);
        const Effect effect = m_effects.value(key);
        if (effect.before)
            effect.before();
        QVERIFY2(!effect.seen(), "seen before the key was pressed");
        press(key);
        QTRY_VERIFY(effect.seen());
    }

    void eachKeyOfAPageHasOneOwner_data() {
        QTest::addColumn<int>("page");
        int page = 0;
        for (const char *name : {"Campaigns", "Trends", "Fleets", "Rented"})
            QTest::newRow(name) << page++;
    }

    // On every page, with the focus where the page puts it: the key comes to its command, and to no other.
    void eachKeyOfAPageHasOneOwner() {
        QFETCH(int, page);
        auto &table = *m_window->findChild<CommandTable *>();
        showPage(page);
        int pressed = 0;
        for (const Command &command : table.commands()) {
            for (const QKeySequence &key : command.keys()) {
                const bool usable = table.isUsable(command);
                const bool owned =
                    std::any_of(table.commands().begin(), table.commands().end(), [&](const Command &other) {
                        return table.isUsable(other) && other.keys().contains(key);
                    });
                if (!usable && owned)
                    continue; // another page's use of a key of this one
                showPage(page);
                if (usable && command.action->shortcutContext() == Qt::WidgetShortcut)
                    focusOwner(*command.action);
                const bool enabled = command.action->isEnabled();
                command.action->setEnabled(true);
                ShortcutWatch watch;
                press(key.toString());
                command.action->setEnabled(enabled);
                if (QWidget *popup = QApplication::activePopupWidget())
                    popup->close(); // F4 opens a combo box where it is not the page's
                const QString what = key.toString() + QStringLiteral(": ") + command.text();
                QVERIFY2(watch.taken.size() == (usable ? 1 : 0), qPrintable(what));
                if (!usable)
                    continue;
                QVERIFY2(!watch.taken.constFirst().ambiguous, qPrintable(what));
                QVERIFY2(watch.taken.constFirst().owner == command.action, qPrintable(what));
                ++pressed;
            }
        }
        QVERIFY(pressed >= 10);
    }

    void theFocusFollowsThePage() {
        for (int page = 0; page < pages().count(); ++page) {
            press(QStringLiteral("Alt+%1").arg(page + 1));
            QVERIFY(QApplication::focusWidget());
            QVERIFY2(pages().currentWidget()->isAncestorOf(QApplication::focusWidget()),
                     qPrintable(QString::number(page + 1)));
        }
        // And is where it was when a page is shown again.
        press(QStringLiteral("Alt+1"));
        press(QStringLiteral("Ctrl+F"));
        const QWidget *field = QApplication::focusWidget();
        press(QStringLiteral("Alt+2"));
        QVERIFY(QApplication::focusWidget() != field);
        press(QStringLiteral("Alt+1"));
        QCOMPARE(QApplication::focusWidget(), field);
    }

    // One letter changes what is stored: it is said in the middle of the window, with the way back.
    void aClassChosenByALetterCanBeUndoneWhereItIsSaid() {
        press(QStringLiteral("H"));
        QTRY_VERIFY(classIs(FailureClass::Harness));
        auto *notice = m_window->findChild<Notice *>();
        QVERIFY(notice->isVisible());
        QVERIFY2(notice->text().contains(kRed) && notice->text().contains(QStringLiteral("harness")),
                 qPrintable(notice->text()));
        QTest::mouseClick(notice->findChild<QPushButton *>(), Qt::LeftButton);
        QTRY_VERIFY(classIs(std::nullopt));
        QVERIFY(!notice->isVisible());
    }

    // With a sheet of the window open its letters are not those of the page.
    void aSheetKeepsItsLetters() {
        press(QStringLiteral("?"));
        QVERIFY(m_window->findChild<HelpSheet *>()->isVisible());
        press(QStringLiteral("H"));
        QVERIFY(classIs(std::nullopt));
        press(QStringLiteral("?"));
        QVERIFY(!m_window->findChild<HelpSheet *>()->isVisible());
    }

    void noKeyIsLeftOut() {
        QSet<QString> left;
        for (const Command &command : m_window->findChild<CommandTable *>()->commands()) {
            if (qobject_cast<FleetsPage *>(command.scope))
                continue; // tst_fleetspage
            for (const QKeySequence &key : command.keys())
                left.insert(key.toString());
        }
        // Stops a campaign that runs: tst_windowcampaign.
        QVERIFY(left.remove(QStringLiteral("Ctrl+.")));
        for (const QString &key : m_effects.keys())
            QVERIFY2(left.remove(key), qPrintable(key));
        QVERIFY2(left.isEmpty(), qPrintable(QStringList(left.values()).join(QStringLiteral(", "))));
    }

private:
    void add(const char *key, const std::function<bool()> &seen, const std::function<void()> &before = {}) {
        m_effects.insert(QString::fromLatin1(key), {before, seen});
    }

    void addListEffects() {
        add("J", [this] { return page().campaignId() == kOlder; });
        add(
            "K", [this] { return page().campaignId() == kRed; },
            [this] {
                press(QStringLiteral("J"));
                QTRY_COMPARE(page().campaignId(), kOlder);
            });
        add("Ctrl+F", [] { return focusIs<QLineEdit>("Filter campaigns"); });
        add("Ctrl+L", [this] { return m_dialog == QStringLiteral("Launch campaign"); });
        add("Ctrl+E", [this] {
            const auto *sheet = m_window->findChild<ExportSheet *>();
            return sheet && sheet->isVisible();
        });
        add("R", [this] { return narrative().isVisible(); });
        add(
            "Ctrl+Shift+I", [] { return QApplication::clipboard()->text() == kRed; },
            [] { QApplication::clipboard()->clear(); });
        add("F9", [this] { return !columns().isShown(SideColumns::Side::Left); });
        add("Shift+F9", [this] { return !columns().isShown(SideColumns::Side::Right); });
        add(
            "Ctrl+S", [this] { return stored().contains("A headline"); }, [this] { write(); });
        add(
            "Ctrl+Shift+Z", [this] { return headline().toPlainText() == QStringLiteral("A headline"); },
            [this] {
                write();
                press(QStringLiteral("Ctrl+Z"));
                QTRY_VERIFY(headline().toPlainText().isEmpty());
            });
    }

    void addEvidenceEffects() {
        for (int phase = 1; phase <= 4; ++phase) {
            add(
                qPrintable(QString::number(phase)),
                [this, phase] {
                    return logSays("[phase" + QByteArray::number(phase) + "]") && bar().stream() == phase - 1;
                },
                [this, phase] {
                    press(QString::number(phase == 1 ? 2 : 1));
                    QTRY_COMPARE(bar().stream(), phase == 1 ? 1 : 0);
                });
        }
        add("N", [this] { return page().selectedCycle() == 4; });
        add(
            "Shift+N", [this] { return page().selectedCycle() == 4; },
            [this] {
                press(QStringLiteral("N"));
                press(QStringLiteral("N"));
                QTRY_COMPARE(page().selectedCycle(), 7);
            });
        add("Shift+D", [] { return focusIs<QComboBox>("Compare with"); });
        add("D", [this] { return page().compare().isVisible(); });
        add("P", [this] { return classIs(FailureClass::Product); });
        add("H", [this] { return classIs(FailureClass::Harness); });
        add("I", [this] { return classIs(FailureClass::Infrastructure); });
        add(
            "Ctrl+Z", [this] { return classIs(std::nullopt); },
            [this] {
                press(QStringLiteral("P"));
                QTRY_VERIFY(classIs(FailureClass::Product));
            });
        for (const char *key : {"Ctrl+Return", "Ctrl+Enter"})
            add(
                key, [] { return QApplication::clipboard()->text().contains(kRed); },
                [] { QApplication::clipboard()->clear(); });
    }

    void addLogEffects() {
        // Lines 10 and 20 of each log say that something failed.
        add(
            "E", [this] { return log().selectedLine() == 10; }, [this] { log().selectLine(3); });
        add(
            "Shift+E", [this] { return log().selectedLine() == 10; }, [this] { log().selectLine(15); });
        add("F", [this] { return !log().isFollowing(); });
        add("/",
            [this] { return focusIs<QLineEdit>("Filter, a regular expression") && bar().isOnlyMatches(); });
        add("Ctrl+Shift+F",
            [this] { return focusIs<QLineEdit>("Filter, a regular expression") && !bar().isOnlyMatches(); });
        const auto search = [this] {
            press(QStringLiteral("Ctrl+Shift+F"));
            bar().setPattern(QStringLiteral("step 1[0-9]"));
            log().setFocus();
            log().selectLine(15);
        };
        add(
            "F3", [this] { return log().selectedLine() == 16; }, search);
        add(
            "Shift+F3", [this] { return log().selectedLine() == 14; }, search);
        add("W", [this] { return log().isWrapped(); });
        add("Ctrl+G", [] { return focusIs<QLineEdit>("Go to a line, a byte or a time"); });
        add("A", [this] { return log().source()->lineCount() == 4 * 31; });
        add(
            "Ctrl+H", [this] { return !page().logPane().highlighters().patterns().isEmpty(); }, search);
    }

    void addWindowEffects() {
        add("Ctrl+O", [this] { return m_dialog == QStringLiteral("Import published runs"); });
        add("Ctrl+Q", [this] { return !m_window->isVisible(); });
        add(
            "F1",
            [this] {
                const auto *guide = m_window->findChild<GuideDialog *>();
                return guide->isVisible() && guide->topic() == QLatin1String("real-server");
            },
            [this] { press(QStringLiteral("Alt+3")); });
        add("F10", [this] { return m_window->menuBar()->activeAction() != nullptr; });
        add("Ctrl+K", [this] { return m_window->findChild<Palette *>()->isVisible(); });
        add("?", [this] { return m_window->findChild<HelpSheet *>()->isVisible(); });
        add("Ctrl+R", [this] { return pages().currentIndex() == 3; });
        for (int index = 0; index < 4; ++index)
            add(
                qPrintable(QStringLiteral("Alt+%1").arg(index + 1)),
                [this, index] { return pages().currentIndex() == index; },
                [this, index] { press(index == 0 ? QStringLiteral("Alt+2") : QStringLiteral("Alt+1")); });
    }

    void addSeriesEffects() {
        add(
            "Ctrl+N", [this] { return m_dialog == QStringLiteral("New series"); },
            [this] { press(QStringLiteral("Alt+2")); });
        add(
            "F4", [this] { return m_dialog == QStringLiteral("Edit series nightly"); }, [this] { define(); });
        add(
            "Ctrl+D", [this] { return m_dialog == QStringLiteral("Drill of series nightly"); },
            [this] { define(); });
    }

    // A series, which is shown.
    void define() {
        bool isDefined = false;
        m_session->series().create({{QStringLiteral("name"), {QStringLiteral("nightly")}},
                                    {QStringLiteral("cron"), {QStringLiteral("0 3 * * *")}},
                                    {QStringLiteral("fleet"), {QStringLiteral("sandbox")}}},
                                   [&](const Result<SeriesDefinition> &made) { isDefined = made.ok(); });
        QTRY_VERIFY(isDefined);
        press(QStringLiteral("Alt+2"));
        QTRY_VERIFY(m_window->findChild<TrendsPage *>()->view());
    }

    void write() {
        press(QStringLiteral("R"));
        QTRY_VERIFY(narrative().isVisible() && !headline().isReadOnly());
        headline().setFocus();
        headline().insertPlainText(QStringLiteral("A headline"));
    }

    void showPage(int index) {
        press(QStringLiteral("Alt+%1").arg(index + 1));
        QCOMPARE(pages().currentIndex(), index);
    }
    // The list that the command is of.
    static void focusOwner(const QAction &action) {
        for (QObject *object : action.associatedObjects()) {
            auto *view = qobject_cast<QAbstractItemView *>(object);
            if (view && view->isVisible()) {
                view->setFocus();
                return;
            }
        }
    }
    static QByteArray logOf(int phase) {
        QByteArray text;
        for (int line = 0; line <= 30; ++line)
            text += "[phase" + QByteArray::number(phase) + "] step " + QByteArray::number(line) +
                    (line == 10 || line == 20 ? " failed\n" : "\n");
        return text;
    }

    void press(const QString &key) {
        QWidget *focus = QApplication::focusWidget();
        QTest::keySequence(focus ? focus : m_window.get(), QKeySequence(key));
    }
    template <typename Widget>
    [[nodiscard]] static bool focusIs(const char *name) {
        const auto *widget = qobject_cast<Widget *>(QApplication::focusWidget());
        return widget && widget->accessibleName() == QLatin1String(name);
    }
    [[nodiscard]] bool logSays(const QByteArray &text) const {
        return log().source() && log().source()->lines(0, 1).value(0).text.contains(text);
    }
    [[nodiscard]] bool classIs(std::optional<FailureClass> failureClass) const {
        std::optional<Result<CampaignRecord>> record;
        m_session->queries().load(kRed, [&](const auto &loaded) { record = loaded; });
        return QTest::qWaitFor([&] { return record.has_value(); }) && record->ok() &&
               (*record)->summary.triage.failureClass == failureClass;
    }
    [[nodiscard]] QByteArray stored() const {
        std::optional<Result<QByteArray>> entry;
        m_session->insights().load(kRed, [&](const auto &loaded) { entry = loaded; });
        return QTest::qWaitFor([&] { return entry.has_value(); }) && entry->ok() ? **entry : QByteArray();
    }
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] SideColumns &columns() const { return m_window->findChild<CampaignsPage *>()->columns(); }
    [[nodiscard]] LogView &log() const { return page().log(); }
    [[nodiscard]] LogBar &bar() const { return page().logPane().bar(); }
    [[nodiscard]] NarrativeTab &narrative() const { return page().narrative(); }
    [[nodiscard]] QStackedWidget &pages() const { return *m_window->findChild<QStackedWidget *>(); }
    [[nodiscard]] InsightText &headline() const {
        for (InsightText *edit : narrative().findChildren<InsightText *>()) {
            if (edit->accessibleName() == QStringLiteral("Headline"))
                return *edit;
        }
        qFatal("no headline");
    }

    QMap<QString, Effect> m_effects;
    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QTimer> m_watch;
    QString m_dialog; ///< the title of the last one that asked something
};

QTEST_MAIN(ShortcutsTest)
#include "tst_shortcuts.moc"
