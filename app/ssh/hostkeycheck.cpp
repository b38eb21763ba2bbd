// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostkeycheck.h"

#include <QFile>
#include <QProcess>
#include <QSaveFile>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

constexpr int kKeygenMs = 10'000;

QString identity(const Host &host) {
    if (!host.id.isEmpty())
        return QStringLiteral("id=") + host.id;
    return QStringLiteral("%1@%2:%3").arg(host.name, host.address).arg(host.port);
}

// "type base64", whatever comment follows.
QString keyPart(const QString &line) {
    return line.simplified().section(QLatin1Char(' '), 0, 1);
}

HostKeyDecision compare(const QStringList &known, const QString &shown, const QString &origin) {
    const bool listed =
        std::any_of(known.begin(), known.end(), [&](const QString &line) { return keyPart(line) == shown; });
    if (listed)
        return {HostKeyState::Trusted, {}};
    return {HostKeyState::Changed, QStringLiteral("%1 holds another key for it").arg(origin)};
}

struct FoundKeys {
    QStringList keys;
    bool revoked = false;
    bool readable = true;
};

FoundKeys keysIn(const QString &file, const QString &name, const QString &shown) {
    QProcess keygen;
    keygen.start(QStringLiteral("ssh-keygen"), {QStringLiteral("-F"), name, QStringLiteral("-f"), file});
    if (!keygen.waitForFinished(kKeygenMs) || keygen.exitStatus() != QProcess::NormalExit ||
        keygen.exitCode() > 1) {
        keygen.kill();
        return {{}, false, false};
    }
    FoundKeys found;
    for (const QString &line :
         QString::fromUtf8(keygen.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(QLatin1Char('#')))
            continue;
        const QStringList words = line.simplified().split(QLatin1Char(' '));
        if (words.size() >= 4 && words.at(0) == QLatin1String("@revoked"))
            found.revoked = found.revoked || words.mid(2, 2).join(QLatin1Char(' ')) == shown;
        else if (words.size() >= 3 && !words.at(0).startsWith(QLatin1Char('@')))
            found.keys << words.mid(1, 2).join(QLatin1Char(' '));
    }
    return found;
}

HostKeyDecision checkKnownHosts(const Host &host, const QString &shown, const KnownHosts &known) {
    const QString name =
        host.port == 22 ? known.name : QStringLiteral("[%1]:%2").arg(known.name).arg(host.port);
    HostKeyDecision decision;
    for (const QString &file : known.files) {
        if (!QFile::exists(file))
            continue;
        const FoundKeys found = keysIn(file, name, shown);
        if (!found.readable)
            return {HostKeyState::Changed,
                    QStringLiteral("%1 cannot be searched by ssh-keygen, so nothing is trusted").arg(file)};
        if (found.revoked)
            return {HostKeyState::Revoked, QStringLiteral("%1 marks this key as revoked").arg(file)};
        // One file that holds the key is enough, as for ssh; a revocation in another still counts.
        if (!found.keys.isEmpty() && decision.state != HostKeyState::Trusted)
            decision = compare(found.keys, shown, file);
    }
    return decision;
}

} // namespace

QStringList HostKeyPins::keysOf(const Host &host) const {
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    QStringList keys;
    const QString wanted = identity(host) + QLatin1Char(' ');
    for (const QString &line :
         QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.startsWith(wanted))
            keys << keyPart(line.mid(wanted.size()));
    }
    return keys;
}

Result<void> HostKeyPins::replace(const Host &host, const QByteArray &content) const {
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(content) != content.size() || !file.commit()) {
        return Error{ErrorCode::Io, QStringLiteral("The pins of %1 could not be written to %2: %3")
                                        .arg(host.name, m_file, file.errorString())};
    }
    return {};
}

Result<void> HostKeyPins::pin(const Host &host, const HostKey &key) const {
    QByteArray content;
    if (QFile old(m_file); old.open(QIODevice::ReadOnly))
        content = old.readAll();
    return replace(host, content + QStringLiteral("%1 %2\n").arg(identity(host), keyPart(key.line)).toUtf8());
}

Result<int> HostKeyPins::forget(const Host &host) const {
    QFile old(m_file);
    if (!old.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray wanted = identity(host).toUtf8() + ' ';
    QByteArray kept;
    int count = 0;
    while (!old.atEnd()) {
        const QByteArray line = old.readLine();
        if (line.startsWith(wanted))
            ++count;
        else
            kept += line;
    }
    if (count == 0)
        return 0;
    if (const auto written = replace(host, kept); !written)
        return written.error();
    return count;
}

HostKeyDecision checkHostKey(const Host &host, const HostKey &key, const HostKeyPins &pins,
                             const KnownHosts &knownHosts) {
    const QString shown = keyPart(key.line);
    if (!host.hostKeys.isEmpty())
        return compare(host.hostKeys, shown, QStringLiteral("the fleet"));
    HostKeyDecision known = checkKnownHosts(host, shown, knownHosts);
    if (known.state == HostKeyState::Revoked)
        return known;
    if (const QStringList own = pins.keysOf(host); !own.isEmpty())
        return compare(own, shown, pins.file());
    return known;
}

QString preferredKeyTypes(const Host &host, const HostKeyPins &pins) {
    const QStringList keys = host.hostKeys.isEmpty() ? pins.keysOf(host) : host.hostKeys;
    QStringList types;
    for (const QString &key : keys) {
        const QString type = key.section(QLatin1Char(' '), 0, 0);
        // An RSA key signs with the SHA-2 algorithms only; "ssh-rsa" as an algorithm is SHA-1.
        const QStringList algorithms =
            type == QLatin1String("ssh-rsa")
                ? QStringList{QStringLiteral("rsa-sha2-512"), QStringLiteral("rsa-sha2-256")}
                : QStringList{type};
        for (const QString &algorithm : algorithms) {
            if (!types.contains(algorithm))
                types << algorithm;
        }
    }
    return types.join(QLatin1Char(','));
}

} // namespace slipway
