// SPDX-License-Identifier: GPL-3.0-or-later
// The real ssh and Slipway, one after the other, on the same ssh_config, known_hosts and sshd: they end
// alike, or the row says why not.
#include "app/ssh/sshshell.h"
#include "tests/app/ssh/sshrows.h"
#include "tests/support/testagent.h"
#include "tests/support/testsshd.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <memory>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kTimeout = 30'000;

QByteArray contents(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

bool shell(const QByteArray &program, const QString &folder) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral("/bin/bash"), {QStringLiteral("-ec"), QString::fromUtf8(program)});
    return process.waitForFinished(kTimeout) && process.exitCode() == 0;
}

// All keys once; each row works on a copy.
constexpr const char *kKeys = R"(
for k in ed other ca key second stranger agents signed late foreign w1 w2 w3 w4 w5 w6 w7 w8; do
  ssh-keygen -q -t ed25519 -N '' -C $k -f $k; done
ssh-keygen -q -t rsa -b 2048 -N '' -f rsa; ssh-keygen -q -t rsa -b 1024 -N '' -f weak
ssh-keygen -q -t ecdsa -N '' -f ecdsa; ssh-keygen -q -t ed25519 -N secret -f locked
cat key.pub second.pub locked.pub agents.pub > authorized_keys
ssh-keygen -q -s ca -I alias -h -n gate-key ed.pub; mv ed-cert.pub alias-cert.pub
ssh-keygen -q -s ca -I late -h -n 127.0.0.1 -V 20200101:20200102 ed.pub; mv ed-cert.pub expired-cert.pub
ssh-keygen -q -s ca -I host -h -n 127.0.0.1 ed.pub
for k in signed agents; do ssh-keygen -q -s ca -I $k -n $(id -un) $k.pub; done
ssh-keygen -q -s ca -I late -n $(id -un) -V 20200101:20200102 late.pub
ssh-keygen -q -s ca -I foreign -n somebody-else foreign.pub
printf '#!/bin/sh\necho secret\n' > ask; chmod +x ask
printf '#!/bin/bash\nexec 3<>/dev/tcp/$1/$2; cat <&3 & cat >&3; kill $!\n' > proxy; chmod +x proxy
export SSH_AUTH_SOCK=$PWD/agent
SSH_ASKPASS=$PWD/ask SSH_ASKPASS_REQUIRE=force ssh-add -q locked </dev/null
mv agents-cert.pub aside; ssh-add -q agents
export SSH_AUTH_SOCK=$PWD/many
for k in w1 w2 w3 w4 w5 w6 w7 w8 agents; do ssh-add -q $k; done
mv aside agents-cert.pub; rm agents
)";

SshEnd endOfSsh(int exitCode, const QByteArray &out, const QString &err) {
    if (exitCode == 0 && out == "in\n")
        return SshEnd::Connects;
    const QList<std::pair<SshEnd, const char *>> words{
        {SshEnd::RefusedKey,
         "revoked by file|was revoked|has changed and you|Error checking host key|KnownHostsCommand "
         "failed"},
        {SshEnd::UnknownKey, "Host key verification failed"},
        {SshEnd::Login, "Permission denied|Too many authentication failures"},
        {SshEnd::Handshake, "Unable to negotiate|Invalid key length"},
        {SshEnd::Config, "bad configuration|No such user|environment variable|unknown key|Cannot execute "
                         "command-line|subsystem "
                         "request failed"},
        {SshEnd::Unreachable,
         "connect to host|Could not resolve|Connection closed|banner exchange|stdio forwarding"},
    };
    for (const auto &[end, pattern] : words) {
        if (err.contains(QRegularExpression(QLatin1String(pattern))))
            return end;
    }
    qFatal("ssh ends in a way that the test does not know: %s", qPrintable(err));
}

