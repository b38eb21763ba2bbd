// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/campaign/campaignplan.h"
#include "app/cloud/rental/rentals.h"
#include "app/core/builtinprotocols.h"
#include "app/fleet/fleetstore.h"
#include "app/session/inventory.h"
#include "app/session/launchinputs.h"
#include "app/session/session.h"
#include "models/fleet/fleetimport.h"
#include "tests/support/testpaths.h"
#include "tests/support/testsshd.h"
#include "ui/launch/launchdialog.h"
#include "ui/launch/parameterform.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace slipway;
using slipway::test::TestSshd;

class LaunchDialogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QApplication::setOrganizationName(QStringLiteral("slipway"));
        QApplication::setApplicationName(QStringLiteral("tst_launchdialog"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

    void init() {
        QSettings().clear();
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
        auto session = Session::open(m_paths);
        QVERIFY(session);
        m_session = std::move(*session);
        open();
    }
    void cleanup() {
        m_dialog.reset();
        m_session.reset();
    }

    void asItOpensItCanLaunch() {
        QCOMPARE(m_dialog->problem(), QString());
        QVERIFY(button()->isEnabled());
        const auto choice = m_dialog->choice();
        QCOMPARE(choice.fleet, QStringLiteral("sandbox"));
        QVERIFY(isPlainName(choice.id));
        QCOMPARE(choice.phases, (QList<int>{1, 2, 3, 4}));
        QVERIFY(choice.settings.isEmpty());
    }

    void whatIsWrongIsSaidAtOnce_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        QTest::newRow("no id") << "id"
                               << ""
                               << "Campaign id";
        QTest::newRow("slash") << "id"
                               << "a/b"
                               << "Campaign id";
        QTest::newRow("taken") << "id"
                               << "taken-1"
                               << "taken-1 is in the archive already";
        QTest::newRow("no file") << "fleet"
                                 << "/no/such/fleet.json"
                                 << "/no/such/fleet.json";
        QTest::newRow("a word") << "cycles"
                                << "many"
                                << "cycles";
        QTest::newRow("too many") << "cycles"
                                  << "1000001"
                                  << "cycles";
        QTest::newRow("negative") << "writes"
                                  << "-1"
                                  << "writes";
        QTest::newRow("over one") << "convergence_min"
                                  << "1.5"
                                  << "convergence_min";
    }

    void whatIsWrongIsSaidAtOnce() {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, says);
        set(field, value);
        QVERIFY2(m_dialog->problem().contains(says), qPrintable(m_dialog->problem()));
        QVERIFY(!button()->isEnabled());
        bool shown = false;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            shown = shown || (label->isVisible() && label->text() == m_dialog->problem());
        QVERIFY2(shown, "the problem stands nowhere in the dialog");
    }

    void puttingItRightMakesItLaunch() {
        set(QStringLiteral("cycles"), QStringLiteral("many"));
        QVERIFY(!button()->isEnabled());
        set(QStringLiteral("cycles"), QStringLiteral("200"));
        QVERIFY(button()->isEnabled());
        QCOMPARE(m_dialog->choice().settings.value(QStringLiteral("cycles")), QStringLiteral("200"));
        button()->click();
        QCOMPARE(m_dialog->result(), int(QDialog::Accepted));
    }

    void atLeastOnePhase() {
        for (QCheckBox *box : m_dialog->findChildren<QCheckBox *>())
            box->setChecked(false);
        QVERIFY(m_dialog->problem().startsWith(QStringLiteral("Phases")));
    }

    void showsWhatThePlanCanProve() {
        QVERIFY(said().contains(QStringLiteral("50 cycles support 0.9339; 0.995 needs 684 cycles")));
        QVERIFY(said().contains(QStringLiteral("About 4 min; with 684 cycles about 42 min.")));
        set(QStringLiteral("cycles"), QStringLiteral("700"));
        QVERIFY(said().contains(QStringLiteral("700 cycles prove 0.995 at 95 %")));
        QVERIFY(said().contains(QStringLiteral("About 43 min.")));
        set(QStringLiteral("quorum"), QStringLiteral("1"));
        QVERIFY(said().contains(QStringLiteral("This plan cannot prove it, because with a quorum of 1")));
        set(QStringLiteral("quorum"), QString());
        for (QCheckBox *box : m_dialog->findChildren<QCheckBox *>())
            box->setChecked(!box->text().startsWith(QLatin1Char('4')));
        QVERIFY(said().contains(QStringLiteral("without phase 4 the campaign ends as INCOMPLETE")));
    }

    void parametersHavePlainWordsAndTheirNamesBelow() {
        const QString words = said();
        for (const char *text : {"Phases 2 and 4", "Cycles of each fault class",
                                 "cycles · 1 to 1000000 cycles", "Fault classes, separated by blanks"})
            QVERIFY2(words.contains(QString::fromUtf8(text)), text);
    }

    void aFleetWithoutAChaosHostProvesNothing() {
        Fleet fleet;
        fleet.name = QStringLiteral("peers");
        for (const auto &name :
             {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("node-c")}) {
            Host host = importedHost(name);
            host.address = host.privateAddress = name;
            host.serverPath = QStringLiteral("/bin/true");
            host.role = HostRole::Peer;
            fleet.hosts << host;
        }
        QVERIFY(FleetStore(m_paths).write({{fleet.name, std::nullopt, fleet}}).ok());
        open();
        QTRY_VERIFY(box(QStringLiteral("Fleet"))->findText(fleet.name) >= 0);
        set(QStringLiteral("cycles"), QStringLiteral("700"));
        set(QStringLiteral("fleet"), fleet.name);
        QVERIFY2(said().contains(QStringLiteral("This plan cannot prove it, because")), qPrintable(said()));
        QVERIFY(!said().contains(QStringLiteral("700 cycles prove")));
        set(QStringLiteral("fleet"), QStringLiteral("sandbox"));
        QVERIFY(said().contains(QStringLiteral("700 cycles prove 0.995")));
    }

    void aFolderOfScriptsHasParametersOfItsOwn() {
        set(QStringLiteral("fault_after_acks"), QStringLiteral("30"));
        box(QStringLiteral("Programs"))->setEditText(QStringLiteral("/no/such/folder"));
        QVERIFY2(m_dialog->problem().startsWith(QStringLiteral("Programs")), qPrintable(m_dialog->problem()));
        box(QStringLiteral("Programs"))->setEditText(testPaths::source("tests/data/fieldscripts"));
        QCOMPARE(m_dialog->problem(), QString());
        QCOMPARE(m_dialog->choice().scripts, testPaths::source("tests/data/fieldscripts"));
        QVERIFY(m_dialog->choice().settings.isEmpty());
        set(QStringLiteral("cycles"), QStringLiteral("7"));
        QCOMPARE(m_dialog->choice().settings.value(QStringLiteral("cycles")), QStringLiteral("7"));
        box(QStringLiteral("Programs"))->setCurrentIndex(0);
        box(QStringLiteral("Programs"))->setEditText(box(QStringLiteral("Programs"))->itemText(0));
        QVERIFY(m_dialog->choice().scripts.isEmpty());
    }

    void showsWhatWillRunWhere() {
        QTreeWidget *runs = tree(QStringLiteral("What will run"));
        QCOMPARE(runs->topLevelItemCount(), 4);
        QCOMPARE(runs->topLevelItem(0)->childCount(), 3); // each peer by itself
        QTreeWidgetItem *chaos = runs->topLevelItem(3)->child(0);
        QVERIFY(chaos->text(0).contains(QStringLiteral("chaos")));
        set(QStringLiteral("cycles"), QStringLiteral("77"));
        runs->setCurrentItem(tree(QStringLiteral("What will run"))->topLevelItem(3)->child(0));
        const QString shown = m_dialog->findChild<QPlainTextEdit *>()->toPlainText();
        QVERIFY2(shown.contains(QStringLiteral("SLIPWAY_CYCLES=77\n")), qPrintable(shown.left(2000)));
        QFile program(QStringLiteral(":/slipway/phases/phase4.sh"));
        QVERIFY(program.open(QIODevice::ReadOnly));
        QVERIFY(shown.contains(QString::fromUtf8(program.readAll())));
        m_dialog->findChildren<QCheckBox *>().at(3)->setChecked(false);
        QCOMPARE(runs->topLevelItemCount(), 3);
    }

    void presetsAreRemembered() {
        auto *form = m_dialog->findChild<ParameterForm *>();
        set(QStringLiteral("cycles"), QStringLiteral("7"));
        form->savePreset(QStringLiteral("short"));
        form->savePreset(QStringLiteral("../bad")); // no name, not kept
        button()->click();                          // remembered as the last launch
        open();
        form = m_dialog->findChild<ParameterForm *>();
        QVERIFY(m_dialog->choice().settings.isEmpty());
        auto *presets = m_dialog->findChild<QComboBox *>(QStringLiteral("preset"));
        QCOMPARE(presets->count(), 3);
        presets->setCurrentIndex(presets->findText(QStringLiteral("short")));
        Q_EMIT presets->activated(presets->currentIndex());
        QCOMPARE(m_dialog->choice().settings.value(QStringLiteral("cycles")), QStringLiteral("7"));
        form->removePreset();
        QCOMPARE(presets->findText(QStringLiteral("short")), -1);
    }

    void aNamedFleetIsChosenAndCheckedFirst() {
        const TestSshd sshd;
        Fleet fleet;
        fleet.name = QStringLiteral("gate");
        for (const auto &name :
             {QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("chaos")}) {
            Host host = importedHost(name);
            sshd.reachBy(host);
            host.privateAddress = host.address;
            host.sshConfig = QStringLiteral("none");
            host.serverPath = QStringLiteral("/bin/true");
            fleet.hosts << host;
        }
        fleet.hosts[2].serverPath = QStringLiteral("/bin/false"); // not the one of the others
        QVERIFY(FleetStore(m_paths).write({{fleet.name, std::nullopt, fleet}}).ok());
        open();
        QTRY_VERIFY(box(QStringLiteral("Fleet"))->findText(fleet.name) >= 0);
        set(QStringLiteral("fleet"), fleet.name);
        set(QStringLiteral("port"), QString::number(sshd.port())); // in use, by that very server
        QCOMPARE(m_dialog->problem(), QString());
        QVERIFY(tree(QStringLiteral("What will run"))
                    ->topLevelItem(0)
                    ->child(0)
                    ->text(0)
                    .contains(QStringLiteral("node-a")));
        QTreeWidget *hosts = tree(QStringLiteral("Preflight"));
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->text() == QStringLiteral("Check hosts"))
                one->click();
        }
        const auto why = [hosts](int row) {
            const QTreeWidgetItem *item = hosts->topLevelItem(row);
            return item && item->childCount() > 0 ? item->child(0)->text(0) : QString();
        };
        QTRY_VERIFY_WITH_TIMEOUT(said().contains(QStringLiteral("3 of 3 hosts cannot")), 30'000);
        QVERIFY2(why(0).contains(QStringLiteral("port %1 is in use").arg(sshd.port())), qPrintable(why(0)));
        QVERIFY2(why(2).contains(QStringLiteral("/bin/false is not the one")), qPrintable(why(2)));
        QVERIFY2(!why(2).contains(QStringLiteral("in use")), qPrintable(why(2)));
        set(QStringLiteral("port"), QStringLiteral("1024")); // another plan: what was asked counts no more
        QCOMPARE(hosts->topLevelItemCount(), 0);
        QVERIFY(said().contains(QStringLiteral("Not checked yet")));
    }

