// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptors of connections are closed once. Closed twice, the second time hits what another thread has
// opened meanwhile under the same number: a journal, the archive, a socket.
#include "app/ssh/sshshell.h"
#include "tests/support/testagent.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>
#include <cerrno>

#include <sys/syscall.h>
#include <unistd.h>

using namespace slipway;
using slipway::test::TestAgent;
using slipway::test::TestSshd;

namespace {

constexpr int kTimeout = 20'000;
constexpr int kRounds = 5;

std::atomic<int> g_closedTwice{0};

bool ends(const RemoteShell &shell, RemoteShell::State state) {
    return QTest::qWaitFor([&] { return shell.state() == state; }, kTimeout);
}

qsizetype openDescriptors() {
    return QDir(QStringLiteral("/proc/self/fd"))
        .entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot)
        .size();
}

} // namespace

// Every close() of this process comes here, libssh's too.
extern "C" int close(int fd) {
    const long closed = syscall(SYS_close, fd);
    if (closed != 0 && errno == EBADF)
        ++g_closedTwice;
    return static_cast<int>(closed);
}

class SshSocketsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(::close(9999), -1); // it counts
        QCOMPARE(g_closedTwice.exchange(0), 1);
    }

    void ofAConnectionThatIsClosed() {
        const TestSshd sshd;
        rounds([&] {
            SshShell shell(sshd.host(), {});
            shell.open();
            QVERIFY(ends(shell, RemoteShell::State::Open));
            shell.close();
        });
    }

    void ofAConnectionWithAnAgent() {
        const TestSshd sshd;
        const QString socket = sshd.path(QStringLiteral("agent"));
        const TestAgent agent(socket);
        QProcess add;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SSH_AUTH_SOCK"), socket);
        add.setProcessEnvironment(environment);
        add.start(QStringLiteral("ssh-add"), {QStringLiteral("-q"), sshd.identityFile()});
        QVERIFY(add.waitForFinished());
        QFile config(sshd.sshConfig());
        QVERIFY(config.open(QIODevice::Append));
        config.write("IdentityAgent " + socket.toLocal8Bit() + "\nIdentityFile none\n");
        config.close();
        rounds([&] {
            Host host = sshd.host();
            host.identityFile.clear();
            host.sshConfig = sshd.sshConfig();
            SshShell shell(host, {});
            shell.open();
            QVERIFY(ends(shell, RemoteShell::State::Open));
            shell.close();
        });
    }

    void ofAConnectionThatBreaks() {
        const TestSshd sshd;
        rounds([&] {
            SshShell shell(sshd.host(), {});
            shell.open();
            QVERIFY(ends(shell, RemoteShell::State::Open));
            sshd.killSessions();
            QVERIFY(ends(shell, RemoteShell::State::Lost));
        });
    }

    void ofAHostThatIsNotTrusted() {
        const TestSshd sshd;
        rounds([&] {
            Host host = sshd.host();
            host.hostKeys = {QStringLiteral(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKpb9oz4EKXEmHT1PvvaA4MbuSIK51rxndQEthPa1PLY")};
            SshShell shell(host, {});
            shell.open();
            QVERIFY(ends(shell, RemoteShell::State::Failed));
        });
    }

    void ofAServerThatHangsUp() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, &server, [&server] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            socket->write("SSH-2.0-OpenSSH_9.2\r\n");
            socket->disconnectFromHost();
        });
        rounds([&] {
            Host host;
            host.name = QStringLiteral("node-t");
            host.address = QStringLiteral("127.0.0.1");
            host.port = server.serverPort();
            host.user = TestSshd::user();
            SshShell shell(host, {});
            shell.open();
            QVERIFY(ends(shell, RemoteShell::State::Failed));
        });
    }

private:
    template <typename Round>
    void rounds(const Round &round) {
        qsizetype before = 0;
        for (int number = 0; number <= kRounds; ++number) {
            round();
            if (QTest::currentTestFailed())
                return;
            if (number == 0) { // which has opened what a process keeps
                QTest::qWait(0);
                before = openDescriptors();
            }
        }
        QTRY_COMPARE(openDescriptors(), before);
        QCOMPARE(g_closedTwice.exchange(0), 0);
    }
};

QTEST_GUILESS_MAIN(SshSocketsTest)
#include "tst_sshsockets.moc"