SshEnd endOfOurs(const SshShell &shell, bool asked) {
    switch (shell.error().code) {
    case ErrorCode::HostKeyRefused:
        return asked || shell.error().text.contains(QLatin1String("is not known")) ? SshEnd::UnknownKey
                                                                                   : SshEnd::RefusedKey;
    case ErrorCode::AuthRefused:
        return SshEnd::Login;
    case ErrorCode::InvalidInput:
    case ErrorCode::Unsupported:
        return SshEnd::Config;
    case ErrorCode::Unreachable:
        return shell.error().text.contains(QLatin1String("handshake")) ? SshEnd::Handshake
                                                                       : SshEnd::Unreachable;
    default:
        qFatal("Slipway ends in a way that the test does not know: %s", qPrintable(shell.error().text));
    }
}

} // namespace

class SshComparisonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        for (const auto &[name, agent] : {std::pair{"agent", &m_agent}, std::pair{"many", &m_many}}) {
            *agent = std::make_unique<TestAgent>(m_keys.filePath(QLatin1String(name)));
        }
        QVERIFY(shell(kKeys, m_keys.path()));
        qputenv("SLIPWAY_TEST_AGENT", QFile::encodeName(m_keys.filePath(QStringLiteral("agent"))));
        qunsetenv("SLIPWAY_NOT_SET");
        qunsetenv("SSH_AUTH_SOCK");
    }

    void cleanupTestCase() {
        qInfo("%d rows: %d end as ssh does, %d differ on purpose and say why", m_rows, m_alike, m_onPurpose);
        m_agent.reset();
        m_many.reset();
    }

    void endsAlike_data() {
        QTest::addColumn<SshRow>("row");
        for (const SshRow &row : trustRows() + loginRows())
            QTest::newRow(row.name) << row;
    }

    void endsAlike() {
        QFETCH(const SshRow, row);
        ++m_rows;
        QTemporaryDir dir;
        QVERIFY(shell("cp -p $(find . -maxdepth 1 -type f) " + dir.path().toLocal8Bit(), m_keys.path()));
        qputenv("SLIPWAY_TEST_DIR", dir.path().toLocal8Bit());
        const QByteArray serverKey =
            row.server.contains("HostKey ") ? QByteArray() : QByteArray("HostKey {dir}/ed\n");
        const TestSshd sshd(
            QString::fromUtf8(
                filled(serverKey + row.server + "AuthorizedKeysFile {dir}/authorized_keys", dir, 0))
                .split(QLatin1Char('\n')));
        const auto text = [&](const QByteArray &bytes) { return filled(bytes, dir, sshd.port()); };
        QVERIFY(write(dir.filePath(QStringLiteral("known_hosts")), text(row.known)));
        QVERIFY(shell(text(row.setUp), dir.path()));
        const QString config = dir.filePath(QStringLiteral("config"));
        QVERIFY(write(config, text(configOf(row))));

        const QByteArray known = contents(dir.filePath(QStringLiteral("known_hosts")));
        bool asked = false;
        QString reason;
        const SshEnd ours = runOurs(row, config, asked, reason); // first: ssh adds keys to known_hosts
        QCOMPARE(contents(dir.filePath(QStringLiteral("known_hosts"))), known);
        if (ours == SshEnd::UnknownKey || ours == SshEnd::RefusedKey || ours == SshEnd::Handshake)
            QVERIFY2(!sshd.log().contains("authenticating user") && !sshd.log().contains("publickey"),
                     "a login was tried on a host that is not trusted");
        const SshEnd theirs = runSsh(config);
        QCOMPARE(theirs, row.ssh);
        QVERIFY2(
            ours == row.ours,
            qPrintable(QStringLiteral("Slipway ends as %1: %2").arg(static_cast<int>(ours)).arg(reason)));
        QCOMPARE(theirs != ours, row.onPurpose != nullptr);
        ++(theirs == ours ? m_alike : m_onPurpose);
        // A person must be able to know which host, and nothing may reach a terminal as a command.
        if (ours != SshEnd::Connects)
            QVERIFY2(reason.contains(QLatin1String("node-t")) && !reason.contains(QLatin1Char('\x1b')),
                     qPrintable(reason));
        QVERIFY2(!row.says || reason.contains(QLatin1String(row.says)), qPrintable(reason));
        QVERIFY2(!row.saysNot || !reason.contains(QLatin1String(row.saysNot)), qPrintable(reason));
        if (row.onPurpose)
            qInfo("%s: ssh %s, Slipway does not: %s", row.name,
                  theirs == SshEnd::Connects ? "connects" : "refuses later", row.onPurpose);
    }

