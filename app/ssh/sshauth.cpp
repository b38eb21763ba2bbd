// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/sshauth.h"

#include <QFile>

namespace slipway {

namespace {

constexpr int kErrorTextLimit = 300;

bool accepted(ssh_session session, ssh_key key) {
    return ssh_userauth_publickey(session, nullptr, key) == SSH_AUTH_SUCCESS;
}

// The certificate beside a key, or one that ssh_config names; libssh tells when the two do not belong
// together.
bool acceptedWithCertificate(ssh_session session, const QString &keyFile, ssh_key key,
                             const QStringList &others) {
    for (const QString &file : QStringList{keyFile + QStringLiteral("-cert.pub")} + others) {
        ssh_key raw = nullptr;
        if (!QFile::exists(file) ||
            ssh_pki_import_cert_file(QFile::encodeName(file).constData(), &raw) != SSH_OK)
            continue;
        const KeyHandle certificate(raw);
        const KeyHandle both(ssh_key_dup(key));
        if (ssh_pki_copy_cert_to_privkey(certificate.get(), both.get()) == SSH_OK &&
            accepted(session, both.get()))
            return true;
    }
    return false;
}

bool agentLetsIn(ssh_session session, const SshTarget &target) {
    if (target.identitiesOnly || target.agent == QLatin1String("none"))
        return false;
    if (!target.agent.isEmpty() && ssh_options_set(session, SSH_OPTIONS_IDENTITY_AGENT,
                                                   QFile::encodeName(target.agent).constData()) != SSH_OK)
        return false;
    if (target.agent.isEmpty() && !qEnvironmentVariableIsSet("SSH_AUTH_SOCK"))
        return false;
    return ssh_userauth_agent(session, nullptr) == SSH_AUTH_SUCCESS;
}

} // namespace

QString placeOf(const Host &host) {
    return QStringLiteral("%1 (%2:%3)").arg(host.name, host.address).arg(host.port);
}

QString sessionError(ssh_session session) {
    return QString::fromUtf8(ssh_get_error(session)).simplified().left(kErrorTextLimit);
}

Result<void> authenticate(ssh_session session, const SshTarget &target, KeyRing &keys,
                          const KeyRing::Ask &ask, const std::function<bool()> &givenUp) {
    if (agentLetsIn(session, target))
        return {};
    QStringList tried;
    for (const QString &file : target.identityFiles) {
        const bool named = file == target.host.identityFile;
        if (!QFile::exists(file)) {
            if (named)
                tried << QStringLiteral("the key file %1 cannot be read. Check that it is there").arg(file);
            continue;
        }
        const KeyRing::Loaded loaded = keys.load(file, ask, givenUp);
        switch (loaded.state) {
        case KeyRing::State::Loaded:
            if (acceptedWithCertificate(session, file, loaded.key.get(), target.certificateFiles) ||
                accepted(session, loaded.key.get()))
                return {};
            tried << QStringLiteral("it does not take the key %1. Check authorized_keys there").arg(file);
            break;
        case KeyRing::State::NotReadable:
            tried << QStringLiteral("the key file %1 cannot be read or is no private key").arg(file);
            break;
        case KeyRing::State::StillLocked:
            tried << QStringLiteral(
                         "the key file %1 needs a passphrase. Give it when asked, or add the key to "
                         "ssh-agent")
                         .arg(file);
            break;
        }
    }
    // A server that went away has refused nobody, unless it says so as it goes.
    const QString said = sessionError(session);
    if (!ssh_is_connected(session) && !said.contains(QLatin1String("authentication fail")))
        return Error{
            ErrorCode::Unreachable,
            QStringLiteral("%1: the connection broke while logging in: %2").arg(placeOf(target.host), said)};
    if (tried.isEmpty())
        tried << QStringLiteral("ssh-agent and ~/.ssh hold no key that it takes. Name one as identityFile in "
                                "the fleet");
    return Error{ErrorCode::AuthRefused,
                 QStringLiteral("%1 lets user %2 not in: %3.")
                     .arg(placeOf(target.host), target.host.user, tried.join(QStringLiteral("; ")))};
}

} // namespace slipway
