// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cloud/rental/userdata.h"

#include "app/core/inputfile.h"
#include "app/core/sshkeygen.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace slipway {

Result<HostKeyPair> hostKeyPair(const QString &file) {
    const QString publicFile = file + QStringLiteral(".pub");
    if (!QFile::exists(publicFile)) {
        QFile::remove(file);
        if (!QDir().mkpath(QFileInfo(file).path()))
            return Error{ErrorCode::Io, QStringLiteral("%1 cannot be made.").arg(QFileInfo(file).path())};
        TRY(makeSshKey(file, QStringLiteral("slipway")));
    }
    const auto privateKey = readFile(file);
    const auto publicKey = readFile(publicFile);
    if (!privateKey)
        return privateKey.error();
    if (!publicKey)
        return publicKey.error();
    return HostKeyPair{*privateKey,
                       QString::fromLatin1(*publicKey).trimmed().section(QLatin1Char(' '), 0, 1)};
}

QByteArray userData(const HostKeyPair &key, int hours) {
    QByteArray text = "#cloud-config\n"
                      "ssh_deletekeys: true\n"
                      "ssh_keys:\n"
                      "  ed25519_private: |\n";
    for (const QByteArray &line : key.privateKey.trimmed().split('\n'))
        text += "    " + line + '\n';
    text += "  ed25519_public: " + key.publicKey.toLatin1() + '\n';
    text += "package_update: true\n"
            "packages: [" +
            hostPackages().join(QStringLiteral(", ")).toLatin1() + "]\n";
    text += "runcmd:\n"
            "  - [shutdown, -P, \"+" +
            QByteArray::number(hours * 60) + "\"]\n";
    return text;
}

QStringList hostPackages() {
    return {QStringLiteral("curl"),     QStringLiteral("faketime"),   QStringLiteral("iptables"),
            QStringLiteral("nftables"), QStringLiteral("postgresql"), QStringLiteral("sqlite3")};
}

Result<QString> keyFingerprint(const QString &publicKeyFile) {
    const auto text = readFile(publicKeyFile);
    if (!text)
        return text.error();
    const QList<QByteArray> words = text->simplified().split(' ');
    const auto blob =
        words.size() < 2
            ? QByteArray::FromBase64Result{}
            : QByteArray::fromBase64Encoding(words.at(1), QByteArray::Base64Encoding |
                                                              QByteArray::AbortOnBase64DecodingErrors);
    if (words.size() < 2 || !blob || !words.constFirst().startsWith("ssh-"))
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("%1 contains no public SSH key. Name the \".pub\" file.").arg(publicKeyFile)};
    return QString::fromLatin1(QCryptographicHash::hash(*blob, QCryptographicHash::Md5).toHex(':'));
}

} // namespace slipway
