// SPDX-License-Identifier: GPL-3.0-or-later
// Fleets rented and destroyed from the window, against a cloud that lags and loses answers.
#include "tests/ui/rentalsuite.h"
#include "ui/mainwindow/statusline.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

class RentalsTest : public RentalSuite {
    Q_OBJECT
private Q_SLOTS:
    void aFleetIsProvisionedAndDestroyed() {
        QVERIFY(said(page(), QStringLiteral("No fleet is rented from here")));
        QTRY_VERIFY(said(page(), QStringLiteral("$11.21"))); // the account's month
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QTRY_VERIFY(said(panel(), QStringLiteral("✓ droplets")));
        auto *servers = panel().findChild<QTreeWidget *>();
        QTRY_COMPARE(column(*servers, 5), QStringList(4, QStringLiteral("active")));
        QCOMPARE(m_cloud->things().size(), 6);
        // Its cost is by the cloud's clock, and goes on without being asked for.
        QCOMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.04"));
        m_cloud->advance(2 * 3600);
        page().refresh();
        QTRY_COMPARE(panel().findChild<QLabel *>(QStringLiteral("cost"))->text(), QStringLiteral("$0.25"));
        QVERIFY(said(panel(), QStringLiteral("so far, $0.12 an hour")));
        QTRY_VERIFY(said(*window().findChild<StatusLine *>(), QStringLiteral("1 fleet rented")));
        QVERIFY(said(panel(), QStringLiteral("destroyed at the end of its campaign")));

        const QStringList ids = column(*servers, 1);
        QVERIFY(press(panel(), QStringLiteral("Destroy…")));
        auto *dialog = window().findChild<DestroyDialog *>();
        QVERIFY(dialog);
        auto *list = dialog->findChild<QTreeWidget *>();
        QTRY_VERIFY(list->topLevelItemCount() > 0);
        for (const QString &id : ids)
            QVERIFY(column(*list, 1).contains(id));
        QVERIFY(column(*list, 2).contains(QStringLiteral("slipway-gate.node-a")));
        QVERIFY(column(*list, 3).filter(QStringLiteral("203.0.113.")).size() == 4);
        // Return does not destroy, and "no" keeps the fleet.
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY(!window().findChild<DestroyDialog *>());
        QCOMPARE(m_cloud->things().size(), 6);
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_cloud->things(), QStringList());
        QVERIFY(said(panel(), QStringLiteral("nothing runs now")));
        QTRY_VERIFY(!said(*window().findChild<StatusLine *>(), QStringLiteral("fleet rented")));
    }

    void nothingIsRentedBeforeAPreflightOfJustThis() {
        m_cloud->configure({{QStringLiteral("droplet_limit"), 3}});
        RentDialog &dialog = openRent();
        QVERIFY(!button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled());
        QVERIFY(press(dialog, QStringLiteral("Check")));
        auto *checks = dialog.findChild<QTreeWidget *>();
        QTRY_VERIFY_WITH_TIMEOUT(column(*checks, 0).contains(QStringLiteral("✗  droplet limit")), kTimeout);
        QVERIFY(column(*checks, 0).contains(QStringLiteral("✓  vpc:read")));
        QVERIFY(!button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled());
        m_cloud->configure({{QStringLiteral("droplet_limit"), 25}});
        QVERIFY(press(dialog, QStringLiteral("Check again")));
        QTRY_VERIFY_WITH_TIMEOUT(button(dialog, QStringLiteral("Rent 4 droplets"))->isEnabled(), kTimeout);
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

    // The cloud refuses each time: what was made is destroyed, and the window says so.
    void aFailedRentLeavesNothing() {
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("POST /v2/droplets")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("nth"), 3},
                                   {QStringLiteral("times"), 9}});
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("Everything that was created is destroyed")),
                                 kTimeout);
        QVERIFY(said(panel(), QStringLiteral("✗ droplets")));
        QTRY_VERIFY(said(panel(), QStringLiteral("ended")));
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void aRentThatIsStoppedIsResumed() {
        m_cloud->configure({{QStringLiteral("active_after"), 100'000'000}});
        rent();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kTimeout);
        QVERIFY(press(panel(), QStringLiteral("Stop")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("creating, cut off")), kTimeout);
        QVERIFY(said(panel(), QStringLiteral("What was made is kept")));
        QCOMPARE(m_cloud->things().size(), 6);
        m_cloud->configure({{QStringLiteral("active_after"), 30}});
        QVERIFY(press(panel(), QStringLiteral("Continue renting")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QCOMPARE(m_cloud->things().size(), 6);
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
    }

    void aDestroyThatIsCutIsShownAndResumed() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("DELETE /v2/vpcs/*")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("times"), 99}});
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kTimeout);
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
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    void atTheNextStartADestroyGoesOnByItself() {
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        m_cloud->fault(QJsonObject{{QStringLiteral("on"), QStringLiteral("DELETE /v2/droplets/*")},
                                   {QStringLiteral("do"), QStringLiteral("status")},
                                   {QStringLiteral("status"), 422},
                                   {QStringLiteral("nth"), 3},
                                   {QStringLiteral("times"), 99}});
        destroy();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kTimeout);
        close();
        m_cloud->fault(QJsonArray());
        open();
        window().resumeInterrupted(); // as main() does
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_cloud->things(), QStringList());
        QVERIFY(panel().findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("droplet")));
    }

    void oneThatCannotGoKeepsNoneOfTheOthers() {
        const QString other = QStringLiteral("other");
        rent();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QVERIFY(RentalWindow::rent(m_opened->openRent(other, keyFile(), false)));
        QTRY_COMPARE(page().currentRental(), other);
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ready  ·")), kTimeout);
        QJsonObject fault{{QStringLiteral("on"), QStringLiteral("DELETE /v2/droplets/*")},
                          {QStringLiteral("do"), QStringLiteral("status")},
                          {QStringLiteral("status"), 422},
                          {QStringLiteral("times"), 99}};
        m_cloud->fault(fault);
        for (const QString &fleet : {other, kGate}) {
            page().select(fleet);
            destroy();
            QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("destroying, cut off")), kTimeout);
        }
        close();
        fault.insert(QStringLiteral("times"), 1); // the first that is asked for: gate's
        m_cloud->fault(fault);
        open();
        window().resumeInterrupted();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(said(window(), QStringLiteral("gate: ")), kTimeout);
        page().select(kGate);
        QVERIFY(press(panel(), QStringLiteral("Resume destroying")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel(), QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_cloud->things(), QStringList());
    }

    // What runs is in its journal; closing the window does not wait for it.
    void aWindowThatIsClosedStopsAndLosesNothing() {
        m_cloud->configure({{QStringLiteral("active_after"), 100'000'000}});
        rent();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things().size(), 6, kTimeout);
        close();
        open();
        QTRY_VERIFY(said(panel(), QStringLiteral("creating, cut off")));
        QTRY_VERIFY(said(window(), QStringLiteral("1 fleet rented: $0.12 an hour, 1 cut off")));
        QVERIFY(
            said(panel(), QStringLiteral("What was created still costs money: continue, or destroy it.")));
        destroy();
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud->things(), QStringList(), kTimeout);
    }
};

QTEST_MAIN(RentalsTest)
#include "tst_rentals.moc"
