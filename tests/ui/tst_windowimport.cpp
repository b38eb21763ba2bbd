// SPDX-License-Identifier: GPL-3.0-or-later
// Published runs come into the window by a button, a key and a drop; and what another process writes into the
// archive is seen.
#include "app/session/session.h"
#include "tests/ui/sample.h"
#include "tests/ui/windowsetup.h"
#include "ui/campaign/campaignpage.h"
#include "ui/common/notice.h"
#include "ui/fleet/fleetspage.h"
#include "ui/fleet/hostdialog.h"
#include "ui/fleet/importdialog.h"
#include "ui/launch/launchdialog.h"
#include "ui/mainwindow/campaignlistpane.h"
#include "ui/mainwindow/importcontrol.h"
#include "ui/mainwindow/importrunsdialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/startpanel.h"

#include <QApplication>
#include <QComboBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace slipway;

class WindowImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::useSettings(m_settings.path(), QStringLiteral("tst_windowimport")); }
    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->filePath(QStringLiteral("data"))};
        QVERIFY(makeDataDir(m_paths).ok());
        auto session = Session::open(m_paths);
        QVERIFY(session);
        m_session = std::move(*session);
        m_window = std::make_unique<MainWindow>(*m_session, sample::shipGate(), sample::shipGate());
        QVERIFY(test::showActive(*m_window));
    }
    void cleanup() {
        m_window.reset();
        m_session.reset();
    }

    void aFolderIsDropped() {
        const QString runs = publish(3);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(runs)});
        drop(data);
        QTRY_COMPARE(list().ids().size(), 3);
        QTRY_VERIFY2(notice().text().contains(QStringLiteral("3 campaigns read: 3 new")),
                     qPrintable(notice().text()));
        QTRY_VERIFY(page().isVisible());
        drop(data); // the same again
        QTRY_VERIFY2(notice().text().contains(QStringLiteral("3 unchanged")), qPrintable(notice().text()));
    }

    void aFolderIsNamedAfterItsKey() {
        const QString runs = publish(1);
        QTest::keySequence(m_window.get(), QKeySequence(Qt::CTRL | Qt::Key_O));
        auto *dialog = m_window->findChild<ImportRunsDialog *>();
        QVERIFY(dialog);
        QVERIFY(!button(*dialog, "Import runs").isEnabled());
        dialog->findChild<QLineEdit *>()->setText(runs);
        QTest::mouseClick(&button(*dialog, "Import runs"), Qt::LeftButton);
        QTRY_COMPARE(list().ids().size(), 1);
    }

    void theFirstPageLeadsToAllThree() {
        QTest::mouseClick(&button(start(), "Import runs"), Qt::LeftButton);
        QTRY_VERIFY(m_window->findChild<ImportRunsDialog *>());
        m_window->findChild<ImportRunsDialog *>()->reject();
        QString fleet;
        answer<LaunchDialog>([&](LaunchDialog &dialog) { fleet = dialog.choice().fleet; });
        QTest::mouseClick(&button(start(), "Try the sandbox"), Qt::LeftButton);
        QCOMPARE(fleet, QStringLiteral("sandbox"));
        bool asked = false;
        answer<HostDialog>([&](HostDialog &) { asked = true; });
        QTest::mouseClick(&button(start(), "Add hosts"), Qt::LeftButton);
        QVERIFY(asked);
        QVERIFY(m_window->findChild<FleetsPage *>()->isVisible());
    }

    void aFleetFileIsDropped() {
        const QString file = m_dir->filePath(QStringLiteral("gate.csv"));
        write(file, "name,address,role\nnode-a,203.0.113.1,peer\n");
        bool shown = false;
        answer<ImportDialog>([&](ImportDialog &) { shown = true; });
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        drop(data);
        QVERIFY(m_window->findChild<FleetsPage *>()->isVisible());
        QTRY_VERIFY(shown);
    }

    void whatCannotBeImportedIsSaid() {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_dir->filePath(QStringLiteral("missing.zip")))});
        drop(data);
        QTRY_VERIFY(said(QStringLiteral("missing.zip was not imported")));
        QVERIFY(!notice().isVisible());
    }

    void anImportIsCancelled() {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(publish(400))});
        drop(data);
        QVERIFY(notice().isVisible());
        QTest::mouseClick(&button(notice(), "Cancel"), Qt::LeftButton);
        QTRY_VERIFY2(notice().text().contains(QStringLiteral("was stopped")) ||
                         notice().text().contains(QStringLiteral("400 campaigns read")),
                     qPrintable(notice().text()));
        QVERIFY(!said(QStringLiteral("was not imported")));
    }

    void whatIsDroppedIsReported_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        const int runs = static_cast<int>(ImportControl::Drop::Kind::Runs);
        const int nothing = static_cast<int>(ImportControl::Drop::Kind::Nothing);
        QTest::newRow("an address") << " https://github.com/you/ship-gate-runs\n" << runs;
        QTest::newRow("of ssh") << "git@example.org:you/runs.git" << runs;
        QTest::newRow("a sentence") << "https://example.org is down" << nothing;
        QTest::newRow("a word") << "runs" << nothing;
        QTest::newRow("an option of git's") << "--upload-pack=id" << nothing;
    }
    void whatIsDroppedIsReported() {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QMimeData data;
        data.setText(text);
        const ImportControl::Drop dropped = ImportControl::dropOf(data);
        QCOMPARE(static_cast<int>(dropped.kind), kind);
        QVERIFY(dropped.place == text.trimmed() || dropped.place.isEmpty());
    }

    // As slipwayctl does: with another connection, here of this process.
    void whatAnotherWritesIsSeen() {
        QVERIFY(start().isVisible());
        QVERIFY(sample::archive(m_paths, {sample::redCampaign(QStringLiteral("theirs"))}));
        QTRY_COMPARE(list().ids(), QStringList{QStringLiteral("theirs")});
        QTRY_COMPARE(page().campaignId(), QStringLiteral("theirs"));
    }

