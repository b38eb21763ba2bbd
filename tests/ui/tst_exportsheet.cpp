// SPDX-License-Identifier: GPL-3.0-or-later
// The export sheet of the real window, on folders that were really published and a real bare repository.
#include "app/session/importrunner.h"
#include "app/session/session.h"
#include "tests/app/git/testgit.h"
#include "tests/support/testpaths.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/exporter/exportchoices.h"
#include "ui/exporter/exportsheet.h"
#include "ui/mainwindow/mainwindow.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace slipway;
using slipway::test::TestGit;

namespace {

const QString kFailed = QStringLiteral("v0.6.0.0-final-r22");
const QString kUnproven = QStringLiteral("ship-gate-v0.6.3-rc1-r2");
constexpr int kGitMs = 30'000; // git, and a run's pages

} // namespace

class ExportSheetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        test::useSettings(m_settings.path(), QStringLiteral("tst_exportsheet"));
        qputenv("HOME", m_home.path().toUtf8());
        QDir(m_home.path()).mkpath(QStringLiteral(".ssh"));
        QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"),
                                   {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                    QStringLiteral("-N"), QString(), QStringLiteral("-f"),
                                    m_home.filePath(QStringLiteral(".ssh/id_test"))}),
                 0);
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_git = std::make_unique<TestGit>(m_dir->path());
        const auto paths = dataPaths(m_dir->filePath(QStringLiteral("data")));
        QVERIFY(paths);
        auto session = Session::open(*paths);
        QVERIFY(session);
        m_session = std::move(*session);
        std::optional<Result<ImportCount>> imported;
        m_session->imports().start(
            testPaths::source("../shared/runs-sample"), [](const ImportCount &) {},
            [&](const Result<ImportCount> &count) { imported = count; });
        QTRY_VERIFY_WITH_TIMEOUT(imported.has_value(), kGitMs);
        QVERIFY(imported->ok());
        m_window = std::make_unique<MainWindow>(*m_session, Protocol{}, Protocol{});
        QVERIFY(test::showActive(*m_window));
    }

    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void aKeyAndAButtonOpenIt() {
        show(kFailed);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_E));
        QTRY_VERIFY(sheet() && sheet()->isVisible());
        QVERIFY(sheet()->windowTitle().contains(kFailed));
        QVERIFY(said(QStringLiteral("name a checkout"))); // nothing is named yet: nothing is done
        QVERIFY(!primary()->isEnabled());
        QTest::keyClick(sheet(), Qt::Key_Escape);
        QTRY_VERIFY(!sheet());
        QTest::mouseClick(m_window->findChild<QPushButton *>(QStringLiteral("export")), Qt::LeftButton);
        QTRY_VERIFY(sheet() && sheet()->isVisible());
    }

    void itShowsFirstAndThenPushes() {
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        QCOMPARE(head(), m_first); // looking pushes nothing
        const QStringList files = shownFiles();
        for (const auto &name : {"phase2.json", "index.html", "checks.json", "evidence-manifest.json"})
            QVERIFY2(files.contains(QStringLiteral("runs/%1/%2").arg(kFailed, QString::fromLatin1(name))),
                     name);
        QVERIFY(files.contains(QStringLiteral("runs/index.json")));
        QVERIFY(files.contains(QStringLiteral("analysis/run-insights.json")));
        QCOMPARE(primary()->text(), QStringLiteral("Push %1 files").arg(files.size()));
        QVERIFY(said(QStringLiteral("of at most 64.0 MiB"))); // the limit, before it is crossed
        // The published password, and the rule that found it.
        auto *masked = sheet()->findChild<QTreeWidget *>(QStringLiteral("masked"));
        const auto found =
            masked->findItems(QStringLiteral("runs/%1/phase3.json").arg(kFailed), Qt::MatchExactly, 1);
        QVERIFY(!found.isEmpty());
        QCOMPARE(found.constFirst()->text(0), QStringLiteral("password in a URL"));
        push();
        QVERIFY(head() != m_first);
        QVERIFY(said(head()));
        QCOMPARE(ending(), QStringLiteral("Published"));
        QVERIFY(!published(QStringLiteral("runs/%1/phase3.json").arg(kFailed)).contains("ai_memory_test@"));
        QVERIFY(published(QStringLiteral("analysis/run-insights.json")).contains(kFailed.toUtf8()));
    }

    void aSecondTimeThereIsNothingToPush() {
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        push();
        closeSheet();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_E));
        QTRY_VERIFY(sheet());
        QCOMPARE(repo()->currentText(), m_git->bare()); // remembered, and looked at by itself
        QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("nothing would change")), kGitMs);
        QVERIFY(!primary()->isEnabled());
    }

    void aChangedTextIsShownLineByLine() {
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        push();
        m_git->pushFile(m_git->clone(QStringLiteral("other")), QStringLiteral("runs/index.json"),
                        "{\n  \"schema\": \"slipway-runs/1\",\n  \"theirs\": 1\n}\n");
        QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("look")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        const QString diff = sheet()->findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY2(diff.contains(QStringLiteral("− ")) && diff.contains(QStringLiteral("+ ")) &&
                     diff.contains(QStringLiteral("theirs")),
                 qPrintable(diff));
    }

    void aSizeLimitIsSaidBeforeAnythingIsWritten() {
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        auto *max = sheet()->findChild<QSpinBox *>(QStringLiteral("most"));
        max->setValue(1);
        QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("of at most 1.0 MiB")), kGitMs);
        QCOMPARE(head(), m_first);
    }

    void itIsSignedWithTheKeyThatIsChosen() {
        openFor(kFailed, m_git->bare());
        auto *key = sheet()->findChild<QComboBox *>(QStringLiteral("key"));
        QTRY_VERIFY(key->findText(QStringLiteral("id_test.pub")) >= 0);
        key->setItemData(key->findText(QStringLiteral("id_test.pub")),
                         m_home.filePath(QStringLiteral(".ssh/id_test"))); // no agent here
        key->setCurrentIndex(key->findText(QStringLiteral("id_test.pub")));
        const QString signature = QStringLiteral("runs/%1/evidence-manifest.json.sig").arg(kFailed);
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled() && shownFiles().contains(signature), kGitMs);
        push();
        QVERIFY(published(signature).startsWith("-----BEGIN SSH SIGNATURE-----"));
    }

    void aHookThatRefusesIsQuotedAndOneButtonGoesOn() {
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"),
                           "echo 'not on a Friday' >&2; exit 1\n");
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        QTest::mouseClick(primary(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Hook refused"), kGitMs);
        QVERIFY(said(QStringLiteral("not on a Friday")));
        QCOMPARE(head(), m_first);
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"), "exit 0\n");
        QCOMPARE(primary()->text(), QStringLiteral("Push again"));
        push();
        QVERIFY(head() != m_first);
    }

    void aRepoThatCannotBeReachedIsReported() {
        openFor(kFailed, m_dir->filePath(QStringLiteral("nowhere.git")));
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Not reachable"), kGitMs);
        QVERIFY(!primary()->isEnabled());
        repo()->setEditText(m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
    }

    void othersBytesAreReplacedByAYesOnly() {
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        push();
        const QString file = QStringLiteral("runs/%1/phase2.json").arg(kFailed);
        m_git->pushFile(m_git->clone(QStringLiteral("other")), file, "{\"theirs\": true}\n");
        const QString theirs = head();
        auto *replace = sheet()->findChild<QCheckBox *>(QStringLiteral("replace"));
        QVERIFY(!replace->isVisible());
        QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("look")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Conflict"), kGitMs);
        QVERIFY(said(file));
        QVERIFY(replace->isVisible() && !replace->isChecked());
        QVERIFY(!primary()->isEnabled());
        QCOMPARE(head(), theirs);
        replace->click();
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        QVERIFY(said(QStringLiteral("replaces what somebody else wrote")));
        push();
        QVERIFY(!published(file).contains("theirs"));
    }

    void itCanBeStoppedAndResumed() {
        pushIntoAHookThatWaits();
        if (QTest::currentTestFailed())
            return;
        auto *stop = sheet()->findChild<QPushButton *>(QStringLiteral("close"));
        QCOMPARE(stop->text(), QStringLiteral("Stop"));
        QTest::mouseClick(stop, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Stopped"), kGitMs);
        QVERIFY(sheet()->isVisible());
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"), "exit 0\n");
        push();
        QVERIFY(head() != m_first);
    }

    void closingItWhileItPushesStopsThat() {
        pushIntoAHookThatWaits();
        if (QTest::currentTestFailed())
            return;
        m_window.reset(); // with the sheet in it, and git at work
        m_session.reset();
        QCOMPARE(head(), m_first);
    }

    void withoutAPushFilesAreWrittenAndNothingIsCommitted() {
        const QString checkout = m_git->clone(QStringLiteral("checkout"));
        openFor(kFailed, checkout);
        sheet()->findChild<QCheckBox *>(QStringLiteral("push"))->setChecked(false);
        QTRY_VERIFY_WITH_TIMEOUT(
            primary()->isEnabled() && primary()->text().startsWith(QStringLiteral("Write")), kGitMs);
        QVERIFY(!QFile::exists(checkout + QStringLiteral("/runs")));
        QTest::mouseClick(primary(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Written"), kGitMs);
        QVERIFY(QFile::exists(checkout + QStringLiteral("/runs/%1/index.html").arg(kFailed)));
        QCOMPARE(head(), m_first);
        repo()->setEditText(QStringLiteral("https://example.org/pages.git"));
        QTRY_VERIFY(said(QStringLiteral("needs to be pushed to")));
    }

    void anUnprovenPassIsReleasedByAYesOnly() {
        QFile schema(testPaths::source("../shared/runs-sample/releases/schema.json"));
        QVERIFY(schema.open(QIODevice::ReadOnly));
        m_git->pushFile(m_git->clone(QStringLiteral("other")), QStringLiteral("releases/schema.json"),
                        schema.readAll());
        openFor(kUnproven, m_git->bare());
        auto *release = sheet()->findChild<QCheckBox *>(QStringLiteral("release"));
        QVERIFY(release->isEnabled());
        release->click();
        auto *version = sheet()->findChild<QLineEdit *>(QStringLiteral("version"));
        QCOMPARE(version->text(), QStringLiteral("v0.6.3-rc1")); // as its id has it
        QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("Tick the box to release it")), kGitMs);
        QVERIFY(!primary()->isEnabled());
        version->setText(QStringLiteral("v0.6.3"));
        sheet()->findChild<QCheckBox *>(QStringLiteral("acceptUnproven"))->click();
        // It measured a release candidate; only a person can say that this is the release.
        QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("ai-memory 0.6.3-rc1")), kGitMs);
        QVERIFY(!primary()->isEnabled());
        sheet()
            ->findChild<QLineEdit *>(QStringLiteral("releaseServer"))
            ->setText(QStringLiteral("ai-memory 0.6.3-rc1"));
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        QVERIFY(shownFiles().contains(QStringLiteral("releases/v0.6.3/summary.json")));
        push();
        QVERIFY(published(QStringLiteral("releases/v0.6.3/summary.json")).contains("UNPROVEN PASS"));
    }

    void aFailureOffersNoRelease() {
        openFor(kFailed, m_git->bare());
        QVERIFY(!sheet()->findChild<QCheckBox *>(QStringLiteral("release"))->isEnabled());
        QVERIFY(!sheet()->findChild<QCheckBox *>(QStringLiteral("acceptUnproven"))->isVisible());
    }

    void aSecretInAnAddressIsNotRemembered() {
        openFor(kFailed, QStringLiteral("https://ada:hunter2@127.0.0.1:1/pages.git"));
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Not reachable"), kGitMs);
        QVERIFY(!said(QStringLiteral("hunter2")));
        sheet()->findChild<ExportChoices *>()->remember();
        QCOMPARE(QSettings().value(QStringLiteral("export/repos")).toStringList(), QStringList());
        repo()->setEditText(m_git->bare());
        sheet()->findChild<ExportChoices *>()->remember();
        QCOMPARE(QSettings().value(QStringLiteral("export/repos")).toStringList(),
                 QStringList{m_git->bare()});
    }

private:
    void show(const QString &id) {
        m_window->select(id);
        QTRY_COMPARE(m_window->findChild<CampaignPage *>()->campaignId(), id);
    }
    void openFor(const QString &id, const QString &address) {
        show(id);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_E));
        QTRY_VERIFY(sheet());
        m_first = head();
        repo()->setEditText(address);
    }
    void closeSheet() {
        QTest::mouseClick(sheet()->findChild<QPushButton *>(QStringLiteral("close")), Qt::LeftButton);
        QTRY_VERIFY(!sheet());
    }
    void push() {
        QVERIFY(primary()->isEnabled());
        QTest::mouseClick(primary(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(ending(), QStringLiteral("Published"), kGitMs);
    }
    void pushIntoAHookThatWaits() {
        const QString waiting = m_dir->filePath(QStringLiteral("waiting"));
        TestGit::writeHook(m_git->bare(), QStringLiteral("pre-receive"),
                           "touch '" + waiting.toUtf8() + "'; exec sleep 600\n");
        openFor(kFailed, m_git->bare());
        QTRY_VERIFY_WITH_TIMEOUT(primary()->isEnabled(), kGitMs);
        QTest::mouseClick(primary(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(waiting), kGitMs);
    }
    [[nodiscard]] ExportSheet *sheet() const { return m_window->findChild<ExportSheet *>(); }
    [[nodiscard]] QPushButton *primary() const {
        return sheet()->findChild<QPushButton *>(QStringLiteral("primary"));
    }
    [[nodiscard]] QComboBox *repo() const { return sheet()->findChild<QComboBox *>(QStringLiteral("repo")); }
    [[nodiscard]] QString ending() const {
        const auto *label = sheet()->findChild<QLabel *>(QStringLiteral("ending"));
        return label->isVisible() ? label->text() : QString();
    }
    [[nodiscard]] QStringList shownFiles() const {
        QStringList files;
        const auto *tree = sheet()->findChild<QTreeWidget *>(QStringLiteral("changes"));
        for (int i = 0; i < tree->topLevelItemCount(); ++i) {
            for (int k = 0; k < tree->topLevelItem(i)->childCount(); ++k)
                files << tree->topLevelItem(i)->child(k)->text(0);
        }
        return files;
    }
    [[nodiscard]] bool said(const QString &text) const {
        const QList<QLabel *> labels = sheet()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    [[nodiscard]] QString head() const {
        return QString::fromUtf8(
            m_git->git(m_git->bare(), {QStringLiteral("rev-parse"), QStringLiteral("main")}).trimmed());
    }
    [[nodiscard]] QByteArray published(const QString &file) const {
        return m_git->git(m_git->bare(), {QStringLiteral("show"), QStringLiteral("main:") + file});
    }

    QTemporaryDir m_settings;
    QTemporaryDir m_home;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<TestGit> m_git;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QString m_first; ///< the branch before anything was pushed
};

QTEST_MAIN(ExportSheetTest)
#include "tst_exportsheet.moc"
