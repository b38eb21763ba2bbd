// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/identities.h"

#include "app/ssh/sshpaths.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxFile = qint64{64} * 1024;

// Of a key or a certificate; libssh spells a certificate's with all of it.
QByteArray blobOf(ssh_key raw) {
    const KeyHandle key(raw);
    char *base64 = nullptr;
    if (!key || ssh_pki_export_pubkey_base64(key.get(), &base64) != SSH_OK)
        return {};
    const QByteArray blob = QByteArray::fromBase64(base64);
    ssh_string_free_char(base64);
    return blob;
}

QByteArray publicKeyIn(const QString &file) {
    ssh_key key = nullptr;
    if (!QFileInfo(file).isFile() || QFileInfo(file).size() > kMaxFile ||
        ssh_pki_import_pubkey_file(QFile::encodeName(file).constData(), &key) != SSH_OK)
        return {};
    return blobOf(key);
}

QByteArray certificateIn(const QString &file) {
    ssh_key key = nullptr;
    if (!QFileInfo(file).isFile() || QFileInfo(file).size() > kMaxFile ||
        ssh_pki_import_cert_file(QFile::encodeName(file).constData(), &key) != SSH_OK)
        return {};
    return blobOf(key);
}

// The public half: in the file itself (a .pub, or OpenSSH's own format), or next to it.
QByteArray publicKeyOf(const QString &file) {
    const QByteArray own = publicKeyIn(file);
    return own.isEmpty() ? publicKeyIn(file + QStringLiteral(".pub")) : own;
}

QList<Identity> namedFiles(const SshTarget &target) {
    QList<Identity> files;
    for (const QString &file : target.identityFiles) {
        const QByteArray key = publicKeyOf(file);
        const bool named = file == target.host.identityFile || !isDefaultIdentity(file);
        files << Identity{file, key, {}, file, {}, named};
        // Only without a CertificateFile does ssh look for one that is named like the key.
        const QString paired = file + QStringLiteral("-cert.pub");
        if (!target.certificateFiles.isEmpty())
            continue;
        if (const QByteArray certificate = certificateIn(paired); !certificate.isEmpty())
            files << Identity{paired, certificate, {}, file, paired, named};
    }
    return files;
}

// What signs for a certificate: the agent's key, else the file's.
void findSigner(Identity &identity, const QList<Identity> &files, const QList<AgentKey> &agentKeys) {
    for (const AgentKey &key : agentKeys) {
        if (key.blob == identity.shown || isCertificateOf(identity.shown, key.blob))
            identity.agentKey = key.blob;
    }
    if (!identity.keyFile.isEmpty())
        return;
    for (const Identity &file : files) {
        if (file.certificate.isEmpty() && isCertificateOf(identity.shown, file.shown))
            identity.keyFile = file.keyFile;
    }
}

} // namespace

QList<Identity> identitiesOf(const SshTarget &target, const QList<AgentKey> &allAgentKeys) {
    QList<Identity> files = namedFiles(target);
    const auto isOfFile = [&](const AgentKey &key) {
        return std::any_of(files.begin(), files.end(),
                           [&](const Identity &file) { return file.shown == key.blob; });
    };
    QList<AgentKey> agentKeys;
    for (const AgentKey &key : allAgentKeys) {
        if (!target.identitiesOnly || isOfFile(key))
            agentKeys << key;
    }
    QList<Identity> first;
    for (const QString &file : target.certificateFiles) {
        const QByteArray certificate = certificateIn(file);
        if (certificate.isEmpty())
            continue;
        Identity identity{file, certificate, {}, {}, file, true};
        findSigner(identity, files, agentKeys);
        if (!identity.agentKey.isEmpty() || !identity.keyFile.isEmpty())
            first << identity;
    }
    QList<Identity> agentsOwn;
    for (const AgentKey &key : agentKeys) {
        const auto named = std::find_if(files.begin(), files.end(),
                                        [&](const Identity &file) { return file.shown == key.blob; });
        if (named != files.end()) {
            named->agentKey = key.blob;
            first << files.takeAt(named - files.begin());
        } else {
            agentsOwn << Identity{key.comment, key.blob, key.blob, {}, {}, false};
        }
    }
    for (Identity &file : files) {
        if (!file.certificate.isEmpty())
            findSigner(file, {}, agentKeys);
    }
    return first + agentsOwn + files;
}

} // namespace slipway
