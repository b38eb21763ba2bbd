// SPDX-License-Identifier: GPL-3.0-or-later
// A whole campaign on a rented fleet, from the window: rented, prepared, launched on, kept at the end of the
// campaign as was said, and destroyed by hand. The cloud is the stand-in, its droplets are the sandbox's
// hosts.
#include "app/campaign/campaignplan.h"
#include "app/core/builtinprotocols.h"
#include "tests/e2e/rentedrig.h"
#include "tests/support/testpaths.h"
#include "tests/ui/rentalwindow.h"
#include "tests/ui/windowsetup.h"
#include "ui/launch/launchdialog.h"
#include "ui/rental/preparedialog.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kLongTimeout = 600'000;

} // namespace

class RentedWindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        test::useSettings(m_settings.path(), QStringLiteral("tst_rentedwindow"));
        qputenv("DIGITALOCEAN_TOKEN", "dop_v1_0123456789abcdef");
        qputenv("DIGITALOCEAN_API_URL", m_rig.cloud().url().toString().toLatin1());
    }

    void fromRentThroughAllPhasesToDestroy() {
        if (!m_rig.usable())
            QSKIP("No namespaces can be made here: hosts on loopback cannot be given programs of their own.");
        const auto protocol = builtInProtocol(QStringLiteral("ship-gate"));
        QVERIFY(protocol);
        const RentalWindow opened(m_rig.dataDir(), *protocol);
        RentalPanel &panel = opened.panel();

        const RentDialog &dialog = opened.openRent(QStringLiteral("gate"), m_rig.keyFile(), true);
        dialog.findChild<QLineEdit *>(QStringLiteral("serverPath"))
            ->setText(QStringLiteral("/opt/slipway/ai-memory"));
        QVERIFY(RentalWindow::rent(dialog));
        QTRY_COMPARE_WITH_TIMEOUT(m_rig.cloud().things().size(), 6, kTimeout);
        m_rig.playCloudInit();
        QTRY_VERIFY_WITH_TIMEOUT(said(panel, QStringLiteral("ready  ·")), kLongTimeout);

        QVERIFY(press(panel, QStringLiteral("Prepare…")));
        auto *prepare = opened.window().findChild<PrepareDialog *>();
        QVERIFY(prepare);
        prepare->findChild<QLineEdit *>(QStringLiteral("server"))
            ->setText(testPaths::program("ai-memory-reference"));
        QVERIFY(press(*prepare, QStringLiteral("Prepare 4 hosts")));
        QTRY_VERIFY_WITH_TIMEOUT(said(panel, QStringLiteral("✓ prepare")), kLongTimeout);
        QVERIFY(panel.findChild<QPlainTextEdit *>()->toPlainText().contains(
            QStringLiteral("still costs the same")));

        const QSignalSpy ended(&opened.window(), &MainWindow::campaignEnded);
        launch(panel);
        QVERIFY2(m_problem.isEmpty(), qPrintable(m_problem));
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, kLongTimeout);
        // Two cycles cannot carry the claim: an unproven pass, and nothing better.
        QCOMPARE(ended.at(0).at(0).toString(), QStringLiteral("rented: Unproven pass"));

        QCOMPARE(m_rig.cloud().things().size(), 6);
        QVERIFY(press(opened.window(), QStringLiteral("Rented")));
        opened.page().refresh();
        QTRY_VERIFY(said(panel, QStringLiteral("campaign rented")));
        QVERIFY(said(panel, QStringLiteral("kept until it is destroyed by hand")));
        QVERIFY(opened.destroy());
        QTRY_VERIFY_WITH_TIMEOUT(said(panel, QStringLiteral("ended")), kTimeout);
        QCOMPARE(m_rig.cloud().things(), QStringList());
        QCOMPARE(m_rig.violations(), QStringList());
    }

private:
    // The sheet runs a loop of its own until it is accepted.
    void launch(const RentalPanel &panel) {
        QTimer fill;
        connect(&fill, &QTimer::timeout, this, [this, &fill] {
            auto *sheet = qobject_cast<LaunchDialog *>(QApplication::activeModalWidget());
            if (!sheet)
                return;
            sheet->findChild<QLineEdit *>(QStringLiteral("id"))->setText(QStringLiteral("rented"));
            sheet->findChild<QLineEdit *>(QStringLiteral("cycles"))->setText(QStringLiteral("2"));
            auto *keep = sheet->findChild<QCheckBox *>(QStringLiteral("keep"));
            m_problem = sheet->problem();
            if (!m_problem.isEmpty() || !keep->isVisible())
                return; // the fleets are still being listed
            fill.stop();
            if (sheet->choice().fleet != QLatin1String("gate") ||
                !said(*sheet, QStringLiteral("is destroyed when the campaign has ended")))
                m_problem = QStringLiteral("it is not about the rented fleet");
            keep->setChecked(true);
            if (!said(*sheet, QStringLiteral("it still costs money afterwards")))
                m_problem = QStringLiteral("it does not say that the fleet still costs money");
            sheet->accept();
        });
        fill.start(50);
        QVERIFY(press(panel, QStringLiteral("Launch…")));
    }

    QTemporaryDir m_settings;
    RentedRig m_rig;
    QString m_problem;
};

QTEST_MAIN(RentedWindowTest)
#include "tst_rentedwindow.moc"
