// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testsshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <csignal>

#include <unistd.h>

namespace slipway::test {

namespace {

void writeFile(const QString &path, const QByteArray &bytes) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray readFile(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Host TestSshd::host() const {
    Host host;
    host.name = QStringLiteral("node-t");
    reachBy(host);
    return host;
}

void TestSshd::reachBy(Host &host) const {
    host.address = QStringLiteral("127.0.0.1");
    host.port = m_port;
    host.user = user();
    host.identityFile = identityFile();
    host.hostKeys = {hostKeyLine()};
}

QString TestSshd::user() {
    const QByteArray name = qgetenv("USER");
    return name.isEmpty() ? QStringLiteral("root") : QString::fromLocal8Bit(name);
}

TestSshd::TestSshd(const QStringList &extraOptions) {
    QDir().mkpath(home());
    makeKey(QStringLiteral("host"));
    makeKey(QStringLiteral("client"));
    writeFile(path(QStringLiteral("authorized_keys")), readFile(path(QStringLiteral("client.pub"))));
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        qFatal("no free port on loopback");
    m_port = probe.serverPort();
    probe.close();
    writeFile(sshConfig(), QStringLiteral("UserKnownHostsFile %1\nGlobalKnownHostsFile none\n")
                               .arg(path(QStringLiteral("known_hosts")))
                               .toUtf8());
    writeConfig(extraOptions);
    start();
}

TestSshd::~TestSshd() {
    killSessions();
    stop();
}

void TestSshd::makeKey(const QString &name) const {
    const int status = QProcess::execute(
        QStringLiteral("ssh-keygen"), {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                       QStringLiteral("-N"), QString(), QStringLiteral("-f"), path(name)});
    if (status != 0)
        qFatal("ssh-keygen failed; is openssh-client installed?");
}

void TestSshd::writeConfig(const QStringList &extraOptions) const {
    const QStringList lines{
        QStringLiteral("Port %1").arg(m_port),
        QStringLiteral("ListenAddress 127.0.0.1"),
        QStringLiteral("HostKey %1").arg(path(QStringLiteral("host"))),
        QStringLiteral("AuthorizedKeysFile %1").arg(path(QStringLiteral("authorized_keys"))),
        QStringLiteral("PidFile none"),
        QStringLiteral("StrictModes no"),
        QStringLiteral("UsePAM no"),
        QStringLiteral("PasswordAuthentication no"),
        QStringLiteral("KbdInteractiveAuthentication no"),
        QStringLiteral("PermitRootLogin prohibit-password"),
        QStringLiteral("LogLevel VERBOSE"),
        QStringLiteral("SetEnv HOME=%1").arg(home()),
        // sshd starts in the account's home folder; the sessions of a test start in the test's.
        QStringLiteral("ForceCommand cd \"$HOME\" && exec /bin/bash -c \"$SSH_ORIGINAL_COMMAND\""),
    };
    writeFile(path(QStringLiteral("sshd_config")),
              (extraOptions + lines).join(QLatin1Char('\n')).toUtf8() + '\n');
}

void TestSshd::start() {
    // The privilege separation folder is made by the init script, which no test machine has run.
    if (geteuid() == 0)
        QDir().mkpath(QStringLiteral("/run/sshd"));
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardOutputFile(path(QStringLiteral("log")), QIODevice::Append);
    m_process->start(QStringLiteral("/usr/sbin/sshd"),
                     {QStringLiteral("-D"), QStringLiteral("-e"), QStringLiteral("-f"),
                      path(QStringLiteral("sshd_config"))});
    if (!m_process->waitForStarted())
        qFatal("/usr/sbin/sshd does not start; is openssh-server installed?");
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
        if (socket.waitForConnected(200))
            break;
        if (timer.elapsed() > 10'000 || m_process->state() == QProcess::NotRunning)
            qFatal("sshd does not answer: %s", log().constData());
        QThread::msleep(20);
    }
}

void TestSshd::stop() {
    if (!m_process)
        return;
    m_process->terminate();
    if (!m_process->waitForFinished(5000))
        m_process->kill();
    m_process->waitForFinished(5000);
    m_process.reset();
}

QString TestSshd::hostKeyLine() const {
    return QString::fromLatin1(readFile(path(QStringLiteral("host.pub")))).section(QLatin1Char(' '), 0, 1);
}

QString TestSshd::fleetFile(const QString &server) const {
    Fleet fleet;
    fleet.name = QStringLiteral("f");
    for (const auto &[name, role] :
         {std::pair{"node-a", HostRole::Peer}, std::pair{"chaos", HostRole::Chaos}}) {
        Host host;
        host.name = QString::fromLatin1(name);
        host.role = role;
        host.privateAddress = QStringLiteral("127.0.0.1");
        host.sshConfig = QStringLiteral("none");
        host.serverPath = server;
        host.workDir = QStringLiteral("/tmp");
        reachBy(host);
        fleet.hosts << host;
    }
    QString file = path(QStringLiteral("fleet.json"));
    writeFile(file, fleetToJson(fleet));
    return file;
}

QByteArray TestSshd::log() const {
    return readFile(path(QStringLiteral("log")));
}

QList<qint64> TestSshd::sessions() const {
    QList<qint64> pids;
    if (!m_process)
        return pids;
    const qint64 listener = m_process->processId();
    const QByteArray children = readFile(QStringLiteral("/proc/%1/task/%1/children").arg(listener));
    for (const QByteArray &pid : children.simplified().split(' ')) {
        if (pid.toLongLong() > 0)
            pids << pid.toLongLong();
    }
    return pids;
}

void TestSshd::killSessions() const {
    for (const qint64 pid : sessions())
        ::kill(static_cast<pid_t>(pid), SIGKILL);
}

} // namespace slipway::test
