// SPDX-License-Identifier: GPL-3.0-or-later
// The token in a real secret service (gnome-keyring) on a session bus of its own.
#include "app/cloud/digitalocean/apitoken.h"
#include "tests/support/testbus.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

constexpr int kTimeout = 20'000;
const QByteArray kToken = "dop_v1_0123456789abcdef0123456789abcdef";
const QByteArray kOther = "dop_v1_fedcba9876543210fedcba9876543210";
const QUrl kElsewhere(QStringLiteral("https://api.example.com"));

} // namespace

class KeyringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qunsetenv("DIGITALOCEAN_TOKEN");
        for (const char *name : {"HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"})
            qputenv(name, m_dir.path().toUtf8());
        QVERIFY2(m_bus.start(m_dir.path()), "dbus-daemon does not start; is it installed?");
        qputenv("XDG_CURRENT_DESKTOP", "GNOME"); // what QtKeychain chooses its service by
        m_keyring.start(QStringLiteral("gnome-keyring-daemon"),
                        {QStringLiteral("--foreground"), QStringLiteral("--unlock"),
                         QStringLiteral("--components=secrets")});
        QVERIFY2(m_keyring.waitForStarted(kTimeout), "gnome-keyring-daemon does not start; is it installed?");
        m_keyring.write("a password");
        m_keyring.closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(hasService(), kTimeout);
    }

    void cleanupTestCase() {
        m_keyring.terminate();
        QVERIFY(m_keyring.state() == QProcess::NotRunning || m_keyring.waitForFinished(kTimeout));
    }

    void aTokenIsKeptForOneAddress() {
        QCOMPARE(findToken(defaultApi(), {}).error().code, ErrorCode::NotFound);
        const auto kept = keepToken(*ApiToken::parse(kToken), defaultApi());
        QVERIFY2(kept.ok(), kept ? "" : qPrintable(kept.error().text));
        QCOMPARE(headerFor(defaultApi()), "Bearer " + kToken);
        // For another address it is not there, and the error says why.
        const auto none = findToken(kElsewhere, {});
        QVERIFY(!none);
        QVERIFY2(none.error().text.contains(
                     QStringLiteral("No token is kept for https://api.example.com; one that "
                                    "is kept for another address is not sent there")),
                 qPrintable(none.error().text));
        QVERIFY(keepToken(*ApiToken::parse(kOther), kElsewhere));
        QCOMPARE(headerFor(kElsewhere), "Bearer " + kOther);
        QCOMPARE(headerFor(defaultApi()), "Bearer " + kToken);
    }

    void theEnvironmentComesFirst() {
        qputenv("DIGITALOCEAN_TOKEN", "dop_v1_fromtheenvironment");
        QCOMPARE(headerFor(defaultApi()), QByteArray("Bearer dop_v1_fromtheenvironment"));
        qunsetenv("DIGITALOCEAN_TOKEN");
    }

    void anotherOneTakesItsPlace() {
        QVERIFY(keepToken(*ApiToken::parse(kOther), defaultApi()));
        QCOMPARE(headerFor(defaultApi()), "Bearer " + kOther);
    }

    void noFileHoldsItInClear() {
        int files = 0;
        for (QDirIterator it(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
             it.hasNext();) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains("fedcba98") && !bytes.contains("01234567"), qPrintable(file.fileName()));
            ++files;
        }
        QVERIFY(files > 0); // the keyring's own
    }

    void whatIsForgottenIsGone() {
        QVERIFY(forgetToken(defaultApi()));
        QCOMPARE(findToken(defaultApi(), {}).error().code, ErrorCode::NotFound);
        QCOMPARE(headerFor(kElsewhere), "Bearer " + kOther);
        QVERIFY(forgetToken(kElsewhere));
        QCOMPARE(findToken(kElsewhere, {}).error().code, ErrorCode::NotFound);
    }

    // Runs last: nothing is there to keep it in then.
    void withoutAServiceItIsSaidPlainly() {
        m_keyring.terminate();
        QVERIFY(m_keyring.waitForFinished(kTimeout));
        const auto kept = keepToken(*ApiToken::parse(kToken), defaultApi());
        QVERIFY(!kept);
        QVERIFY2(kept.error().text.contains(QStringLiteral("DIGITALOCEAN_TOKEN")) &&
                     !kept.error().text.contains(QStringLiteral("01234567")),
                 qPrintable(kept.error().text));
    }

private:
    static QByteArray headerFor(const QUrl &base) {
        const auto token = findToken(base, {});
        return token ? token->header() : token.error().text.toUtf8();
    }

    static bool hasService() {
        QProcess ask;
        ask.start(QStringLiteral("dbus-send"),
                  {QStringLiteral("--session"), QStringLiteral("--print-reply"),
                   QStringLiteral("--dest=org.freedesktop.DBus"), QStringLiteral("/"),
                   QStringLiteral("org.freedesktop.DBus.NameHasOwner"),
                   QStringLiteral("string:org.freedesktop.secrets")});
        return ask.waitForFinished(kTimeout) && ask.readAllStandardOutput().contains("true");
    }

    QTemporaryDir m_dir;
    test::TestBus m_bus;
    QProcess m_keyring;
};

QTEST_GUILESS_MAIN(KeyringTest)
#include "tst_keyring.moc"