private:
    // Folders of claims: what each is judged is not what is tested here.
    QString publish(int count) {
        const QDir runs(m_dir->filePath(QStringLiteral("runs")));
        for (int i = 1; i <= count; ++i) {
            const QString id = QStringLiteral("soak-r%1").arg(i);
            if (!runs.mkpath(id))
                return {};
            write(runs.filePath(id + QStringLiteral("/phase1.json")), "{\"pass\": true}\n");
        }
        return runs.path();
    }
    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void drop(const QMimeData &data) {
        const QPoint middle = m_window->rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &dropped);
        QVERIFY(dropped.isAccepted());
    }
    template <typename Dialog>
    void answer(const std::function<void(Dialog &)> &act) {
        auto *watch = new QTimer(m_window.get());
        connect(watch, &QTimer::timeout, watch, [watch, act] {
            if (auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget())) {
                watch->stop();
                act(*dialog);
                dialog->reject();
            }
        });
        watch->start(10);
    }
    static QPushButton &button(const QWidget &in, const char *text) {
        for (QPushButton *one : in.findChildren<QPushButton *>()) {
            if (one->text() == QLatin1String(text))
                return *one;
        }
        qFatal("no button %s", text);
    }
    [[nodiscard]] bool said(const QString &text) const {
        const auto labels = m_window->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(text); });
    }
    [[nodiscard]] Notice &notice() const { return *m_window->findChild<Notice *>(); }
    [[nodiscard]] StartPanel &start() const { return *m_window->findChild<StartPanel *>(); }
    [[nodiscard]] CampaignPage &page() const { return *m_window->findChild<CampaignPage *>(); }
    [[nodiscard]] CampaignListPane &list() const { return *m_window->findChild<CampaignListPane *>(); }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(WindowImportTest)
#include "tst_windowimport.moc"
