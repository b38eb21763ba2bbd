// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshverdict.h"

#include "app/ssh/sshhandles.h"
#include "app/ssh/sshtool.h"

#include <QFile>
#include <QTemporaryDir>

#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace slipway {

namespace {

constexpr qint64 kMaxLog = qint64{1024} * 1024;

FileDescriptor listenAt(const QString &path) {
    FileDescriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    if (fd.get() < 0 || static_cast<size_t>(name.size()) >= sizeof address.sun_path)
        return {};
    std::memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    if (bind(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 ||
        listen(fd.get(), 1) != 0)
        return {};
    return fd;
}

} // namespace

SshVerdict askSshItself(const QStringList &destination, const SshQuestion &question, int timeoutMs,
                        const std::function<bool()> &givenUp) {
    const QTemporaryDir dir;
    const QString socketPath = dir.filePath(QStringLiteral("a"));
    const QString logPath = dir.filePath(QStringLiteral("log"));
    const FileDescriptor agent = listenAt(socketPath);
    if (!dir.isValid() || agent.get() < 0)
        return {SshVerdict::State::Refused,
                {},
                QStringLiteral("it cannot be asked: no socket in %1").arg(dir.path())};
    QStringList arguments{QStringLiteral("-E"), logPath, QStringLiteral("-T"), QStringLiteral("-a"),
                          QStringLiteral("-x")};
    // Strict, so that it asks nobody; nothing that would let a key pass unchecked, run a command, share a
    // connection or write a file.
    for (const char *option :
         {"LogLevel=DEBUG1", "BatchMode=yes", "StrictHostKeyChecking=yes",
          "NoHostAuthenticationForLocalhost=no", "VerifyHostKeyDNS=no", "UpdateHostKeys=no",
          "FingerprintHash=sha256", "ControlPath=none", "ClearAllForwardings=yes", "PermitLocalCommand=no",
          "RemoteCommand=none", "PKCS11Provider=none", "PubkeyAuthentication=yes",
          "PreferredAuthentications=publickey"})
        arguments << QStringLiteral("-o") << QLatin1String(option);
    arguments << QStringLiteral("-o") << QStringLiteral("ConnectTimeout=%1").arg(timeoutMs / 1000);
    arguments << QStringLiteral("-o") << QStringLiteral("IdentityAgent=\"%1\"").arg(socketPath);
    if (!question.known.isEmpty()) {
        QFile known(dir.filePath(QStringLiteral("known")));
        if (!known.open(QIODevice::WriteOnly) || known.write(question.known) != question.known.size())
            return {SshVerdict::State::Refused,
                    {},
                    QStringLiteral("it cannot be asked: %1: %2").arg(known.fileName(), known.errorString())};
        for (const QString &option :
             {QStringLiteral("UserKnownHostsFile=\"%1\"").arg(known.fileName()),
              QStringLiteral("GlobalKnownHostsFile=none"), QStringLiteral("KnownHostsCommand=none"),
              QStringLiteral("CheckHostIP=no"), QStringLiteral("HostKeyAlgorithms=") + question.algorithms})
            arguments << QStringLiteral("-o") << option;
    }
    arguments << destination << QStringLiteral("true");

    bool trusts = false;
    const auto wantsItsAgent = [&] {
        pollfd waiting{agent.get(), POLLIN, 0};
        trusts = poll(&waiting, 1, 0) == 1;
        return trusts || (givenUp && givenUp());
    };
    const auto answer = runSshTool(QStringLiteral("ssh"), arguments, timeoutMs, wantsItsAgent);
    if (answer)
        wantsItsAgent(); // it may have ended at once after
    QFile log(logPath);
    const QByteArray text = log.open(QIODevice::ReadOnly) ? log.read(kMaxLog) : QByteArray();
    if (!trusts && !answer)
        return {SshVerdict::State::Refused, {}, answer.error().text};
    if (!trusts && text.isEmpty())
        return {SshVerdict::State::Refused, {}, lastWords(answer->err)};
    return readVerdict(text, trusts);
}

} // namespace slipway
