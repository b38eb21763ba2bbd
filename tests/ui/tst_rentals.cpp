// SPDX-License-Identifier: GPL-3.0-or-later
// Fleets rented, given back and swept from the window, against a cloud that lags and loses answers.
#include "tests/support/contract.h"
#include "tests/support/fakecloud.h"
#include "tests/ui/rentalwindow.h"
#include "ui/mainwindow/statusline.h"
#include "ui/rental/sweepdialog.h"
#include "ui/rental/tokendialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kGate = QStringLiteral("gate");
const QByteArray kKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

} // namespace

class RentalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setOrganizationName(QStringLiteral("slipway"));
        QApplication::setApplicationName(QStringLiteral("tst_rentals"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        qputenv("DIGITALOCEAN_TOKEN", "dop_v1_0123456789abcdef");
        qputenv("USER", "alice");
    }

    void init() {
        QSettings().clear();
        m_staying.clear();
        m_cloud = std::make_unique<FakeCloud>();
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("DIGITALOCEAN_API_URL", m_cloud->url().toString().toLatin1());
        QFile file(keyFile());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kKey + " me\n") > 0);
        m_cloud->post(QStringLiteral("key"),
                      QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                                  {QStringLiteral("public_key"), QString::fromLatin1(kKey)}});
        open();
    }

    void cleanup() {
        close();
        QCOMPARE(m_cloud->things(), m_staying);
        for (const QString &dir : {m_dir->path(), m_settings.path()}) { // the token is kept nowhere
            for (QDirIterator files(dir, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
                QFile file(files.next());
                QVERIFY2(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("0123456789abcdef"),
                         qPrintable(file.fileName()));
            }
        }
        Contract contract;
        if (contract.open(QStringLiteral(SLIPWAY_SOURCE_DIR "/../shared/do-openapi.json")).isEmpty()) {
            int count = 0;
            const QStringList violations = contract.violationsOf(m_cloud->log(), count);
            QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n')).left(4000)));
            m_checked += count;
        }
    }

    void cleanupTestCase() {
        if (m_checked == 0)
            QSKIP("No exchange was held against the contract: ../shared/do-openapi.json is absent.");
        qInfo("%d exchanges obey the contract", m_checked);
    }

    void aFleetIsRentedAndGivenBack() {
        QVERIFY(said(page(), QStringLiteral("No fleet is rented from here")));
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21"))); // the account's month
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QTRY_VERIFY(said(panel(), QStringLiteral("✓ droplets")));
        auto *droplets = panel().findChild<QTreeWidget *>();
        QTRY_COMPARE(column(*droplets, 5), QStringList(4, QStringLiteral("active")));
        QCOMPARE(m_cloud->things().size(), 6);
        // Its cost is by the cloud's clock, and goes on without being asked for.
        QCOMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.04"));
        m_cloud->advance(2 * 3600);
        page().refresh();
        QTRY_COMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.25"));
        QVERIFY(said(panel(), QStringLiteral("so far, $0.12 an hour")));
        QTRY_VERIFY(said(*window().findChild<StatusLine *>(), QStringLiteral("1 fleet rented")));
        QVERIFY(said(panel(), QStringLiteral("given back at the end of its campaign")));

        const QStringList ids = column(*droplets, 1);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_VERIFY(list->topLevelItemCount() > 0);
        for (const QString &id : ids)
            QVERIFY(column(*list, 1).contains(id));
        QVERIFY(column(*list, 2).contains(QStringLiteral("slipway-gate.node-a")));
        QVERIFY(column(*list, 3).filter(QStringLiteral("203.0.113.")).size() == 4);
        // Return does not destroy, and no is no.
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!window().findChild<DestroyDialog *>());
        QCOMPARE(m_cloud->things().size(), 6);
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QCOMPARE(m_cloud->things(), QStringList());
        QVERIFY(said(panel(), QStringLiteral("nothing any more")));
        QTRY_VERIFY(!said(*window().findChild<StatusLine *>(), QStringLiteral("fleet rented")));
    }

    void nothingIsRentedBeforeAPreflightOfJustThis() {
        m_cloud->configure({{QStringLiteral("droplet_limit"), 3}});
        RentDialog &dialog = openRent();
        QVERIFY(!button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled());
        QVERIFY(press(dialog, QStringLiteral("Check")));
        auto *checks = dialog.findChild<QTreeWidget *>();
        QTRY_VERIFY_WITH_TIMEOUT(column(*checks, 0).contains(QStringLiteral("✗  droplet limit")), kPatience);
        QVERIFY(column(*checks, 0).contains(QStringLiteral("✓  vpc:read")));
        QVERIFY(!button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled());
        m_cloud->configure({{QStringLiteral("droplet_limit"), 25}});
        QVERIFY(press(dialog, QStringLiteral("Check again")));
        QTRY_VERIFY_WITH_TIMEOUT(button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled(), kPatience);
        // Another field, another preflight; prices follow at once.
        QVERIFY(said(dialog, QStringLiteral("4 droplets · $0.12 an hour · $1.00 for 8 h")));
        dialog.findChild<QSpinBox *>(QStringLiteral("peers"))->setValue(5);
        QVERIFY(said(dialog, QStringLiteral("6 droplets")));
        QVERIFY(!button(dialog, QStringLiteral("Rent 6 droplets"))->isEnabled());
        dialog.findChild<QLineEdit *>(QStringLiteral("name"))->setText(QStringLiteral("Not legal"));
        QVERIFY(said(dialog, QStringLiteral("must be 1 to 40 of a-z")));
        QVERIFY(!button(dialog, QStringLiteral("Check"))->isEnabled());
        QCOMPARE(m_cloud->calls(QStringLiteral("POST /v2/droplets")), 0);
    }

    // The cloud refuses for good: what was made is given back, and the window says so.
    void aFailedRentLeavesNothing() {
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("POST /v2/droplets")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("nth"), 3},
                                   {QStringLiteral("times"), 9}});
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("Everything was given back")), kPatience);
        QVERIFY(said(panel(), QStringLiteral("✗ droplets")));
        QTRY_VERIFY(said(panel(), QStringLiteral("ended")));
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void aRentThatIsStoppedIsTakenUp() {
        m_cloud->configure({{QStringLiteral("active_after"), 100'000'000}});
        rent();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kPatience);
        QVERIFY(press(panel(), QStringLiteral("Stop")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("creating, cut off")), kPatience);
        QVERIFY(said(panel(), QStringLiteral("What was made is kept")));
        QCOMPARE(m_cloud->things().size(), 6);
        m_cloud->configure({{QStringLiteral("active_after"), 30}});
        QVERIFY(press(panel(), QStringLiteral("Continue renting")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QCOMPARE(m_cloud->things().size(), 6);
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kPatience);
    }

    void aDestroyThatIsCutIsShownAndResumed() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("DELETE /v2/vpcs/*")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("times"), 99}});
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kPatience);
        QVERIFY(said(panel(), QStringLiteral("422")));
        QVERIFY(said(panel(), QStringLiteral("✓ destroy firewall")));
        QVERIFY(said(panel(), QStringLiteral("✗ destroy vpc")));
        QCOMPARE(m_cloud->things().size(), 1); // the VPC
        // A window that is opened later shows it too.
        close();
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("destroying, cut off")));
        m_cloud->fault(QJsonArray());
        QVERIFY(press(panel(), QStringLiteral("Resume destroying")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void atTheNextStartADestroyGoesOnByItself() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("DELETE /v2/droplets/*")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("nth"), 3},
                                   {QStringLiteral("times"), 99}});
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kPatience);
        close();
        m_cloud->fault(QJsonArray());
        open();
        window().resumeInterrupted(); // as main() does
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QCOMPARE(m_cloud->things(), QStringList());
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("droplet")));
    }

    void oneThatCannotGoKeepsNoneOfTheOthers() {
        const QString other = QStringLiteral("other");
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QVERIFY(RentalWindow::rent(m_opened->openRent(other, keyFile(), false)));
        QTRY_COMPARE(page().currentRental(), other);
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QJsonObject fault{{QStringLiteral("on"), QStringLiteral("DELETE /v2/droplets/*")},
                          {QStringLiteral("do"), QStringLiteral("status")},
                          {QStringLiteral("status"), 422},
                          {QStringLiteral("times"), 99}};
        m_cloud->fault(fault);
        for (const QString &fleet : {other, kGate}) {
            page().select(fleet);
            destroy();
            QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kPatience);
        }
        close();
        fault.insert(QStringLiteral("times"), 1); // the first that is asked for: gate's
        m_cloud->fault(fault);
        open();
        window().resumeInterrupted();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(said(window(), QStringLiteral("gate: ")), kPatience);
        page().select(kGate);
        QVERIFY(press(panel(), QStringLiteral("Resume destroying")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void theSweepFindsWhatWasForgotten() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        const auto add = [this](const QString &name, const QJsonArray &tags) {
            m_cloud->post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), name},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("ubuntu-24-04-x64")},
                                      {QStringLiteral("tags"), tags}});
        };
        add(QStringLiteral("slipway-old.node-a"), {QStringLiteral("slipway-fleet:old")});
        add(QStringLiteral("slipway-spared.node-a"), {QStringLiteral("slipway-fleet:spared")});
        add(QStringLiteral("somebody-elses"), {});
        m_cloud->advance(3 * 3600);
        QVERIFY(press(page(), QStringLiteral("Sweep…")));
        auto *dialog = window().findChild<SweepDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_VERIFY_WITH_TIMEOUT(list->topLevelItemCount() > 0, kPatience);
        const auto row = [list](const QString &name) {
            return list->findItems(name, Qt::MatchExactly, 2).value(0);
        };
        QVERIFY(!row(QStringLiteral("somebody-elses")));
        const QTreeWidgetItem *own = row(QStringLiteral("slipway-gate.node-a"));
        QVERIFY(own && !(own->flags() & Qt::ItemIsUserCheckable)); // needed: cannot be chosen
        QCOMPARE(own->text(6), QStringLiteral("alice"));
        QTreeWidgetItem *old = row(QStringLiteral("slipway-old.node-a"));
        QTreeWidgetItem *spared = row(QStringLiteral("slipway-spared.node-a"));
        QVERIFY(old && spared);
        QCOMPARE(old->checkState(0), Qt::Checked);
        QCOMPARE(old->text(4), QStringLiteral("3 h 0 min"));
        QCOMPARE(old->text(5), QStringLiteral("$0.0536"));
        spared->setCheckState(0, Qt::Unchecked);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 1 droplet")));
        QTRY_VERIFY_WITH_TIMEOUT(
            dialog->findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("It is gone")),
            kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(row(QStringLiteral("slipway-spared.node-a")), kPatience);
        QVERIFY(!row(QStringLiteral("slipway-old.node-a")));
        QVERIFY(row(QStringLiteral("slipway-gate.node-a")));
        QCOMPARE(m_cloud->things().size(), 8); // own six, the spared one, somebody else's

        // Off costs on: a droplet that is off is forgotten all the same.
        m_cloud->post(QStringLiteral("power-off"), QJsonObject());
        QVERIFY(press(*dialog, QStringLiteral("Look again")));
        QTRY_VERIFY_WITH_TIMEOUT(row(QStringLiteral("slipway-spared.node-a")) &&
                                     row(QStringLiteral("slipway-spared.node-a"))->text(3) ==
                                         QStringLiteral("off, costs on"),
                                 kPatience);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 1 droplet")));
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 7, kPatience);
        QVERIFY(press(*dialog, QStringLiteral("Close")));
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 1, kPatience);
        m_staying = m_cloud->things(); // somebody else's
    }

    // A firewall that falls before its droplet would leave that open to everyone.
    void theSweepLeavesNoDropletWithoutItsFirewall() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        m_cloud->advance(9 * 3600); // longer than it was rented for
        const QTemporaryDir elsewhere;
        m_opened = std::make_unique<RentalWindow>(elsewhere.path());
        QVERIFY(press(page(), QStringLiteral("Sweep…")));
        auto *dialog = window().findChild<SweepDialog *>();
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 6, kPatience);
        QTreeWidgetItem *droplet =
            list->findItems(QStringLiteral("slipway-gate.node-b"), Qt::MatchExactly, 2).value(0);
        QVERIFY(droplet);
        droplet->setCheckState(0, Qt::Unchecked);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 3 droplets and 2 more")));
        QTRY_VERIFY_WITH_TIMEOUT(
            said(*dialog,
                 QStringLiteral("needed by droplet slipway-gate.node-b, which stays. Nothing was destroyed")),
            kPatience);
        QCOMPARE(m_cloud->things().size(), 6);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 4 droplets and 2 more")));
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kPatience);
        QVERIFY(press(*dialog, QStringLiteral("Close")));
    }

    void aLateDuplicateIsOnTheListAndGoesToo() {
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("POST /v2/droplets")},
                                   {QStringLiteral("do"), QStringLiteral("late")},
                                   {QStringLiteral("when"), QStringLiteral("after")},
                                   {QStringLiteral("seconds"), 3600}});
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(
            QStringLiteral("asking once more")));
        m_cloud->advance(3600);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        QVERIFY(press(*window().findChild<DestroyDialog *>(), QStringLiteral("Destroy 5 droplets")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void aDoubleClickDestroysOnce() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(button(*dialog, QStringLiteral("Destroy 4 droplets")), kPatience);
        QPushButton *yes = button(*dialog, QStringLiteral("Destroy 4 droplets"));
        const QSignalSpy wanted(dialog, &DestroyDialog::wanted);
        QVERIFY(yes->isEnabled());
        dialog->accept();
        dialog->accept(); // the second click was on its way when the sheet went
        QCOMPARE(wanted.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
        QVERIFY(!said(window(), QStringLiteral("Another process")));
    }

    void aCampaignOnItIsGivenUpByName() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        QFile journal(m_dir->filePath(QStringLiteral("rentals/gate/journal.jsonl")));
        QVERIFY(journal.open(QIODevice::Append) && journal.write(eventToLine({QDateTime::currentDateTimeUtc(),
                                                                              QStringLiteral("used"),
                                                                              {},
                                                                              {},
                                                                              QStringLiteral("v1"),
                                                                              {},
                                                                              {}})) > 0);
        journal.close();
        page().refresh();
        QTRY_VERIFY(said(panel(), QStringLiteral("campaign v1")));
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(said(*dialog, QStringLiteral("Campaign v1 has not ended on this fleet")),
                                 kPatience);
        QPushButton *yes = button(*dialog, QStringLiteral("Destroy 4 droplets"));
        QVERIFY(yes && !yes->isEnabled());
        QTest::mouseClick(yes, Qt::LeftButton);
        auto *box = dialog->findChild<QCheckBox *>();
        QCOMPARE(box->text(), QStringLiteral("Give campaign v1 up"));
        box->click();
        box->click();
        QVERIFY(!yes->isEnabled());
        box->click();
        QVERIFY(press(*dialog, QStringLiteral("Destroy 4 droplets")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kPatience);
    }

    void itIsReachedByKeyAndItsRowsAreCopied() {
        QTest::keyClick(&window(), Qt::Key_1, Qt::AltModifier);
        QVERIFY(!page().isVisible());
        QTest::keyClick(&window(), Qt::Key_R, Qt::ControlModifier);
        QVERIFY(page().isVisible());
        auto *dialog = window().findChild<RentDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(press(*dialog, QStringLiteral("Cancel")));
        QTRY_VERIFY(!window().findChild<RentDialog *>());
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        auto *droplets = panel().findChild<QTreeWidget *>();
        QTRY_COMPARE(column(*droplets, 5), QStringList(4, QStringLiteral("active")));
        droplets->topLevelItem(0)->setSelected(true);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        droplets->setFocus();
        QTest::keyClick(droplets, Qt::Key_C, Qt::ControlModifier);
        QVERIFY2(QApplication::clipboard()->text().startsWith(QStringLiteral("node-a\t") +
                                                              droplets->topLevelItem(0)->text(1)),
                 qPrintable(QApplication::clipboard()->text()));
        // Looking again takes no selection away.
        m_cloud->advance(2 * 3600);
        page().refresh();
        QTRY_COMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.25"));
        QVERIFY(droplets->topLevelItem(0)->isSelected());
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kPatience);
    }

    void theTokenIsShownByItsPrefixOnly() {
        QVERIFY(press(page(), QStringLiteral("Token…")));
        auto *dialog = window().findChild<TokenDialog *>();
        QVERIFY(dialog);
        QTRY_VERIFY(said(*dialog, QStringLiteral("dop_v1_… from DIGITALOCEAN_TOKEN")));
        QVERIFY(said(*dialog, m_cloud->url().toString()));
        QVERIFY(!said(*dialog, QStringLiteral("0123")));
        auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("secret"));
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        field->setText(QStringLiteral("no token at all"));
        QVERIFY(press(*dialog, QStringLiteral("Keep in keyring")));
        QTRY_VERIFY(said(*dialog, QStringLiteral("That is no DigitalOcean token")));
        QVERIFY(field->text().isEmpty());
    }

    void theAddressIsChosenBesideTheToken() {
        qunsetenv("DIGITALOCEAN_API_URL");
        QVERIFY(press(page(), QStringLiteral("Token…")));
        auto *dialog = window().findChild<TokenDialog *>();
        auto *address = dialog->findChild<QLineEdit *>(QStringLiteral("address"));
        auto *secret = dialog->findChild<QLineEdit *>(QStringLiteral("secret"));
        QTRY_COMPARE(address->text(), QStringLiteral("https://api.digitalocean.com"));
        QVERIFY(!button(*dialog, QStringLiteral("Use address"))->isEnabled());
        secret->setText(QStringLiteral("dop_v1_0123456789abcdef"));
        QVERIFY(button(*dialog, QStringLiteral("Keep in keyring"))->isEnabled());
        // While another address is being typed, no token is kept for anything.
        address->setText(QStringLiteral("http://example.com"));
        QVERIFY(!button(*dialog, QStringLiteral("Keep in keyring"))->isEnabled());
        secret->clear();
        QVERIFY(press(*dialog, QStringLiteral("Use address")));
        QTRY_VERIFY(said(*dialog, QStringLiteral("A token is sent in clear to this machine only")));
        QCOMPARE(address->text(), QStringLiteral("http://example.com"));
        address->setText(m_cloud->url().toString());
        QVERIFY(press(*dialog, QStringLiteral("Use address")));
        QTRY_VERIFY(said(*dialog, QStringLiteral("It is sent to ") + m_cloud->url().toString()));
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21"))); // it is asked at once
        QVERIFY(press(*dialog, QStringLiteral("Close")));
        close();
        open();
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21")));
    }

    void withoutTheApiNothingIsMadeUp() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kPatience);
        close();
        qputenv("DIGITALOCEAN_API_URL", "http://127.0.0.1:1");
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("Cost not known")));
        QTRY_VERIFY_WITH_TIMEOUT(said(page(), QStringLiteral("gave no answer")), kPatience);
        QVERIFY(said(panel(), QStringLiteral("ready  ·")));
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(said(*dialog, QStringLiteral("is not known")), kPatience);
        QVERIFY(!button(*dialog, QStringLiteral("Destroy"))->isEnabled());
        QVERIFY(press(*dialog, QStringLiteral("Cancel")));
        close();
        qputenv("DIGITALOCEAN_API_URL", m_cloud->url().toString().toLatin1());
        open();
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kPatience);
    }

    // What runs is in its journal; closing the window does not wait for it.
    void aWindowThatIsClosedStopsAndLosesNothing() {
        m_cloud->configure({{QStringLiteral("active_after"), 100'000'000}});
        rent();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kPatience);
        close();
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("creating, cut off")));
        QTRY_VERIFY(said(window(), QStringLiteral("1 fleet rented: $0.12 an hour, 1 cut off")));
        QVERIFY(said(panel(), QStringLiteral("What was made goes on costing: continue, or destroy it.")));
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kPatience);
    }

private:
    void open() { m_opened = std::make_unique<RentalWindow>(m_dir->path()); }
    void close() { m_opened.reset(); }

    RentDialog &openRent() { return m_opened->openRent(kGate, keyFile(), false); } // nobody answers there
    void rent() { QVERIFY(RentalWindow::rent(openRent())); }
    void destroy() { QVERIFY(m_opened->destroy()); }

    [[nodiscard]] QString keyFile() const { return m_dir->filePath(QStringLiteral("key.pub")); }
    [[nodiscard]] RentalsPage &page() const { return m_opened->page(); }
    [[nodiscard]] RentalPanel &panel() const { return m_opened->panel(); }
    [[nodiscard]] MainWindow &window() const { return m_opened->window(); }

    QTemporaryDir m_settings;
    std::unique_ptr<FakeCloud> m_cloud;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<RentalWindow> m_opened;
    QStringList m_staying; ///< what this test leaves in the cloud, as it says
    int m_checked = 0;
};

QTEST_MAIN(RentalsTest)
#include "tst_rentals.moc"