private:
    void open() {
        m_dialog = std::make_unique<LaunchDialog>(
            LaunchDialog::Parts{m_session->launchInputs(), m_session->inventory(), m_session->rentals()},
            *builtInProtocol(QStringLiteral("ship-gate")), *builtInProtocol(kFieldProtocol),
            QStringList{QStringLiteral("taken-1")});
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }

    [[nodiscard]] QString said() const {
        QStringList all;
        for (const QLabel *label : m_dialog->findChildren<QLabel *>())
            all << label->text();
        return all.join(QLatin1Char('\n'));
    }

    [[nodiscard]] QTreeWidget *tree(const QString &name) const {
        for (QTreeWidget *one : m_dialog->findChildren<QTreeWidget *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    [[nodiscard]] QPushButton *button() const {
        for (QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
            if (one->text() == QStringLiteral("Launch campaign"))
                return one;
        }
        return nullptr;
    }

    [[nodiscard]] QComboBox *box(const QString &name) const {
        for (QComboBox *one : m_dialog->findChildren<QComboBox *>()) {
            if (one->accessibleName() == name)
                return one;
        }
        return nullptr;
    }

    void set(const QString &field, const QString &value) {
        if (field == QStringLiteral("fleet")) {
            box(QStringLiteral("Fleet"))->setEditText(value);
            return;
        }
        QLineEdit *edit = nullptr;
        for (QLineEdit *one : m_dialog->findChildren<QLineEdit *>()) {
            if (one->objectName() == field)
                edit = one;
        }
        QVERIFY2(edit, qPrintable(field));
        edit->setText(value);
    }

    QTemporaryDir m_settings;
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<LaunchDialog> m_dialog;
};

QTEST_MAIN(LaunchDialogTest)
#include "tst_launchdialog.moc"
