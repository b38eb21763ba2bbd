// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconnect.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>

namespace slipway {

namespace {

constexpr int kErrorTextLimit = 300;

// Server text: capped, on one line, and shown as plain text only.
QString sessionError(ssh_session session) {
    return QString::fromUtf8(ssh_get_error(session)).simplified().left(kErrorTextLimit);
}

QString place(const Host &host) {
    return QStringLiteral("%1 (%2:%3)").arg(host.name, host.address).arg(host.port);
}

Result<void> setOption(ssh_session session, ssh_options_e option, const char *name, const void *value) {
    if (ssh_options_set(session, option, value) == SSH_OK)
        return {};
    return Error{
        ErrorCode::Internal,
        QStringLiteral("libssh refuses the option %1: %2").arg(QLatin1String(name), sessionError(session))};
}

Result<void> setOptions(ssh_session session, const Host &host, const SshOptions &options,
                        const HostKeyPins &pins, int fd) {
    const QByteArray address = host.address.toUtf8();
    const QByteArray user = host.user.toUtf8();
    const unsigned int port = host.port;
    const bool noConfig = false;
    const long seconds = options.deadlines.bannerMs / 1000 + 1;
    struct Option {
        ssh_options_e option;
        const char *name;
        const void *value;
    };
    const Option all[] = {
        {SSH_OPTIONS_PROCESS_CONFIG, "process config", &noConfig},
        {SSH_OPTIONS_HOST, "host", address.constData()},
        {SSH_OPTIONS_PORT, "port", &port},
        {SSH_OPTIONS_USER, "user", user.constData()},
        {SSH_OPTIONS_FD, "socket", &fd},
        {SSH_OPTIONS_TIMEOUT, "timeout", &seconds},
    };
    for (const Option &entry : all) {
        if (auto set = setOption(session, entry.option, entry.name, entry.value); !set)
            return set;
    }
    const QByteArray types = preferredKeyTypes(host, pins).toLatin1();
    if (!types.isEmpty())
        return setOption(session, SSH_OPTIONS_HOSTKEYS, "host key types", types.constData());
    return {};
}

Result<HostKey> serverKey(ssh_session session, const Host &host) {
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(session, &raw) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused, QStringLiteral("%1 showed no host key").arg(place(host))};
    const KeyHandle key(raw);
    char *base64 = nullptr;
    if (ssh_pki_export_pubkey_base64(raw, &base64) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("the host key of %1 cannot be read").arg(place(host))};
    const QString blob = QString::fromLatin1(base64);
    ssh_string_free_char(base64);
    unsigned char *hash = nullptr;
    size_t size = 0;
    if (ssh_get_publickey_hash(raw, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("the host key of %1 cannot be hashed").arg(place(host))};
    char *print = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    const QString fingerprint = QString::fromLatin1(print);
    ssh_string_free_char(print);
    ssh_clean_pubkey_hash(&hash);
    const QString type = QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(raw)));
    return HostKey{type, fingerprint, type + QLatin1Char(' ') + blob};
}

Result<void> trustHost(ssh_session session, const Host &host, const SshOptions &options,
                       const HostKeyPins &pins, const std::function<bool(const HostKey &)> &ask) {
    const auto key = serverKey(session, host);
    if (!key)
        return key.error();
    const QString knownHosts = options.knownHostsFile.isEmpty()
                                   ? QDir::homePath() + QStringLiteral("/.ssh/known_hosts")
                                   : options.knownHostsFile;
    const HostKeyDecision decision = checkHostKey(host, *key, pins, knownHosts);
    switch (decision.state) {
    case HostKeyState::Trusted:
        return {};
    case HostKeyState::Revoked:
    case HostKeyState::Changed:
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral(
                         "%1 shows the %2 key %3, but %4. Nothing was sent to it. If the host was rebuilt on "
                         "purpose, remove the old key there and connect again.")
                         .arg(place(host), key->type, key->fingerprint, decision.explanation)};
    case HostKeyState::Unknown:
        break;
    }
    if (!ask(*key)) {
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("The %1 key %2 of %3 was not accepted. Nothing was sent to it.")
                         .arg(key->type, key->fingerprint, place(host))};
    }
    return options.pinFile.isEmpty() ? Result<void>() : pins.pin(host, *key);
}

enum class KeyTry { Accepted, Refused, NotReadable, Encrypted };

