// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshshell.h"
#include "tests/support/testsshd.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace slipway;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 20'000;

Host hostOf(const TestSshd &sshd) {
    Host host = sshd.host();
    host.sshConfig = sshd.sshConfig();
    return host;
}

SshOptions optionsOf(const TestSshd &sshd) {
    SshOptions options;
    options.pinFile = sshd.path(QStringLiteral("pins"));
    return options;
}

struct Outcome {
    QByteArray out;
    QByteArray err;
    std::optional<CommandResult> result;
};

std::shared_ptr<Outcome> watch(RemoteCommand *command) {
    auto outcome = std::make_shared<Outcome>();
    QObject::connect(command, &RemoteCommand::outputArrived, command,
                     [outcome](const QByteArray &b) { outcome->out += b; });
    QObject::connect(command, &RemoteCommand::errorOutputArrived, command,
                     [outcome](const QByteArray &b) { outcome->err += b; });
    QObject::connect(command, &RemoteCommand::finished, command,
                     [outcome](const CommandResult &r) { outcome->result = r; });
    return outcome;
}

bool openAndWait(SshShell &shell) {
    shell.open();
    return QTest::qWaitFor([&] { return shell.state() != RemoteShell::State::Connecting; }, kTimeout) &&
           shell.state() == RemoteShell::State::Open;
}

// Says yes to whatever is asked, and counts.
struct AcceptingPerson {
    std::shared_ptr<LoginPrompt> prompt = std::make_shared<LoginPrompt>();
    int asked = 0;
    LoginHandler logins{prompt, [this](const std::shared_ptr<LoginQuestion> &question) {
                            ++asked;
                            question->accept();
                        }};
};

} // namespace

class SshShellTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsCommandsAndShowsHowTheyEnd() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        const auto seven = watch(shell.start("echo out; echo err >&2; exit 7", 0));
        const auto killed = watch(shell.start("kill -KILL $$", 0));
        const auto slow = watch(shell.start("sleep 30", 300));
        QTRY_VERIFY_WITH_TIMEOUT(seven->result && killed->result && slow->result, kTimeout);
        QCOMPARE(seven->out, QByteArray("out\n"));
        QCOMPARE(seven->err, QByteArray("err\n"));
        QCOMPARE(seven->result->end, CommandResult::End::Exited);
        QCOMPARE(seven->result->exitCode, 7);
        QCOMPARE(killed->result->end, CommandResult::End::Signalled);
        QCOMPARE(killed->result->signalName, QStringLiteral("KILL"));
        QCOMPARE(slow->result->end, CommandResult::End::TimedOut);
    }

    void bytesArriveExactly() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        RemoteCommand *command = shell.start("head -c 67108864 /dev/urandom | tee /dev/fd/2 2>" +
                                                 sshd.path(QStringLiteral("sent")).toLocal8Bit(),
                                             0);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        qint64 size = 0;
        connect(command, &RemoteCommand::outputArrived, this, [&](const QByteArray &bytes) {
            size += bytes.size();
            hash.addData(bytes);
        });
        QSignalSpy finished(command, &RemoteCommand::finished);
        QVERIFY(finished.wait(60'000));
        QCOMPARE(size, 67108864);
        QFile sent(sshd.path(QStringLiteral("sent")));
        QVERIFY(sent.open(QIODevice::ReadOnly));
        QCryptographicHash there(QCryptographicHash::Sha256);
        QVERIFY(there.addData(&sent));
        QCOMPARE(hash.result().toHex(), there.result().toHex());
    }

    void inputReachesTheCommand() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        RemoteCommand *command = shell.start("sha256sum", 0);
        const auto outcome = watch(command);
        const QByteArray bytes(qsizetype{4} * 1024 * 1024, '\x5a');
        command->write(bytes);
        command->closeInput();
        QTRY_VERIFY_WITH_TIMEOUT(outcome->result, kTimeout);
        QVERIFY(outcome->out.startsWith(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    }

    void manyCommandsShareAConnection() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        std::vector<std::shared_ptr<Outcome>> outcomes;
        outcomes.reserve(20);
        for (int i = 0; i < 20; ++i)
            outcomes.push_back(watch(shell.start("echo " + QByteArray::number(i), 0)));
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(outcomes.begin(), outcomes.end(),
                                             [](const auto &o) { return o->result.has_value(); }),
                                 kTimeout);
        for (int i = 0; i < 20; ++i) {
            const Outcome &outcome = *outcomes.at(static_cast<size_t>(i));
            QVERIFY2(outcome.result->end == CommandResult::End::Exited,
                     qPrintable(outcome.result->error.text));
            QCOMPARE(outcome.out, QByteArray::number(i) + '\n');
        }
        QCOMPARE(sshd.sessions().size(), 1);
    }

    void unknownKeyIsAskedForAndPinned() {
        const TestSshd sshd;
        Host host = hostOf(sshd);
        host.hostKeys.clear();
        {
            SshOptions options = optionsOf(sshd);
            options.prompt = std::make_shared<LoginPrompt>();
            QStringList asked;
            const LoginHandler logins(
                options.prompt, [&asked](const std::shared_ptr<LoginQuestion> &question) {
                    asked << (question->hostKey() ? question->hostKey()->line : QString());
                    question->refuse();
                });
            SshShell shell(host, options);
            shell.open();
            QTRY_COMPARE_WITH_TIMEOUT(shell.state(), RemoteShell::State::Failed, kTimeout);
            QCOMPARE(asked, QStringList{sshd.hostKeyLine()});
            QCOMPARE(shell.error().code, ErrorCode::HostKeyRefused);
            QVERIFY2(!sshd.log().contains("publickey"),
                     "a key was offered to a host that nobody had accepted");
        }
        {
            SshShell shell(host, optionsOf(sshd)); // with nobody to ask
            QVERIFY(!openAndWait(shell));
            QCOMPARE(shell.error().code, ErrorCode::HostKeyRefused);
            QVERIFY2(!sshd.log().contains("publickey"),
                     "a key was offered to a host that nobody had accepted");
        }
        SshOptions options = optionsOf(sshd);
        AcceptingPerson person;
        options.prompt = person.prompt;
        {
            SshShell shell(host, options);
            QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        }
        SshShell shell(host, options);
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        QCOMPARE(person.asked, 1);
    }

    void changedKeyIsRefusedBeforeAnyCredential() {
        const TestSshd sshd;
        Host host = hostOf(sshd);
        sshd.makeKey(QStringLiteral("other"));
        QFile other(sshd.path(QStringLiteral("other.pub")));
        QVERIFY(other.open(QIODevice::ReadOnly));
        host.hostKeys = {QString::fromLatin1(other.readAll()).trimmed()};
        SshOptions options = optionsOf(sshd);
        AcceptingPerson person;
        options.prompt = person.prompt;
        SshShell shell(host, options);
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::HostKeyRefused);
        QVERIFY2(shell.error().text.contains(QStringLiteral("node-t")), qPrintable(shell.error().text));
        QCOMPARE(person.asked, 0);
        QVERIFY2(!sshd.log().contains("publickey"), "a key was offered to a host whose key had changed");
    }

    void refusedUserKeyIsNamed() {
        const TestSshd sshd;
        sshd.makeKey(QStringLiteral("stranger"));
        Host host = hostOf(sshd);
        host.identityFile = sshd.path(QStringLiteral("stranger"));
        SshShell shell(host, optionsOf(sshd));
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::AuthRefused);
        QVERIFY2(shell.error().text.contains(host.identityFile), qPrintable(shell.error().text));
    }

    void closedPortIsUnreachable() {
        TestSshd sshd;
        const Host host = hostOf(sshd);
        sshd.stop();
        SshShell shell(host, optionsOf(sshd));
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::Unreachable);
        QVERIFY2(shell.error().text.contains(QStringLiteral("node-t: 127.0.0.1 port")),
                 qPrintable(shell.error().text));
    }

    void otherServersAreNamedForWhatTheySay() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this,
                [&server] { server.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        Host host;
        host.name = QStringLiteral("web");
        host.address = QStringLiteral("127.0.0.1");
        host.port = server.serverPort();
        host.sshConfig = QStringLiteral("none");
        SshShell shell(host, {});
        QVERIFY(!openAndWait(shell));
        QVERIFY2(shell.error().text.contains(QStringLiteral("not an SSH server; it says \"HTTP/1.1 400")),
                 qPrintable(shell.error().text));
    }

    // RFC 4253 allows lines before a server names itself, and sshd has words for those it does not want now.
    void linesBeforeTheNameAreNotTheReason_data() {
        QTest::addColumn<QByteArray>("says");
        QTest::addColumn<bool>("hangsUp");
        QTest::addColumn<QString>("words");
        QTest::newRow("a notice, then a name")
            << QByteArray("Welcome\r\nSSH-2.0-test\r\n") << true << QStringLiteral("handshake failed");
        QTest::newRow("too many at once") << QByteArray("Exceeded MaxStartups\r\n") << true
                                          << QStringLiteral("refuses the connection: \"Exceeded");
        QTest::newRow("mail") << QByteArray("220 mail ESMTP\r\n") << true
                              << QStringLiteral("not an SSH server");
        QTest::newRow("mail that waits")
            << QByteArray("220 mail ESMTP\r\n") << false << QStringLiteral("not an SSH server");
        QTest::newRow("escapes") << QByteArray("\x1b[2J\r\n") << true << QStringLiteral("it says \"[2J\"");
        QTest::newRow("without end") << QByteArray(20'000, 'x') << false
                                     << QStringLiteral("not an SSH server");
    }

    void linesBeforeTheNameAreNotTheReason() {
        QFETCH(const QByteArray, says);
        QFETCH(const bool, hangsUp);
        QFETCH(const QString, words);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            socket->write(says);
            if (hangsUp)
                socket->disconnectFromHost();
        });
        Host host;
        host.name = QStringLiteral("odd");
        host.address = QStringLiteral("127.0.0.1");
        host.port = server.serverPort();
        host.sshConfig = QStringLiteral("none");
        SshOptions options;
        options.deadlines.bannerMs = 1000;
        SshShell shell(host, options);
        QVERIFY(!openAndWait(shell));
        QVERIFY2(shell.error().text.contains(words), qPrintable(shell.error().text));
        QVERIFY(!shell.error().text.contains(QLatin1Char('\x1b')));
    }

    void silentServersRunIntoTheDeadline() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        Host host;
        host.name = QStringLiteral("mute");
        host.address = QStringLiteral("127.0.0.1");
        host.port = server.serverPort();
        host.sshConfig = QStringLiteral("none");
        SshOptions options;
        options.deadlines.bannerMs = 200;
        SshShell shell(host, options);
        QVERIFY(!openAndWait(shell));
        QCOMPARE(shell.error().code, ErrorCode::TimedOut);
    }

    void killedSessionIsALostConnectionAndCanBeOpenedAgain() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        const auto endless = watch(shell.start("yes", 0));
        QTRY_VERIFY_WITH_TIMEOUT(endless->out.size() > 1'000'000, kTimeout);
        sshd.killSessions();
        QTRY_COMPARE_WITH_TIMEOUT(shell.state(), RemoteShell::State::Lost, kTimeout);
        QTRY_VERIFY_WITH_TIMEOUT(endless->result, kTimeout);
        QCOMPARE(endless->result->end, CommandResult::End::ConnectionLost);
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        const auto again = watch(shell.start("echo again", 0));
        QTRY_VERIFY_WITH_TIMEOUT(again->result, kTimeout);
        QCOMPARE(again->out, QByteArray("again\n"));
    }

    void unreadOutputIsHeldBack() {
        const TestSshd sshd;
        SshShell shell(hostOf(sshd), optionsOf(sshd));
        QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
        RemoteCommand *command = shell.start("yes", 0);
        const auto outcome = watch(command);
        QTRY_VERIFY_WITH_TIMEOUT(outcome->out.size() > 0, kTimeout);
        command->setPaused(true);
        const auto echo = watch(shell.start("echo still here", 0));
        QTRY_VERIFY_WITH_TIMEOUT(echo->result, kTimeout);
        const qsizetype held = outcome->out.size();
        const auto echo2 = watch(shell.start("sleep 0.5", 0));
        QTRY_VERIFY_WITH_TIMEOUT(echo2->result, kTimeout);
        QVERIFY2(outcome->out.size() - held <= qsizetype{9} * 1024 * 1024,
                 "bytes came in past the budget while paused");
        command->setPaused(false);
        QTRY_VERIFY_WITH_TIMEOUT(outcome->out.size() > held, kTimeout);
    }

    void endsWhileBytesAreComing() {
        const TestSshd sshd;
        {
            SshShell shell(hostOf(sshd), optionsOf(sshd));
            QVERIFY2(openAndWait(shell), qPrintable(shell.error().text));
            const auto outcome = watch(shell.start("yes", 0));
            QTRY_VERIFY_WITH_TIMEOUT(outcome->out.size() > 0, kTimeout);
        }
        QTRY_COMPARE_WITH_TIMEOUT(sshd.sessions().size(), 0, kTimeout);
    }
};

QTEST_GUILESS_MAIN(SshShellTest)
#include "tst_sshshell.moc"
