// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets of rented fleets: what is destroyed is what was shown, and the token.
#include "tests/ui/rentalsuite.h"
#include "ui/rental/orphansdialog.h"
#include "ui/rental/tokendialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

class RentalSheetsTest : public RentalSuite {
    Q_OBJECT
private Q_SLOTS:
    void cleanUpFindsOrphans() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
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
        QVERIFY(press(page(), QStringLiteral("Clean up orphans…")));
        auto *dialog = window().findChild<OrphansDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_VERIFY_WITH_TIMEOUT(list->topLevelItemCount() > 0, kTimeout);
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
            kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(row(QStringLiteral("slipway-spared.node-a")), kTimeout);
        QVERIFY(!row(QStringLiteral("slipway-old.node-a")));
        QVERIFY(row(QStringLiteral("slipway-gate.node-a")));
        QCOMPARE(m_cloud->things().size(), 8); // own six, the spared one, somebody else's

        // Off is still charged: a droplet that is off is forgotten all the same.
        m_cloud->post(QStringLiteral("power-off"), QJsonObject());
        QVERIFY(press(*dialog, QStringLiteral("Look again")));
        QTRY_VERIFY_WITH_TIMEOUT(row(QStringLiteral("slipway-spared.node-a")) &&
                                     row(QStringLiteral("slipway-spared.node-a"))->text(3) ==
                                         QStringLiteral("off, still charged"),
                                 kTimeout);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 1 droplet")));
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 7, kTimeout);
        QVERIFY(press(*dialog, QStringLiteral("Close")));
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 1, kTimeout);
        m_staying = m_cloud->things(); // somebody else's
    }

    // A firewall that falls before its droplet would leave that open to everyone.
    void cleanUpLeavesNoDropletWithoutItsFirewall() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        m_cloud->advance(9 * 3600); // longer than it was rented for
        const QTemporaryDir elsewhere;
        m_opened = std::make_unique<RentalWindow>(elsewhere.path());
        QVERIFY(press(page(), QStringLiteral("Clean up orphans…")));
        auto *dialog = window().findChild<OrphansDialog *>();
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_COMPARE_WITH_TIMEOUT(list->topLevelItemCount(), 6, kTimeout);
        QTreeWidgetItem *server =
            list->findItems(QStringLiteral("slipway-gate.node-b"), Qt::MatchExactly, 2).value(0);
        QVERIFY(server);
        server->setCheckState(0, Qt::Unchecked);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 3 droplets and 2 more")));
        QTRY_VERIFY_WITH_TIMEOUT(
            said(*dialog,
                 QStringLiteral("needed by droplet slipway-gate.node-b, which stays. Nothing was destroyed")),
            kTimeout);
        QCOMPARE(m_cloud->things().size(), 6);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 4 droplets and 2 more")));
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
        QVERIFY(press(*dialog, QStringLiteral("Close")));
    }

    void aLateDuplicateIsOnTheListAndGoesToo() {
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("POST /v2/droplets")},
                                   {QStringLiteral("do"), QStringLiteral("late")},
                                   {QStringLiteral("when"), QStringLiteral("after")},
                                   {QStringLiteral("seconds"), 3600}});
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(
            QStringLiteral("asking once more")));
        m_cloud->advance(3600);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        QVERIFY(press(*window().findChild<DestroyDialog *>(), QStringLiteral("Destroy 5 droplets")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void aDoubleClickDestroysOnce() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(button(*dialog, QStringLiteral("Destroy 4 droplets")), kTimeout);
        QPushButton *yes = button(*dialog, QStringLiteral("Destroy 4 droplets"));
        const QSignalSpy requested(dialog, &DestroyDialog::requested);
        QVERIFY(yes->isEnabled());
        dialog->accept();
        dialog->accept(); // the second click was on its way when the sheet went
        QCOMPARE(requested.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QVERIFY(!said(window(), QStringLiteral("Another process")));
    }

    void aCampaignOnItIsGivenUpByName() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
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
                                 kTimeout);
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
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
    }

    void textFromTheApiIsOneLineOfPlainText() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        const QJsonValue id = m_cloud->state().value(QStringLiteral("droplets"))[0][QStringLiteral("id")];
        m_cloud->post(
            QStringLiteral("rename"),
            QJsonObject{{QStringLiteral("id"), id},
                        {QStringLiteral("name"), QString::fromUtf8("<b>a</b>\nb\x1b[1m\xe2\x80\xae"
                                                                   "c")},
                        {QStringLiteral("tags"), QJsonArray{QStringLiteral("slipway-fleet:gate")}}});
        const QString shown = QStringLiteral("<b>a</b> b [1m c");
        QVERIFY(press(page(), QStringLiteral("Clean up orphans…")));
        auto *orphans = window().findChild<OrphansDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(column(*orphans->findChild<QTreeWidget *>(), 2).contains(shown), kTimeout);
        QVERIFY(press(*orphans, QStringLiteral("Close")));
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(column(*dialog->findChild<QTreeWidget *>(), 2).contains(shown), kTimeout);
        QVERIFY(press(*dialog, QStringLiteral("Destroy 4 droplets")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(shown));
    }

    void aBrokenJournalIsShownAndItsFleetDestroyed() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        close();
        QFile journal(m_dir->filePath(QStringLiteral("rentals/gate/journal.jsonl")));
        QVERIFY(journal.open(QIODevice::ReadWrite) && journal.write("\x01\x02") > 0);
        journal.close();
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("journal broken")));
        QVERIFY(said(panel(), QStringLiteral("journal.jsonl, line 1")));
        QVERIFY(!button(panel(), QStringLiteral("Continue renting")));
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
        QTRY_VERIFY(said(page(), QStringLiteral("No fleet is rented from here")));
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
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        auto *servers = panel().findChild<QTreeWidget *>();
        QTRY_COMPARE(column(*servers, 5), QStringList(4, QStringLiteral("active")));
        servers->topLevelItem(0)->setSelected(true);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        servers->setFocus();
        QTest::keyClick(servers, Qt::Key_C, Qt::ControlModifier);
        const QStringList copied = QApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(copied.size(), 2); // the headings, then the row
        QVERIFY2(copied.at(0).startsWith(servers->headerItem()->text(0) + QLatin1Char('\t')),
                 qPrintable(copied.at(0)));
        QVERIFY2(copied.at(1).startsWith(QStringLiteral("node-a\t") + servers->topLevelItem(0)->text(1)),
                 qPrintable(copied.at(1)));
        // Looking again takes no selection away.
        m_cloud->advance(2 * 3600);
        page().refresh();
        QTRY_COMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.25"));
        QVERIFY(servers->topLevelItem(0)->isSelected());
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
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
        QTRY_VERIFY(said(*dialog, QStringLiteral("That is not a DigitalOcean token")));
        QVERIFY(field->text().isEmpty());
    }

    void theAddressIsChosenNextToTheToken() {
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21"))); // nothing is asked any more
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
        const qint64 asked = QFileInfo(m_cloud->log()).size();
        QVERIFY(press(*dialog, QStringLiteral("Use address")));
        QTRY_VERIFY(said(*dialog, QStringLiteral("It is sent to ") + m_cloud->url().toString()));
        QTRY_VERIFY(QFileInfo(m_cloud->log()).size() > asked); // it is asked at once
        QVERIFY(press(*dialog, QStringLiteral("Close")));
        close();
        open();
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21")));
    }

    void withoutTheApiNothingIsMadeUp() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        close();
        qputenv("DIGITALOCEAN_API_URL", "http://127.0.0.1:1");
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("Cost not known")));
        QTRY_VERIFY_WITH_TIMEOUT(said(page(), QStringLiteral("gave no answer")), kTimeout);
        QVERIFY(said(panel(), QStringLiteral("ready  ·")));
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QTRY_VERIFY_WITH_TIMEOUT(said(*dialog, QStringLiteral("could not be listed")), kTimeout);
        QVERIFY(!button(*dialog, QStringLiteral("Destroy"))->isEnabled());
        QVERIFY(press(*dialog, QStringLiteral("Cancel")));
        close();
        qputenv("DIGITALOCEAN_API_URL", m_cloud->url().toString().toLatin1());
        open();
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
    }
};

QTEST_MAIN(RentalSheetsTest)
#include "tst_rentalsheets.moc"
