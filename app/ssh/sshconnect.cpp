// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshconnect.h"

#include "app/ssh/safealgorithms.h"
#include "app/ssh/sshauth.h"

#include <algorithm>

#include <fcntl.h>

namespace slipway {

namespace {

Result<void> setOption(ssh_session session, ssh_options_e option, const char *name, const void *value) {
    if (ssh_options_set(session, option, value) == SSH_OK)
        return {};
    return Error{
        ErrorCode::Internal,
        QStringLiteral("libssh refuses the option %1: %2").arg(QLatin1String(name), sessionError(session))};
}

// libssh checks keys of hosts, not certificates.
QString keysAmong(const QString &list) {
    QStringList all = list.split(QLatin1Char(','), Qt::SkipEmptyParts);
    all.removeIf([](const QString &algorithm) { return algorithm.contains(QLatin1String("-cert-v01@")); });
    return all.join(QLatin1Char(','));
}

// What ssh_config allows, less what is weak; libssh leaves out what it does not have.
Result<void> setAlgorithms(ssh_session session, const SshTarget &target, const HostKeyCheck &check) {
    const SshAlgorithms safe = safeAlgorithms(target.algorithms);
    struct List {
        ssh_options_e option;
        const char *name;
        QString value;
    };
    const List all[] = {
        {SSH_OPTIONS_CIPHERS_C_S, "Ciphers", safe.ciphers},
        {SSH_OPTIONS_CIPHERS_S_C, "Ciphers", safe.ciphers},
        {SSH_OPTIONS_HMAC_C_S, "MACs", safe.macs},
        {SSH_OPTIONS_HMAC_S_C, "MACs", safe.macs},
        {SSH_OPTIONS_KEY_EXCHANGE, "KexAlgorithms", safe.keyExchange},
        {SSH_OPTIONS_HOSTKEYS, "HostKeyAlgorithms", check.algorithms(keysAmong(safe.hostKeys))},
        {SSH_OPTIONS_PUBLICKEY_ACCEPTED_TYPES, "PubkeyAcceptedAlgorithms", safe.publicKeys},
    };
    for (const List &list : all) {
        if (ssh_options_set(session, list.option, list.value.toLatin1().constData()) == SSH_OK)
            continue;
        return Error{ErrorCode::Unsupported,
                     QStringLiteral(
                         "%1: of what %2 of ssh_config allows, Slipway has nothing that is safe, or nothing "
                         "that fits the keys that are pinned. Allow more for this host, or pin another key.")
                         .arg(placeOf(target.host), QLatin1String(list.name))};
    }
    return setOption(session, SSH_OPTIONS_RSA_MIN_SIZE, "least size of RSA keys", &safe.rsaBits);
}

Result<void> setOptions(ssh_session session, const SshTarget &target, const SshOptions &options,
                        const HostKeyCheck &check) {
    const QByteArray address = target.host.address.toUtf8();
    const QByteArray user = target.host.user.toUtf8();
    const unsigned int port = target.host.port;
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
        {SSH_OPTIONS_TIMEOUT, "timeout", &seconds},
    };
    for (const Option &entry : all) {
        TRY(setOption(session, entry.option, entry.name, entry.value));
    }
    return setAlgorithms(session, target, check);
}

Result<HostKey> serverKey(ssh_session session, const Host &host) {
    ssh_key raw = nullptr;
    if (ssh_get_server_publickey(session, &raw) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused, QStringLiteral("%1 showed no host key").arg(placeOf(host))};
    const KeyHandle key(raw);
    char *base64 = nullptr;
    if (ssh_pki_export_pubkey_base64(raw, &base64) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("the host key of %1 cannot be read").arg(placeOf(host))};
    const QString blob = QString::fromLatin1(base64);
    ssh_string_free_char(base64);
    unsigned char *hash = nullptr;
    size_t size = 0;
    if (ssh_get_publickey_hash(raw, SSH_PUBLICKEY_HASH_SHA256, &hash, &size) != SSH_OK)
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("the host key of %1 cannot be hashed").arg(placeOf(host))};
    char *print = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, size);
    const QString fingerprint = QString::fromLatin1(print);
    ssh_string_free_char(print);
    ssh_clean_pubkey_hash(&hash);
    const QString type = QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(raw)));
    return HostKey{type, fingerprint, type + QLatin1Char(' ') + blob};
}

