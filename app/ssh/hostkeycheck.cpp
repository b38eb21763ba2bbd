// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostkeycheck.h"

#include <QFile>

#include <algorithm>

namespace slipway {

namespace {

bool holds(const QList<KnownKey> &keys, const QByteArray &blob) {
    return std::any_of(keys.begin(), keys.end(), [&](const KnownKey &key) { return key.blob == blob; });
}

// A host whose key is pinned needs known_hosts for revoked keys alone, and most files have none.
Result<bool> revokesKeys(const QString &path) {
    QFile file(path);
    if (!file.exists())
        return false;
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::HostKeyRefused,
                     QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    constexpr qint64 kLine = 64 * 1024;
    while (!file.atEnd()) {
        if (file.readLine(kLine).contains("@revoked"))
            return true;
    }
    return false;
}

HostKeyDecision changed(const QString &origin) {
    return {HostKeyState::Changed, QStringLiteral("%1 holds another key for it").arg(origin)};
}

// An RSA key signs with the SHA-2 algorithms only; "ssh-rsa" as an algorithm is SHA-1.
QStringList algorithmsOf(const QString &type) {
    if (type == QLatin1String("ssh-rsa"))
        return {QStringLiteral("rsa-sha2-512"), QStringLiteral("rsa-sha2-256")};
    return {type};
}

} // namespace

Result<HostKeyCheck> HostKeyCheck::prepare(const Host &host, const HostTrust &trust,
                                           const HostKeyPins &pins) {
    HostKeyCheck check;
    check.m_trust = trust;
    if (!host.hostKeys.isEmpty()) {
        check.m_pinned = host.hostKeys;
        check.m_pinnedBy = QStringLiteral("the fleet");
    } else {
        check.m_pinned = pins.keysOf(host);
        check.m_pinnedBy = pins.file();
    }
    for (const QString &file : trust.files) {
        if (check.isPinned()) {
            const auto revokes = revokesKeys(file);
            if (!revokes)
                return revokes.error();
            if (!*revokes)
                continue;
        }
        const auto found = keysOfName(trust.name, file);
        if (!found)
            return found.error();
        check.m_known.add(*found);
        if (trust.withoutPort.isEmpty())
            continue;
        const auto others = keysOfName(trust.withoutPort, file);
        if (!others)
            return others.error();
        check.m_knownWithoutPort.add(*others);
    }
    return check;
}

QString HostKeyCheck::algorithms(const QString &allowed) const {
    const QStringList all = allowed.split(QLatin1Char(','), Qt::SkipEmptyParts);
    QStringList types;
    const auto prefer = [&](const QString &type) {
        for (const QString &algorithm : algorithmsOf(type)) {
            if (all.contains(algorithm) && !types.contains(algorithm))
                types << algorithm;
        }
    };
    if (isPinned()) {
        for (const QString &key : m_pinned)
            prefer(key.section(QLatin1Char(' '), 0, 0));
        return types.join(QLatin1Char(','));
    }
    for (const KnownKey &key : m_known.keys)
        prefer(key.type);
    for (const QString &algorithm : all) {
        if (!types.contains(algorithm))
            types << algorithm;
    }
    return types.join(QLatin1Char(','));
}

HostKeyDecision HostKeyCheck::decide(const HostKey &key, const AskSsh &askSsh) const {
    const QByteArray shown = keyBytes(key.line);
    if (shown.isEmpty())
        return {HostKeyState::Changed, QStringLiteral("the key cannot be read")};
    if (!m_trust.revokedKeys.isEmpty()) {
        const auto revoked = isRevokedIn(m_trust.revokedKeys, key.line);
        if (!revoked)
            return {HostKeyState::Changed, revoked.error().text + QStringLiteral(", so no key is trusted")};
        if (*revoked)
            return {HostKeyState::Revoked,
                    QStringLiteral("RevokedHostKeys %1 holds this key").arg(m_trust.revokedKeys)};
    }
    for (const KnownKeys *known : {&m_known, &m_knownWithoutPort}) {
        for (const KnownKey &revoked : known->revoked) {
            if (revoked.blob == shown)
                return {HostKeyState::Revoked,
                        QStringLiteral("%1 marks this key as revoked").arg(revoked.file)};
        }
    }

    const bool pinned = std::any_of(m_pinned.begin(), m_pinned.end(),
                                    [&](const QString &line) { return keyBytes(line) == shown; });
    if (isPinned() && !pinned)
        return changed(m_pinnedBy);
    const bool known =
        holds(m_known.keys, shown) || (m_known.keys.isEmpty() && holds(m_knownWithoutPort.keys, shown));
    const bool certified = !m_known.authorities.isEmpty() || !m_knownWithoutPort.authorities.isEmpty();
    if (!m_trust.askSsh.isEmpty() || (certified && !known && !pinned)) {
        const SshVerdict verdict = askSsh();
        if (verdict.state == SshVerdict::State::Refused)
            return {HostKeyState::Changed, QStringLiteral("ssh itself refuses it: %1").arg(verdict.words)};
        if (verdict.state == SshVerdict::State::Trusted)
            return verdict.fingerprint == key.fingerprint
                       ? HostKeyDecision{HostKeyState::Trusted, {}}
                       : HostKeyDecision{HostKeyState::Changed,
                                         QStringLiteral("it showed ssh another key, %1, a moment later")
                                             .arg(verdict.fingerprint)};
    }
    if (pinned || known)
        return {HostKeyState::Trusted, {}};
    return m_known.keys.isEmpty() ? HostKeyDecision{} : changed(m_known.keys.constFirst().file);
}

} // namespace slipway
