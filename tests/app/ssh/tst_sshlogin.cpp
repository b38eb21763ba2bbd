// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshshell.h"
#include "tests/support/testagent.h"
#include "tests/support/testsshd.h"

#include <QEventLoop>
#include <QFile>
#include <QLocalServer>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace slipway;
using slipway::test::TestAgent;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 20'000;

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
    return QTest::qWaitFor([&] { return shell.state() != RemoteShell::State::Connecting; }, kTimeout) &&
           shell.state() == RemoteShell::State::Open;
}

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
        SshOptions options;
        options.prompt = std::make_shared<LoginPrompt>();
        QStringList asked;
        const LoginHandler logins(options.prompt, [&asked](const std::shared_ptr<LoginQuestion> &question) {
            asked << (question->isAgain() ? QStringLiteral("again") : question->keyFile());
            question->accept(QByteArray(question->isAgain() ? "open sesame" : "wrong"));
        });
        SshShell first(host, options);
        SshShell second(host, options);
        first.open();
        second.open();
        QTRY_VERIFY_WITH_TIMEOUT(first.state() == RemoteShell::State::Open &&
                                     second.state() == RemoteShell::State::Open,
                                 kTimeout);
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
        SshOptions options;
        options.prompt = std::make_shared<LoginPrompt>();
        const LoginHandler logins(options.prompt,
                                  [](const std::shared_ptr<LoginQuestion> &question) { question->refuse(); });
        SshShell shell(host, options);
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
        SshOptions options;
        options.prompt = std::make_shared<LoginPrompt>();
        std::shared_ptr<LoginQuestion> asked;
        QEventLoop answering; // as a sheet that nobody answers
        const LoginHandler logins(options.prompt, [&](const std::shared_ptr<LoginQuestion> &question) {
            asked = question;
            answering.exec();
        });
        auto first = std::make_unique<SshShell>(host, options);
        auto second = std::make_unique<SshShell>(host, options);
        QTimer::singleShot(0, &answering, [&] {
            first->open();
            second->open();
        });
        bool isClosed = false;
        QTimer look;
        connect(&look, &QTimer::timeout, &answering, [&] {
            if (!asked || isClosed)
                return;
            QElapsedTimer timer;
            timer.start();
            second.reset();
            first.reset();
            isClosed = timer.elapsed() < 30'000; // far less than a person is waited for
            answering.quit();
        });
        look.start(10);
        QTRY_VERIFY_WITH_TIMEOUT(asked && isClosed, kTimeout);
        QVERIFY(!asked->isOpen()); // withdrawn
        asked->accept("open sesame");
        QCOMPARE(asked->wait(std::chrono::milliseconds(0)), std::optional<QByteArray>()); // too late
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
        const TestAgent agent(socket);
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

    // In the server's words, with what it wants and what to do.
    void reasonsAreTheServers_data() {
        QTest::addColumn<QStringList>("server");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QStringList>("words");
        const QStringList authority{QStringLiteral("TrustedUserCAKeys {dir}/ca.pub")};
        const auto server = [](const char *lines) {
            return QString::fromLatin1(lines).split(QLatin1Char('|'));
        };
        const auto words = server;
        QTest::newRow("a password as well")
            << server("PasswordAuthentication yes|AuthenticationMethods publickey,password")
            << QStringLiteral("client")
            << words("it took the key|then it requires password as well|AuthenticationMethods");
        QTest::newRow("two keys") << server("AuthenticationMethods publickey,publickey")
                                  << QStringLiteral("client")
                                  << words("it took the key|then it requires publickey as well");
        QTest::newRow("passwords only")
            << server("PasswordAuthentication yes|PubkeyAuthentication no") << QStringLiteral("client")
            << words("with a key: it requires password");
        QTest::newRow("another key") << QStringList{} << QStringLiteral("stranger")
                                     << words("it does not take the key|Check authorized_keys");
        QTest::newRow("too many keys") << server("MaxAuthTries 1") << QStringLiteral("stranger")
                                       << words("Too many authentication failures|IdentitiesOnly yes");
        QTest::newRow("a certificate that has expired")
            << authority << QStringLiteral("late")
            << words("late-cert.pub (it expired on 2020-01-02 00:00 UTC)");
        QTest::newRow("a certificate that is not valid yet")
            << authority << QStringLiteral("early")
            << words("early-cert.pub (it is not valid before 2099-01-01 00:00 UTC)");
        QTest::newRow("a banner") << server("Banner {dir}/banner") << QStringLiteral("stranger")
                                  << words("It shows \"Closed until Monday. [2J\"");
        QTest::newRow("not there") << QStringList{} << QStringLiteral("not-there")
                                   << words("not-there is not there");
    }

    void reasonsAreTheServers() {
        QFETCH(QStringList, server);
        QFETCH(const QString, key);
        QFETCH(const QStringList, words);
        const TestSshd keys;
        for (const char *name : {"ca", "late", "early", "stranger"})
            keys.makeKey(QLatin1String(name));
        for (const auto &[name, times] : {std::pair{"late", "20200101000000Z:20200102000000Z"},
                                          std::pair{"early", "20990101000000Z:20990102000000Z"}})
            keygen({QStringLiteral("-s"), keys.path(QStringLiteral("ca")), QStringLiteral("-I"),
                    QStringLiteral("test"), QStringLiteral("-n"), TestSshd::user(), QStringLiteral("-V"),
                    QLatin1String(times), keys.path(QLatin1String(name)) + QStringLiteral(".pub")});
        QFile banner(keys.path(QStringLiteral("banner")));
        QVERIFY(banner.open(QIODevice::WriteOnly) && banner.write("Closed until Monday.\n\x1b[2J\n") > 0);
        banner.close();
        server.replaceInStrings(QStringLiteral("{dir}"), keys.path(QString()));
        const TestSshd sshd(server);
        Host host = hostOf(sshd);
        host.identityFile = key == QLatin1String("client") ? sshd.identityFile() : keys.path(key);
        SshShell shell(host, {});
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::AuthRefused);
        for (const QString &word : words)
            QVERIFY2(shell.error().text.contains(word), qPrintable(shell.error().text));
        QVERIFY(!shell.error().text.contains(QLatin1Char('\x1b')));
    }

    // An agent may be stuck, or ask somebody who is not there: that costs its own keys only.
    void anAgentThatDoesNotAnswerIsGivenUp() {
        const TestSshd sshd;
        QLocalServer silent;
        QVERIFY(silent.listen(sshd.path(QStringLiteral("agent"))));
        append(sshd.sshConfig(), "IdentityAgent " + silent.fullServerName().toLocal8Bit() +
                                     "\nIdentityFile " + sshd.identityFile().toLocal8Bit() + '\n');
        SshOptions options;
        options.deadlines.authMs = 500;
        SshShell shell(hostOf(sshd), options);
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        Host other = hostOf(sshd);
        sshd.makeKey(QStringLiteral("stranger"));
        other.identityFile = sshd.path(QStringLiteral("stranger"));
        SshShell refused(other, options);
        QVERIFY(!openAndWait(refused));
        QVERIFY2(refused.error().text.contains(QStringLiteral("ssh-agent did not answer in time")),
                 qPrintable(refused.error().text));
    }

    void anAgentThatDoesNotSignIsReported() {
        const TestSshd sshd;
        const QString socket = sshd.path(QStringLiteral("agent"));
        qputenv("SSH_ASKPASS", "/bin/false"); // who is asked says no
        qputenv("SSH_ASKPASS_REQUIRE", "force");
        const TestAgent agent(socket);
        QProcess add;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SSH_AUTH_SOCK"), socket);
        add.setProcessEnvironment(environment);
        add.start(QStringLiteral("ssh-add"),
                  {QStringLiteral("-q"), QStringLiteral("-c"), sshd.identityFile()});
        QVERIFY(add.waitForFinished() && add.exitCode() == 0);
        append(sshd.sshConfig(), "IdentityFile none\nIdentityAgent " + socket.toLocal8Bit() + '\n');
        SshShell shell(hostOf(sshd), {});
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::AuthRefused);
        QVERIFY2(shell.error().text.contains(QStringLiteral("ssh-agent refused to sign")),
                 qPrintable(shell.error().text));
        // With its file at hand, the file signs.
        append(sshd.sshConfig(), "IdentityFile " + sshd.identityFile().toLocal8Bit() + '\n');
        SshShell byFile(hostOf(sshd), {});
        QVERIFY2(openAndWait(byFile), qPrintable(byFile.error().text));
        qunsetenv("SSH_ASKPASS");
        qunsetenv("SSH_ASKPASS_REQUIRE");
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
        const QString two = outerJump + QLatin1Char(',') + innerJump;
        for (const QString &jumps : {outerJump, two, two + QLatin1Char(',') + outerJump}) {
            viaConfig(jumps);
            const auto before = inner.log().count("Accepted publickey");
            SshShell shell(host, {});
            QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
            QCOMPARE(inner.log().count("Accepted publickey") - before, jumps == outerJump ? 0 : 1);
            QByteArray said;
            RemoteCommand *command = shell.start("echo through", 0);
            connect(command, &RemoteCommand::outputArrived, this,
                    [&](const QByteArray &bytes) { said += bytes; });
            QTRY_COMPARE_WITH_TIMEOUT(said, QByteArray("through\n"), kTimeout);
            // The jump host dies under it: reported as a lost connection.
            outer.killSessions();
            QTRY_COMPARE_WITH_TIMEOUT(shell.state(), RemoteShell::State::Lost, kTimeout);
        }

        // A jump host that is not the one known, or is revoked, is not used, whatever the file says.
        append(sshd.path(QStringLiteral("known_hosts")), "@revoked * " + inner.hostKeyLine().toUtf8() + '\n');
        {
            viaConfig(two);
            SshShell shell(host, {});
            QVERIFY(!openAndWait(shell));
            QCOMPARE(shell.error().code, ErrorCode::HostKeyRefused);
        }
        for (const TestSshd *changed : {&outer, &inner}) {
            viaConfig(outerJump + QLatin1Char(',') + innerJump);
            append(sshd.sshConfig(), "Host *\n  StrictHostKeyChecking no\n");
            QFile known(sshd.path(QStringLiteral("known_hosts")));
            const QByteArray was = contents(known.fileName());
            QVERIFY(known.open(QIODevice::WriteOnly));
            known.write(QByteArray(was)
                            .replace("@revoked", "#")
                            .replace(changed->hostKeyLine().toUtf8(), sshd.hostKeyLine().toUtf8()));
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