KeyTry tryIdentity(ssh_session session, const QString &path) {
    ssh_key raw = nullptr;
    // With an empty passphrase an encrypted key fails to load; libssh then never asks on a terminal.
    const int status =
        ssh_pki_import_privkey_file(path.toLocal8Bit().constData(), "", nullptr, nullptr, &raw);
    if (status == SSH_EOF)
        return KeyTry::NotReadable;
    if (status != SSH_OK)
        return KeyTry::Encrypted;
    const KeyHandle key(raw);
    return ssh_userauth_publickey(session, nullptr, raw) == SSH_AUTH_SUCCESS ? KeyTry::Accepted
                                                                             : KeyTry::Refused;
}

Result<void> authenticate(ssh_session session, const Host &host, const SshOptions &options) {
    const auto refused = [&](const QString &why) {
        // A server that went away has refused nobody, unless it says so as it goes.
        const QString said = sessionError(session);
        if (!ssh_is_connected(session) && !said.contains(QLatin1String("authentication fail")))
            return Error{
                ErrorCode::Unreachable,
                QStringLiteral("%1: the connection broke while logging in: %2").arg(place(host), said)};
        return Error{ErrorCode::AuthRefused,
                     QStringLiteral("%1 lets user %2 not in: %3").arg(place(host), host.user, why)};
    };
    const long seconds = options.deadlines.authMs / 1000;
    ssh_options_set(session, SSH_OPTIONS_TIMEOUT, &seconds);
    if (!host.identityFile.isEmpty()) {
        switch (tryIdentity(session, host.identityFile)) {
        case KeyTry::Accepted:
            return {};
        case KeyTry::NotReadable:
            return refused(QStringLiteral("the key file %1 cannot be read. Check that it is there.")
                               .arg(host.identityFile));
        case KeyTry::Encrypted:
            return refused(
                QStringLiteral(
                    "the key file %1 needs a passphrase or is no private key. Add it to ssh-agent and leave "
                    "identityFile out of the fleet.")
                    .arg(host.identityFile));
        case KeyTry::Refused:
            return refused(QStringLiteral("it does not take the key %1. Check authorized_keys there.")
                               .arg(host.identityFile));
        }
    }
    if (qEnvironmentVariableIsSet("SSH_AUTH_SOCK") &&
        ssh_userauth_agent(session, nullptr) == SSH_AUTH_SUCCESS)
        return {};
    QStringList files = options.identityFiles;
    if (files.isEmpty()) {
        for (const auto &name : {"id_ed25519", "id_ecdsa", "id_rsa"})
            files << QDir::homePath() + QStringLiteral("/.ssh/") + QLatin1String(name);
    }
    for (const QString &file : files) {
        if (QFile::exists(file) && tryIdentity(session, file) == KeyTry::Accepted)
            return {};
    }
    return refused(
        QStringLiteral("it takes no key of ssh-agent or ~/.ssh. Name one as identityFile in the fleet."));
}

} // namespace

Result<Connection> connectSsh(const Host &host, const SshOptions &options, int wakeFd,
                              const std::function<bool(const HostKey &)> &askHostKey,
                              const std::function<void(int)> &socketReady) {
    auto socket = connectToSshServer(host.address, host.port, options.deadlines, wakeFd);
    if (!socket)
        return Error{socket.error().code, host.name + QStringLiteral(": ") + socket.error().text};
    Connection connection{std::move(*socket), SessionHandle(ssh_new())};
    ssh_session session = connection.session.get();
    const int fd = connection.socket.get();
    socketReady(fd);
    const HostKeyPins pins(options.pinFile);
    if (const auto set = setOptions(session, host, options, pins, fd); !set)
        return set.error();
    if (ssh_connect(session) != SSH_OK) {
        const QString why = sessionError(session);
        // With pinned types only, a server that has none of them fails here: for a person that is a changed
        // key.
        const bool noCommonKey = why.contains(QLatin1String("server host key algo"));
        return Error{noCommonKey ? ErrorCode::HostKeyRefused : ErrorCode::Unreachable,
                     noCommonKey
                         ? QStringLiteral("%1 has no host key of a pinned type (%2). Nothing was sent to it.")
                               .arg(place(host), preferredKeyTypes(host, pins))
                         : QStringLiteral("%1: the SSH handshake failed: %2").arg(place(host), why)};
    }
    if (const auto trusted = trustHost(session, host, options, pins, askHostKey); !trusted)
        return trusted.error();
    if (const auto in = authenticate(session, host, options); !in)
        return in.error();
    // libssh puts the socket back to blocking when it connects, and would then hang in send on a dead link.
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    ssh_set_blocking(session, 0);
    return connection;
}

} // namespace slipway
