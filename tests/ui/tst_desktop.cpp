// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's switch between light and dark, as its portal sends it over a real session bus.
#include "tests/support/testbus.h"
#include "tests/ui/windowsetup.h"
#include "ui/common/desktop.h"
#include "ui/common/theme.h"
#include "ui/common/themechoice.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

class DesktopTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        test::useSettings(m_dir.path(), QStringLiteral("tst_desktop"));
        QVERIFY(m_bus.start(m_dir.path()));
        QVERIFY(QDBusConnection::sessionBus().isConnected());
        QVERIFY(portal().registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    }
    void init() { QSettings().clear(); }

    void theLiveSwitchArrives() {
        Desktop desktop;
        const QSignalSpy changed(&desktop, &Desktop::preferenceChanged);
        switchTo(1);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(desktop.prefersDark(), std::optional(true));
        switchTo(2);
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(desktop.prefersDark(), std::optional(false));
    }

    void theWindowFollowsUntilAPersonChooses() {
        Desktop desktop;
        ThemeChoice look(*qApp, desktop, {});
        switchTo(1);
        QTRY_VERIFY(theme().dark);
        switchTo(2);
        QTRY_VERIFY(!theme().dark);
        look.choose(QStringLiteral("light"));
        switchTo(1);
        QTRY_COMPARE(desktop.prefersDark(), std::optional(true));
        QVERIFY(!theme().dark);
        look.choose({});
        QVERIFY(theme().dark);
        look.choose(QStringLiteral("light"));
        const ThemeChoice next(*qApp, desktop, {}); // of the next start
        QVERIFY(!theme().dark);
        const ThemeChoice forced(*qApp, desktop, QStringLiteral("dark"));
        QVERIFY(theme().dark);
    }

private:
    // Its own connection: a bus does not send a client its own signals.
    static QDBusConnection portal() {
        static const QDBusConnection connection =
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, QStringLiteral("portal"));
        return connection;
    }
    static void switchTo(uint scheme) {
        // A bus handles what one client says in its order: once this is answered, it knows what that one
        // wants to hear. Of two clients' words it promises no order.
        QVERIFY(QDBusConnection::sessionBus().interface()->isServiceRegistered(
            QStringLiteral("org.freedesktop.portal.Desktop")));
        QDBusMessage signal = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/portal/desktop"),
                                                         QStringLiteral("org.freedesktop.portal.Settings"),
                                                         QStringLiteral("SettingChanged"));
        signal << QStringLiteral("org.freedesktop.appearance") << QStringLiteral("color-scheme")
               << QVariant::fromValue(QDBusVariant(scheme));
        QVERIFY(portal().send(signal));
    }

    QTemporaryDir m_dir;
    test::TestBus m_bus;
};

QTEST_MAIN(DesktopTest)
#include "tst_desktop.moc"
