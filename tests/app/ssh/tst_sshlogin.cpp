// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kPatience = 20'000;

QByteArray contents(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void append(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    QCOMPARE(file.write(bytes), bytes.size());
}

void keygen(const QStringList &words) {
    QCOMPARE(QProcess::execute(QStringLiteral("ssh-keygen"), QStringList{QStringLiteral("-q")} + words), 0);
}

void lockKey(const TestSshd &sshd) {
    keygen({QStringLiteral("-p"), QStringLiteral("-P"), QString(), QStringLiteral("-N"),
            QStringLiteral("open sesame"), QStringLiteral("-f"), sshd.identityFile()});
}

Host hostOf(const TestSshd &sshd) {
    Host host = sshd.host();
    host.identityFile.clear();
    host.sshConfig = sshd.sshConfig();
    return host;
}

bool openAndWait(SshShell &shell) {
    shell.open();
    return QTest::qWaitFor([&] { return shell.state() != RemoteShell::State::Connecting; }, kPatience) &&
           shell.state() == RemoteShell::State::Open;
}

/// An ssh-agent of its own, which ends with the object.
class Agent {
public:
    explicit Agent(const QString &socket) {
        m_process.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
        if (!m_process.waitForStarted() || !QTest::qWaitFor([&] { return QFile::exists(socket); }, kPatience))
            qFatal("ssh-agent does not start");
    }
    ~Agent() {
        m_process.terminate();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(Agent)

private:
    QProcess m_process;
};

} // namespace

// How people let themselves in: keys with passphrases, certificates, agents, jump hosts.
class SshLoginTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lockedKeysAreAskedForOnce() {
        const TestSshd sshd;
        lockKey(sshd);
        Host host = hostOf(sshd);
        host.identityFile = sshd.identityFile();
        const SshOptions options;
        SshShell first(host, options);
        SshShell second(host, options);
        QStringList asked;
        for (SshShell *shell : {&first, &second}) {
            connect(shell, &RemoteShell::passphraseWanted, this,
                    [&asked, shell](const QString &file, bool again) {
                        asked << (again ? QStringLiteral("again") : file);
                        shell->answerPassphrase(QByteArray(again ? "open sesame" : "wrong"));
                    });
        }
        first.open();
        second.open();
        QTRY_VERIFY_WITH_TIMEOUT(first.state() == RemoteShell::State::Open &&
                                     second.state() == RemoteShell::State::Open,
                                 kPatience);
        QCOMPARE(asked, QStringList({sshd.identityFile(), QStringLiteral("again")}));
        first.close();
        QVERIFY(openAndWait(first)); // a reconnect asks nobody
        QCOMPARE(asked.size(), 2);
    }

    void aPersonMayDecline() {
        const TestSshd sshd;
        lockKey(sshd);
        Host host = hostOf(sshd);
        host.identityFile = sshd.identityFile();
        SshShell shell(host, {});
        connect(&shell, &RemoteShell::passphraseWanted, &shell,
                [&shell] { shell.answerPassphrase(std::nullopt); });
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::AuthRefused);
        QVERIFY2(shell.error().text.contains(QStringLiteral("needs a passphrase")),
                 qPrintable(shell.error().text));
    }

    void nobodyIsAwaitedByACloseWhileAsking() {
        const TestSshd sshd;
        lockKey(sshd);
        Host host = hostOf(sshd);
        host.identityFile = sshd.identityFile();
        const SshOptions options;
        auto first = std::make_unique<SshShell>(host, options);
        auto second = std::make_unique<SshShell>(host, options);
        QSignalSpy asked(first.get(), &RemoteShell::passphraseWanted);
        first->open();
        QVERIFY(asked.wait(kPatience));
        second->open();
        QElapsedTimer timer;
        timer.start();
        second.reset();
        first.reset();
        QVERIFY(timer.elapsed() < 30'000); // far less than a person is waited for
    }

    void certificatesLetIn() {
        const TestSshd plain;
        plain.makeKey(QStringLiteral("ca"));
        plain.makeKey(QStringLiteral("signed"));
        const TestSshd sshd({QStringLiteral("TrustedUserCAKeys ") + plain.path(QStringLiteral("ca.pub"))});
        Host host = hostOf(sshd);
        host.identityFile = plain.path(QStringLiteral("signed"));
        SshShell before(host, {});
        QVERIFY(!openAndWait(before));
        keygen({QStringLiteral("-s"), plain.path(QStringLiteral("ca")), QStringLiteral("-I"),
                QStringLiteral("test"), QStringLiteral("-n"), TestSshd::user(),
                host.identityFile + QStringLiteral(".pub")});
        SshShell shell(host, {});
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
    }

    void agentsLetInUnlessIdentitiesOnly() {
        const TestSshd sshd;
        const QString socket = sshd.path(QStringLiteral("agent"));
        const Agent agent(socket);
        QProcess add;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SSH_AUTH_SOCK"), socket);
        add.setProcessEnvironment(environment);
        add.start(QStringLiteral("ssh-add"), {QStringLiteral("-q"), sshd.identityFile()});
        QVERIFY(add.waitForFinished() && add.exitCode() == 0);
        append(sshd.sshConfig(), "IdentityFile none\nIdentityAgent " + socket.toLocal8Bit() + '\n');
        SshShell shell(hostOf(sshd), {});
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        append(sshd.sshConfig(), "IdentitiesOnly yes\n");
        SshShell only(hostOf(sshd), {});
        QVERIFY(!openAndWait(only));
        QCOMPARE(only.error().code, ErrorCode::AuthRefused);
    }

    // The name is ssh_config's alone; two jump hosts, each with its own key.
    void jumpHostsLeadThere() {
        const TestSshd inner;
        const TestSshd outer;
        const TestSshd sshd;
        for (const TestSshd *jump : {&inner, &outer}) {
            append(jump->path(QStringLiteral("authorized_keys")),
                   contents(sshd.identityFile() + QStringLiteral(".pub")));
            append(sshd.path(QStringLiteral("known_hosts")),
                   QStringLiteral("[127.0.0.1]:%1 %2\n").arg(jump->port()).arg(jump->hostKeyLine()).toUtf8());
        }
        const QByteArray keys = "User " + TestSshd::user().toLocal8Bit() + "\nIdentityFile " +
                                sshd.identityFile().toLocal8Bit() + "\nIdentitiesOnly yes\n";
        const QByteArray base = contents(sshd.sshConfig());
        const auto viaConfig = [&](const QString &jumps) {
            QFile file(sshd.sshConfig());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(base + keys +
                       QStringLiteral("Host behind\n  HostName 127.0.0.1\n  Port %1\n  ProxyJump %2\n")
                           .arg(sshd.port())
                           .arg(jumps)
                           .toUtf8());
        };
        Host host;
        host.name = QStringLiteral("node-t");
        host.address = QStringLiteral("behind");
        host.hostKeys = {sshd.hostKeyLine()};
        host.sshConfig = sshd.sshConfig();
        const QString outerJump = QStringLiteral("127.0.0.1:%1").arg(outer.port());
        const QString innerJump = QStringLiteral("127.0.0.1:%1").arg(inner.port());
        for (const QString &jumps : {outerJump, outerJump + QLatin1Char(',') + innerJump}) {
            viaConfig(jumps);
            const auto before = inner.log().count("Accepted publickey");
            SshShell shell(host, {});
            QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
            QCOMPARE(inner.log().count("Accepted publickey") - before, jumps == outerJump ? 0 : 1);
            QByteArray said;
            RemoteCommand *command = shell.start("echo through", 0);
            connect(command, &RemoteCommand::outputArrived, this,
                    [&](const QByteArray &bytes) { said += bytes; });
            QTRY_COMPARE_WITH_TIMEOUT(said, QByteArray("through\n"), kPatience);
            // The jump host dies under it: told as a lost connection.
            outer.killSessions();
            QTRY_COMPARE_WITH_TIMEOUT(shell.state(), RemoteShell::State::Lost, kPatience);
        }

        // A jump host that is not the one known is no way, whatever the file says.
        for (const TestSshd *changed : {&outer, &inner}) {
            viaConfig(outerJump + QLatin1Char(',') + innerJump);
            append(sshd.sshConfig(), "Host *\n  StrictHostKeyChecking no\n");
            QFile known(sshd.path(QStringLiteral("known_hosts")));
            const QByteArray was = contents(known.fileName());
            QVERIFY(known.open(QIODevice::WriteOnly));
            known.write(
                QByteArray(was).replace(changed->hostKeyLine().toUtf8(), sshd.hostKeyLine().toUtf8()));
            known.close();
            SshShell shell(host, {});
            QVERIFY(!openAndWait(shell));
            QCOMPARE(shell.error().code, ErrorCode::HostKeyRefused);
            QVERIFY(known.open(QIODevice::WriteOnly));
            known.write(was);
            known.close();
        }
    }
};

QTEST_GUILESS_MAIN(SshLoginTest)
#include "tst_sshlogin.moc"
