// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostlistmodel.h"
#include "tests/support/testsshd.h"
#include "ui/fleet/fleetspage.h"
#include "ui/fleet/hostdialog.h"
#include "ui/fleet/importdialog.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QTreeView>
#include <QTreeWidget>

#include <memory>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

const QString kGate = QStringLiteral("gate");
constexpr int kTimeout = 30'000;

Host hostOf(const QString &name, const QString &group = {}) {
    Host host = importedHost(name);
    host.address = host.privateAddress = QStringLiteral("203.0.113.7");
    host.group = group;
    return host;
}

Fleet gate() {
    Fleet fleet;
    fleet.name = kGate;
    fleet.hosts = {hostOf(QStringLiteral("node-a"), QStringLiteral("left")),
                   hostOf(QStringLiteral("node-b"), QStringLiteral("right")),
                   hostOf(QStringLiteral("chaos"))};
    return fleet;
}

} // namespace

class FleetsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
    }
    void cleanup() {
        m_page.reset();
        m_inventory.reset();
    }

    void anEmptyPageSaysWhatToDo() {
        open({});
        QTRY_VERIFY(said(QStringLiteral("No fleet yet")));
        fill(QStringLiteral("new"), hostOf(QStringLiteral("node-a")));
        key(Qt::Key_N, Qt::ControlModifier);
        QTRY_COMPARE(stored(QStringLiteral("new")).hosts.size(), 1);
        QCOMPARE(m_page->currentFleet(), QStringLiteral("new"));
        QVERIFY(!said(QStringLiteral("No fleet yet")));
        // The last host takes its fleet along; undo brings both back.
        select({QStringLiteral("node-a")});
        key(Qt::Key_Delete);
        QTRY_VERIFY(said(QStringLiteral("No fleet yet")));
        QTRY_COMPARE(stored(QStringLiteral("new")).hosts.size(), 0); // shown before it is stored
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(stored(QStringLiteral("new")).hosts.size(), 1);
    }

    void everyEditCanBeUndone() {
        open({gate()});
        Host added = hostOf(QStringLiteral("node-c"));
        fill({}, added);
        key(Qt::Key_Insert);
        QTRY_VERIFY(stored(kGate).find(QStringLiteral("node-c")));
        select({QStringLiteral("node-c")});
        added.address = QStringLiteral("203.0.113.99");
        fill({}, added);
        key(Qt::Key_Return);
        QTRY_COMPARE(stored(kGate).find(QStringLiteral("node-c"))->address, added.address);
        select({QStringLiteral("node-a"), QStringLiteral("node-b")});
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("east"); });
        key(Qt::Key_G, Qt::ControlModifier);
        QTRY_COMPARE(stored(kGate).find(QStringLiteral("node-b"))->group, QStringLiteral("east"));
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("x y -z"); });
        select({QStringLiteral("node-a")});
        key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stored(kGate).find(QStringLiteral("node-a"))->tags,
                     (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("gate-2"); });
        key(Qt::Key_F2);
        QTRY_COMPARE(stored(QStringLiteral("gate-2")).hosts.size(), 4);
        QCOMPARE(m_page->currentFleet(), QStringLiteral("gate-2"));
        const Fleet last = stored(QStringLiteral("gate-2"));
        for (int i = 0; i < 5; ++i)
            key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(stored(kGate), gate());
        QVERIFY(!FleetStore(m_paths).load(QStringLiteral("gate-2")).ok());
        for (int i = 0; i < 5; ++i)
            key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stored(QStringLiteral("gate-2")), last);
    }

    void whatIsNotAllowedIsSaid() {
        open({gate()});
        QSignalSpy said(m_page.get(), &FleetsPage::problemOccurred);
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("../x"); });
        key(Qt::Key_F2);
        QCOMPARE(said.count(), 1);
        select({QStringLiteral("node-a")});
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("$(id)"); });
        key(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(said.count(), 2);
        QCOMPARE(stored(kGate), gate());
    }

    void aDragMovesToTheGroup() {
        open({gate()});
        QAbstractItemModel *model = tree()->model();
        const std::unique_ptr<QMimeData> dragged(model->mimeData({index(QStringLiteral("node-a"))}));
        model->dropMimeData(dragged.get(), Qt::MoveAction, -1, -1, index(QStringLiteral("node-b")).parent());
        QTRY_COMPARE(stored(kGate).find(QStringLiteral("node-a"))->group, QStringLiteral("right"));
        QTRY_VERIFY(index(QStringLiteral("node-a")).parent() == index(QStringLiteral("node-b")).parent());
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(stored(kGate), gate());
    }

    void theFilterNarrows() {
        open({gate()});
        key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(QTest::qWaitFor(
            [&] { return qobject_cast<QLineEdit *>(QApplication::focusWidget()) != nullptr; }));
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("right"));
        QVERIFY(index(QStringLiteral("node-b")).isValid());
        QVERIFY(!index(QStringLiteral("node-a")).isValid());
    }

    void anImportIsShownBeforeItIsKept() {
        open({gate()});
        const QString file = m_dir->filePath(QStringLiteral("gate.csv"));
        write(file,
              "name,address,role\nnode-a,203.0.113.1,peer\nnode-b,203.0.113.2,peer\nc,203.0.113.4,chaos\n");
        answer<ImportDialog>([](ImportDialog &dialog) {
            QVERIFY(dialog.problem().contains(QStringLiteral("gate already")));
            dialog.findChild<QLineEdit *>()->setText(QStringLiteral("second"));
            auto *hosts = dialog.findChild<QTreeWidget *>();
            QCOMPARE(hosts->topLevelItemCount(), 3);
            hosts->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
            QCOMPARE(dialog.problem(), QString());
            dialog.accept();
        });
        m_page->importFile(file);
        QTRY_COMPARE(stored(QStringLiteral("second")).hosts.size(), 2);
        QCOMPARE(m_page->currentFleet(), QStringLiteral("second"));
        QSignalSpy said(m_page.get(), &FleetsPage::problemOccurred);
        write(file, "name,address,role\nnode-a,203.0.113.1,boss\n");
        m_page->importFile(file);
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(said.at(0).at(0).toString().contains(QStringLiteral("line 2")));
    }

    void anImportTakesThePlaceOfAFleetAfterWhatChangesWasShown() {
        Fleet before = gate();
        before.hosts[0].user = QStringLiteral("ada");
        open({before});
        const QString file = m_dir->filePath(QStringLiteral("gate.csv"));
        write(file, "name,address,role\nnode-a,203.0.113.77,peer\nnew,203.0.113.4,chaos\n");
        answer<ImportDialog>([](ImportDialog &dialog) {
            auto *changes = dialog.findChildren<QTreeWidget *>().constLast();
            QVERIFY(changes->isHidden());
            dialog.findChild<QCheckBox *>()->setChecked(true);
            QCOMPARE(dialog.problem(), QString());
            QVERIFY(!changes->isHidden());
            QStringList shown;
            for (int row = 0; row < changes->topLevelItemCount(); ++row)
                shown << changes->topLevelItem(row)->text(0) + QLatin1Char(' ') +
                             changes->topLevelItem(row)->text(1);
            QVERIFY2(shown.contains(QStringLiteral("changed node-a")), qPrintable(shown.join(u',')));
            QVERIFY2(shown.contains(QStringLiteral("added new")), qPrintable(shown.join(u',')));
            QVERIFY2(shown.contains(QStringLiteral("removed node-b")), qPrintable(shown.join(u',')));
            QVERIFY(changes->topLevelItem(0)->text(2).contains(QStringLiteral("203.0.113.77")));
            dialog.accept();
        });
        m_page->importFile(file);
        QTRY_COMPARE(stored(kGate).hosts.size(), 2);
        QCOMPARE(stored(kGate).hosts.at(0).address, QStringLiteral("203.0.113.77"));
        QCOMPARE(stored(kGate).hosts.at(0).user, QStringLiteral("ada"));
        key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(stored(kGate), before);
    }

    void whatAnotherProgramChangedIsNotLost() {
        open({gate()});
        Fleet theirs = gate();
        theirs.hosts[0].group = QStringLiteral("theirs");
        QVERIFY(FleetStore(m_paths).write({{kGate, gate(), theirs}}).ok());
        QSignalSpy said(m_page.get(), &FleetsPage::problemOccurred);
        select({QStringLiteral("node-b")});
        key(Qt::Key_Delete);
        QTRY_COMPARE(said.count(), 1);
        QTRY_VERIFY(index(QStringLiteral("node-b")).isValid());
        QCOMPARE(stored(kGate), theirs);
    }

    void aBrokenFleetIsNamed() {
        open({gate()});
        write(FleetStore(m_paths).fileOf(QStringLiteral("aaa")), "{ half");
        key(Qt::Key_F5);
        auto *fleets = m_page->findChild<QListWidget *>();
        QTRY_COMPARE(fleets->count(), 2);
        fleets->setCurrentRow(1);
        QTRY_VERIFY(said(QStringLiteral("aaa.json")));
        key(Qt::Key_Delete);
        QVERIFY(QFile::exists(FleetStore(m_paths).fileOf(QStringLiteral("aaa"))));
    }

    void hostsAreTestedForReal() {
        const TestSshd sshd;
        Fleet fleet = gate();
        for (Host &host : fleet.hosts) {
            sshd.reachBy(host);
            host.privateAddress = host.address;
            host.sshConfig = QStringLiteral("none");
            host.serverPath = QStringLiteral("/bin/true");
        }
        fleet.hosts[1].port = 1;
        fleet.hosts[2].hostKeys.clear(); // asks
        open({fleet});
        const LoginHandler logins(m_prompt,
                                  [](const std::shared_ptr<LoginQuestion> &question) { question->accept(); });
        key(Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(state(QStringLiteral("node-a")) == HostCondition::State::Well, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(state(QStringLiteral("node-b")) == HostCondition::State::Problem, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(state(QStringLiteral("chaos")) == HostCondition::State::Well, kTimeout);
        select({QStringLiteral("chaos")});
        QTRY_VERIFY(said(QStringLiteral("ssh-ed25519 SHA256:"))); // pinned now
        select({QStringLiteral("node-b")});
        QTRY_VERIFY(said(QStringLiteral("127.0.0.1 port 1")));
        // And stopped in the middle.
        select({});
        key(Qt::Key_T, Qt::ControlModifier);
        key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(state(QStringLiteral("node-a")), HostCondition::State::Unknown);
    }

    void everyKeyReachesItsAction_data() {
        QTest::addColumn<QString>("action");
        const QList<std::pair<const char *, const char *>> rows{{"Ctrl+I", "Import"},
                                                                {"Ctrl+N", "New fleet"},
                                                                {"Ins", "Add host"},
                                                                {"Ctrl++", "Add host"},
                                                                {"Return", "Edit host"},
                                                                {"Enter", "Edit host"},
                                                                {"F4", "Edit host"},
                                                                {"Ctrl+T", "Test connection"},
                                                                {"Del", "Remove"},
                                                                {"F2", "Rename fleet"},
                                                                {"Ctrl+G", "Group"},
                                                                {"Ctrl+Shift+T", "Tags"},
                                                                {"Ctrl+F", "Filter"},
                                                                {"/", "Filter"},
                                                                {"F5", "Read again"},
                                                                {"Ctrl+Z", "Undo group node-b"},
                                                                {"Ctrl+Y", "Redo group node-b"},
                                                                {"Ctrl+Shift+Z", "Redo group node-b"}};
        for (const auto &[key, action] : rows)
            QTest::newRow(key) << QString::fromLatin1(action);
        m_keys = static_cast<int>(rows.size());
    }

    void everyKeyReachesItsAction() {
        QFETCH(QString, action);
        open({gate()});
        m_page->editor().setAskText(
            [](const QString &, const QString &, const QString &) { return QStringLiteral("east"); });
        for (const char *host : {"node-a", "node-b"}) { // something to undo, or to do again
            select({QLatin1String(host)});
            key(Qt::Key_G, Qt::ControlModifier);
        }
        if (action.startsWith(QLatin1String("Redo")))
            key(Qt::Key_Z, Qt::ControlModifier);
        answer<QDialog>([](QDialog &dialog) { dialog.reject(); });
        int keys = 0;
        const QAction *found = nullptr;
        for (const QAction *each : m_page->actions()) {
            keys += static_cast<int>(each->shortcuts().size());
            if (each->text() == action)
                found = each;
        }
        QCOMPARE(keys, m_keys); // none is left out above
        QVERIFY(found);
        const QSignalSpy triggered(found, &QAction::triggered);
        QTest::keySequence(tree(), QKeySequence(QString::fromLatin1(QTest::currentDataTag())));
        QCOMPARE(triggered.size(), 1);
    }

    void aHostIsCheckedAsItIsTyped() {
        HostDialog dialog(QStringLiteral("Add host"), kGate, hostOf(QStringLiteral("node-z")),
                          {{kGate, {QStringLiteral("node-a")}}}, {}, nullptr);
        QCOMPARE(dialog.problem(), QString());
        const auto says = [&](const char *field, const char *text, const char *problem) {
            auto *edit = dialog.findChild<QLineEdit *>(QLatin1String(field));
            const QString before = edit->text();
            edit->setText(QLatin1String(text));
            const QString wrong = dialog.problem();
            edit->setText(before);
            return wrong.contains(QLatin1String(problem)) && dialog.problem().isEmpty();
        };
        QVERIFY(says("name", "node-a", "has a host node-a already"));
        QVERIFY(says("name", "a b", "name"));
        QVERIFY(says("address", "-oProxyCommand=id", "address"));
        QVERIFY(says("user", "-l", "user"));
        QVERIFY(says("tags", "$(id)", "tags"));
        QVERIFY(says("serverPath", "ai-memory", "serverPath"));
        dialog.findChild<QPlainTextEdit *>()->setPlainText(QStringLiteral("no key"));
        QVERIFY(dialog.problem().contains(QStringLiteral("Host keys")));
    }

private:
    void open(const QList<Fleet> &fleets) {
        for (const Fleet &fleet : fleets)
            QVERIFY(FleetStore(m_paths).write({{fleet.name, std::nullopt, fleet}}).ok());
        SshOptions ssh;
        ssh.pinFile = m_paths.pinFile();
        ssh.prompt = m_prompt;
        m_inventory = std::make_unique<Inventory>(m_paths, ssh);
        m_page = std::make_unique<FleetsPage>(*m_inventory);
        m_page->resize(1100, 700);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        if (fleets.isEmpty())
            return;
        QTRY_VERIFY(!m_page->currentFleet().isEmpty());
        tree()->setFocus();
    }

    [[nodiscard]] Fleet stored(const QString &name) const {
        const auto fleet = FleetStore(m_paths).load(name);
        return fleet ? *fleet : Fleet{};
    }
    [[nodiscard]] QTreeView *tree() const {
        for (QTreeView *view : m_page->findChildren<QTreeView *>()) {
            if (view->accessibleName() == QStringLiteral("Hosts"))
                return view;
        }
        return nullptr;
    }
    [[nodiscard]] QModelIndex index(const QString &host) const {
        const QAbstractItemModel *model = tree()->model();
        for (int group = 0; group < model->rowCount(); ++group) {
            const QModelIndex parent = model->index(group, 0);
            for (int row = 0; row < model->rowCount(parent); ++row) {
                if (model->index(row, 0, parent).data().toString() == host)
                    return model->index(row, 0, parent);
            }
        }
        return {};
    }
    [[nodiscard]] HostCondition::State state(const QString &host) const {
        return static_cast<HostCondition::State>(index(host).data(HostListModel::StateRole).toInt());
    }
    void select(const QStringList &hosts) {
        tree()->clearSelection();
        for (const QString &host : hosts)
            tree()->selectionModel()->select(index(host),
                                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        tree()->setFocus();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        m_page->activateWindow(); // a dialog took that
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_page.get(), key, modifiers);
    }
    [[nodiscard]] bool said(const QString &text) const {
        const QList<QLabel *> labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    }
    template <typename Dialog>
    void answer(const std::function<void(Dialog &)> &how) {
        auto *watch = new QTimer(this);
        connect(watch, &QTimer::timeout, this, [watch, how] {
            if (auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget())) {
                watch->stop();
                watch->deleteLater();
                how(*dialog);
            }
        });
        watch->start(5);
    }
    void fill(const QString &fleet, const Host &host) {
        answer<HostDialog>([fleet, host](HostDialog &dialog) {
            for (auto *edit : dialog.findChildren<QLineEdit *>()) {
                if (edit->objectName() == QStringLiteral("name"))
                    edit->setText(host.name);
                if (edit->objectName() == QStringLiteral("address"))
                    edit->setText(host.address);
                if (!fleet.isEmpty() && edit->parent()->objectName() == QStringLiteral("fleet"))
                    edit->setText(fleet);
            }
            QCOMPARE(dialog.problem(), QString());
            dialog.accept();
        });
    }
    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }

    int m_keys = 0; ///< in the table of keys
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    const std::shared_ptr<LoginPrompt> m_prompt = std::make_shared<LoginPrompt>();
    std::unique_ptr<Inventory> m_inventory;
    std::unique_ptr<FleetsPage> m_page;
};

QTEST_MAIN(FleetsPageTest)
#include "tst_fleetspage.moc"
