// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconfig.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

// What the person's ssh_config adds to a fleet, by the real ssh.
class SshConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void includesMatchesAndNamesAreFollowed() {
        write(QStringLiteral("more"), "Match originalhost gate user ubuntu\n  Port 2222\n");
        const auto target = resolve(
            "gate", "Host gate\n  HostName 192.0.2.7\n  User ubuntu\n  IdentityFile ~/.ssh/%r-key\n"
                    "  CertificateFile /c/%h-cert.pub\n  IdentitiesOnly yes\n  HostKeyAlias gate-key\n"
                    "  ProxyJump me@bastion:2200,inner\n  IdentityAgent none\nInclude " +
                        m_dir.filePath(QStringLiteral("more")).toLocal8Bit() + '\n');
        QVERIFY2(target, target ? "" : qPrintable(target.error().text));
        QCOMPARE(target->host.name, QStringLiteral("node-a"));
        QCOMPARE(target->host.address, QStringLiteral("192.0.2.7"));
        QCOMPARE(target->host.port, quint16(2222));
        QCOMPARE(target->host.user, QStringLiteral("ubuntu"));
        QCOMPARE(target->trust.name, QStringLiteral("gate-key"));
        QCOMPARE(target->trust.withoutPort, QString());
        QCOMPARE(target->identityFiles, QStringList{QDir::homePath() + QStringLiteral("/.ssh/ubuntu-key")});
        QCOMPARE(target->certificateFiles, QStringList{QStringLiteral("/c/192.0.2.7-cert.pub")});
        QVERIFY(target->identitiesOnly);
        QCOMPARE(target->agent, QString());
        QCOMPARE(target->jumps, QStringList({QStringLiteral("me@bastion:2200"), QStringLiteral("inner")}));
    }

    void theFleetWins() {
        Host host = named("gate");
        host.port = 22;
        host.user = QStringLiteral("root");
        host.identityFile = QStringLiteral("/keys/gate");
        const auto target = resolve(host, "Host *\n  Port 2222\n  User ubuntu\n  IdentityFile /other\n");
        QVERIFY(target);
        QCOMPARE(target->host.port, quint16(22));
        QCOMPARE(target->host.user, QStringLiteral("root"));
        QCOMPARE(target->identityFiles, QStringList{QStringLiteral("/keys/gate")});
        QVERIFY(target->identitiesOnly);
        host.identityFile = QStringLiteral("/keys/100%z${SLIPWAY_NOT_SET}");
        const auto literal = resolve(host, "CertificateFile /c/%p\n");
        QVERIFY2(literal, literal ? "" : qPrintable(literal.error().text));
        QCOMPARE(literal->identityFiles, QStringList{host.identityFile});
        QCOMPARE(literal->certificateFiles, QStringList{QStringLiteral("/c/22")});
    }

    // A file that says "no checks" changes nothing for us; /dev/null is not a file of known hosts.
    void nothingWeakensHostKeys() {
        const auto target =
            resolve("gate", "Host *\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n"
                            "  GlobalKnownHostsFile /etc/known\n");
        QVERIFY(target);
        QCOMPARE(target->trust.files, QStringList{QStringLiteral("/etc/known")});
    }

    void whatCannotBeDoneIsReported_data() {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QString>("words");
        QTest::newRow("no keys") << QByteArray("PubkeyAuthentication no\n")
                                 << QStringLiteral("PubkeyAuthentication");
        QTest::newRow("passwords only") << QByteArray("PreferredAuthentications password,gssapi-with-mic\n")
                                        << QStringLiteral("PreferredAuthentications");
        QTest::newRow("a command of its own")
            << QByteArray("RemoteCommand top\n") << QStringLiteral("RemoteCommand");
        QTest::newRow("no session") << QByteArray("SessionType none\n") << QStringLiteral("SessionType");
        QTest::newRow("a subsystem") << QByteArray("SessionType subsystem\n")
                                     << QStringLiteral("SessionType");
        QTest::newRow("a socket handed over") << QByteArray("ProxyUseFdpass yes\nProxyCommand nc -F %h %p\n")
                                              << QStringLiteral("ProxyUseFdpass");
        QTest::newRow("nine jumps") << QByteArray("ProxyJump a,b,c,d,e,f,g,h,i\n")
                                    << QStringLiteral("up to 8 hosts");
        QTest::newRow("a token that ssh does not know")
            << QByteArray("ProxyCommand nc %z %p\n") << QStringLiteral("%z");
        QTest::newRow("a shell's words for a name")
            << QByteArray("HostName x;id\nProxyCommand nc %h %p\n") << QStringLiteral("x;id");
        QTest::newRow("a variable that is not set")
            << QByteArray("IdentityFile ${SLIPWAY_NOT_SET}/key\n") << QStringLiteral("SLIPWAY_NOT_SET");
        QTest::newRow("known hosts in two ways")
            << QByteArray("UserKnownHostsFile /known hosts /etc/known proc\n") << QStringLiteral("two ways");
        QTest::newRow("bad line") << QByteArray("NoSuchOption yes\n") << QStringLiteral("nosuchoption");
        QTest::newRow("jump with a dash")
            << QByteArray("ProxyJump -oProxyCommand=id\n") << QStringLiteral("ssh_config for gate");
        QDir::setCurrent(QStringLiteral("/")); // where there is a "proc"
    }

    void whatCannotBeDoneIsReported() {
        QFETCH(const QByteArray, config);
        QFETCH(const QString, words);
        const auto target = resolve("gate", config);
        QVERIFY(!target);
        QVERIFY2(target.error().text.startsWith(QStringLiteral("node-a: ")), qPrintable(target.error().text));
        QVERIFY2(target.error().text.contains(words), qPrintable(target.error().text));
    }

private:
    void write(const QString &name, const QByteArray &bytes) const {
        QFile file(m_dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    static Host named(const char *address) {
        Host host;
        host.name = QStringLiteral("node-a");
        host.address = QLatin1String(address);
        return host;
    }
    [[nodiscard]] Result<SshTarget> resolve(Host host, const QByteArray &config) const {
        write(QStringLiteral("config"), config);
        host.sshConfig = m_dir.filePath(QStringLiteral("config"));
        return resolveTarget(host);
    }
    [[nodiscard]] Result<SshTarget> resolve(const char *address, const QByteArray &config) const {
        return resolve(named(address), config);
    }

    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(SshConfigTest)
#include "tst_sshconfig.moc"