Result<void> trustHost(ssh_session session, const SshTarget &target, const SshOptions &options,
                       const HostKeyCheck &check, const HostKeyPins &pins, const SshQuestions &questions) {
    const Host &host = target.host;
    const auto key = serverKey(session, host);
    if (!key)
        return key.error();
    const HostKeyDecision decision =
        check.decide(*key, target.algorithms.hostKeys, [&](const SshQuestion &question) {
            return askSshItself(target.destination, question,
                                options.deadlines.tcpMs + options.deadlines.bannerMs, questions.givenUp);
        });
    switch (decision.state) {
    case HostKeyState::Trusted:
        return {};
    case HostKeyState::Revoked:
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("%1 shows the %2 key %3, which is revoked: %4. Nothing was sent to it.")
                         .arg(placeOf(host), key->type, key->fingerprint, decision.explanation)};
    case HostKeyState::Undecided:
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("%1 shows the %2 key %3, but %4. Nothing was sent to it.")
                         .arg(placeOf(host), key->type, key->fingerprint, decision.explanation)};
    case HostKeyState::Changed:
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral(
                         "%1 shows the %2 key %3, but %4. Nothing was sent to it. If the host was rebuilt on "
                         "purpose, remove the old key there and connect again.")
                         .arg(placeOf(host), key->type, key->fingerprint, decision.explanation)};
    case HostKeyState::Unknown:
        break;
    }
    if (target.trust.strict)
        return Error{
            ErrorCode::HostKeyRefused,
            QStringLiteral("The %1 key %2 of %3 is not known, and StrictHostKeyChecking of ssh_config takes "
                           "known keys only. Nothing was sent to it. Add the key to known_hosts, or to "
                           "hostKeys of the fleet.")
                .arg(key->type, key->fingerprint, placeOf(host))};
    if (!questions.hostKey(*key)) {
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("The %1 key %2 of %3 was not accepted. Nothing was sent to it.")
                         .arg(key->type, key->fingerprint, placeOf(host))};
    }
    return options.pinFile.isEmpty() ? Result<void>() : pins.pin(host, *key);
}

Result<FileDescriptor> openWay(const SshTarget &target, const SshOptions &options, int wakeFd,
                               std::unique_ptr<JumpHost> &jump) {
    const Host &host = target.host;
    if (target.jumps.isEmpty() && target.proxyCommand.isEmpty()) {
        ConnectDeadlines deadlines = options.deadlines;
        if (target.connectSeconds > 0)
            deadlines.tcpMs = std::min(target.connectSeconds, 3600) * 1000;
        auto socket = connectToSshServer(host.address, host.port, target.source, deadlines, wakeFd);
        if (!socket)
            return Error{socket.error().code, host.name + QStringLiteral(": ") + socket.error().text};
        return socket;
    }
    const QString where =
        QStringLiteral("%1 through %2")
            .arg(placeOf(host), target.jumps.isEmpty() ? QStringLiteral("the ProxyCommand of ssh_config")
                                                       : target.jumps.join(QStringLiteral(", ")));
    auto started = JumpHost::start(target);
    if (!started)
        return started.error();
    jump = std::move(*started);
    FileDescriptor socket = jump->takeSocket();
    if (const auto greeted =
            awaitBanner(socket.get(), where, options.deadlines.tcpMs + options.deadlines.bannerMs, wakeFd);
        !greeted) {
        const QString why = jump->complaint();
        // ssh says so when it does not trust the jump host.
        const bool untrusted = why.contains(QLatin1String("Host key verification failed"));
        return Error{untrusted ? ErrorCode::HostKeyRefused : greeted.error().code,
                     why.isEmpty() ? greeted.error().text
                                   : QStringLiteral("There is no way to %1: %2").arg(where, why)};
    }
    return socket;
}

} // namespace

Result<Connection> connectSsh(const SshTarget &target, const SshOptions &options, int wakeFd,
                              const SshQuestions &questions, const std::function<void(int)> &socketReady) {
    Connection connection;
    const Host &host = target.host;
    const HostKeyPins pins(options.pinFile);
    const auto check = HostKeyCheck::prepare(host, target.trust, pins);
    if (!check)
        return Error{check.error().code, QStringLiteral("%1: %2, so no key is trusted and nothing was sent.")
                                             .arg(placeOf(host), check.error().text)};
    auto way = openWay(target, options, wakeFd, connection.jump);
    if (!way)
        return way.error();
    connection.session.reset(ssh_new());
    ssh_session session = connection.session.get();
    socketReady(way->get());
    TRY(setOptions(session, target, options, *check));
    const int fd = way->get();
    TRY(setOption(session, SSH_OPTIONS_FD, "socket", &fd));
    (void)way->release(); // closed by libssh, whatever comes
    if (ssh_connect(session) != SSH_OK) {
        const QString why = sessionError(session);
        // With pinned types only, a server that has none of them fails here: for a person that is a changed
        // key.
        const bool noCommonKey = check->isPinned() && why.contains(QLatin1String("server host key algo"));
        return Error{noCommonKey ? ErrorCode::HostKeyRefused : ErrorCode::Unreachable,
                     noCommonKey
                         ? QStringLiteral("%1 has no host key of a pinned type (%2). Nothing was sent to it.")
                               .arg(placeOf(host), check->algorithms(target.algorithms.hostKeys))
                         : QStringLiteral("%1: the SSH handshake failed: %2").arg(placeOf(host), why)};
    }
    TRY(trustHost(session, target, options, *check, pins, questions));
    const LoginMeans means{*options.keys, questions.passphrase, questions.givenUp, options.deadlines.authMs};
    TRY(authenticate(session, target, means));
    // libssh puts the socket back to blocking when it connects, and would then hang in send on a dead link.
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return connection;
}

} // namespace slipway