private:
    QByteArray filled(QByteArray text, const QTemporaryDir &dir, quint16 port) const {
        const auto key = [&](const char *name) {
            return contents(m_keys.filePath(QLatin1String(name) + QStringLiteral(".pub")))
                .simplified()
                .split(' ')
                .mid(0, 2)
                .join(' ');
        };
        const QByteArray number = QByteArray::number(port);
        for (const char *name : {"ed", "rsa", "ecdsa", "weak", "other", "ca"})
            text.replace(QByteArray("{") + name + '}', key(name));
        return text.replace("{dir}", dir.path().toLocal8Bit())
            .replace("{agents}", m_keys.path().toLocal8Bit())
            .replace("{name}", "[127.0.0.1]:" + number)
            .replace("{port}", number)
            .replace("{user}", TestSshd::user().toLocal8Bit());
    }

    static QByteArray configOf(const SshRow &row) {
        QByteArray config =
            "Host gate\n" + row.config +
            "Host *\nHostName 127.0.0.1\nPort {port}\nUser {user}\nUserKnownHostsFile {dir}/known_hosts\n"
            "GlobalKnownHostsFile none\nIdentityAgent none\n";
        if (!row.config.contains("IdentityFile"))
            config += "IdentityFile {dir}/key\n";
        if (row.accepts)
            config += "StrictHostKeyChecking accept-new\n";
        return config;
    }

    static SshEnd runSsh(const QString &config) {
        QProcess ssh;
        ssh.setStandardInputFile(QProcess::nullDevice());
        ssh.start(QStringLiteral("ssh"),
                  {QStringLiteral("-F"), config, QStringLiteral("-o"), QStringLiteral("BatchMode=yes"),
                   QStringLiteral("gate"), QStringLiteral("echo"), QStringLiteral("in")});
        if (!ssh.waitForFinished(kTimeout))
            qFatal("ssh does not end");
        return endOfSsh(ssh.exitCode(), ssh.readAllStandardOutput(),
                        QString::fromUtf8(ssh.readAllStandardError()));
    }

    static SshEnd runOurs(const SshRow &row, const QString &config, bool &asked, QString &reason) {
        Host host;
        host.name = QStringLiteral("node-t");
        host.address = QStringLiteral("gate");
        host.sshConfig = config;
        SshOptions options;
        options.prompt = std::make_shared<LoginPrompt>();
        const LoginHandler logins(options.prompt, [&](const std::shared_ptr<LoginQuestion> &question) {
            if (!question->hostKey())
                return; // refused
            asked = true;
            if (row.accepts)
                question->accept();
        });
        SshShell connection(host, options);
        connection.open();
        if (!QTest::qWaitFor([&] { return connection.state() != RemoteShell::State::Connecting; }, kTimeout))
            qFatal("Slipway does not end");
        reason = connection.error().text;
        if (connection.state() != RemoteShell::State::Open)
            return endOfOurs(connection, asked);
        QByteArray out;
        bool ended = false;
        RemoteCommand *command = connection.start("echo in", kTimeout);
        connect(command, &RemoteCommand::outputArrived, &connection,
                [&](const QByteArray &bytes) { out += bytes; });
        connect(command, &RemoteCommand::finished, &connection, [&] { ended = true; });
        if (!QTest::qWaitFor([&] { return ended; }, kTimeout) || out != "in\n")
            qFatal("a command does not run on a host that let us in");
        return SshEnd::Connects;
    }

    QTemporaryDir m_keys;
    std::unique_ptr<TestAgent> m_agent;
    std::unique_ptr<TestAgent> m_many;
    int m_rows = 0;
    int m_alike = 0;
    int m_onPurpose = 0;
};

QTEST_GUILESS_MAIN(SshComparisonTest)
#include "tst_sshcomparison.moc"
