// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostkeycheck.h"

#include <algorithm>

namespace slipway {

namespace {

const QString kCertificate = QStringLiteral("-cert-v01@openssh.com");

bool holds(const QList<KnownKey> &keys, const QByteArray &blob) {
    return std::any_of(keys.begin(), keys.end(), [&](const KnownKey &key) { return key.blob == blob; });
}

HostKeyDecision changed(const QString &origin) {
    return {HostKeyState::Changed, QStringLiteral("%1 has another key for it").arg(origin)};
}

// An RSA key signs with the SHA-2 algorithms only; "ssh-rsa" as an algorithm is SHA-1.
QStringList algorithmsOf(const QString &type) {
    if (type == QLatin1String("ssh-rsa"))
        return {QStringLiteral("rsa-sha2-512"), QStringLiteral("rsa-sha2-256")};
    return {type};
}

QByteArray linesOfRevoked(const QList<KnownKey> &revoked) {
    QByteArray lines;
    for (const KnownKey &key : revoked)
        lines += "@revoked * " + key.type.toLatin1() + ' ' + key.blob.toBase64() + '\n';
    return lines;
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
        const auto kind = lookAtKnownFile(file);
        if (!kind)
            return kind.error();
        // A host whose key is pinned needs known_hosts for revoked keys alone, and most files have none.
        if (*kind == KnownFile::Missing || (check.isPinned() && *kind == KnownFile::Plain))
            continue;
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

// Empty when no certificate is asked for, or when nothing is revoked that one could be refused for.
SshQuestion HostKeyCheck::questionOfCertificate(const HostKey &key, const QString &allowed) const {
    const QList<KnownKey> revoked = m_known.revoked + m_knownWithoutPort.revoked;
    if (m_trust.revokedKeys.isEmpty() && revoked.isEmpty())
        return {};
    const QStringList plain = algorithmsOf(key.line.section(QLatin1Char(' '), 0, 0));
    QStringList algorithms;
    bool hasCertificate = false;
    for (const QString &algorithm : allowed.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const qsizetype end = algorithm.indexOf(kCertificate);
        if (!plain.contains(end < 0 ? algorithm : algorithm.left(end)))
            continue;
        hasCertificate = hasCertificate || end >= 0;
        algorithms << algorithm;
    }
    if (!hasCertificate)
        return {};
    return SshQuestion{"* " + key.line.toLatin1() + '\n' + linesOfRevoked(revoked),
                       algorithms.join(QLatin1Char(','))};
}

QByteArray HostKeyCheck::pinnedHostLines() const {
    QByteArray lines;
    for (const QString &key : m_pinned)
        lines += "* " + keyPart(key).toLatin1() + '\n';
    return lines + linesOfRevoked(m_known.revoked + m_knownWithoutPort.revoked);
}

HostKeyDecision HostKeyCheck::decide(const HostKey &key, const QString &allowed, const AskSsh &askSsh) const {
    const QByteArray shown = keyBytes(key.line);
    if (shown.isEmpty())
        return {HostKeyState::Undecided, QStringLiteral("the key cannot be read")};
    if (!m_trust.revokedKeys.isEmpty()) {
        const auto revoked = isRevokedIn(m_trust.revokedKeys, key.line);
        if (!revoked)
            return {HostKeyState::Undecided, revoked.error().text + QStringLiteral(", so no key is trusted")};
        if (*revoked)
            return {HostKeyState::Revoked,
                    QStringLiteral("RevokedHostKeys %1 contains this key").arg(m_trust.revokedKeys)};
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
    const bool isChanged = !pinned && !known && !m_known.keys.isEmpty();
    SshQuestion question;
    if (m_trust.askSsh.isEmpty() && (!certified || known || pinned)) {
        if (isChanged)
            return changed(m_known.keys.constFirst().file);
        question = questionOfCertificate(key, allowed);
        if (question.known.isEmpty())
            return {pinned || known ? HostKeyState::Trusted : HostKeyState::Unknown, {}};
    }
    const SshVerdict verdict = askSsh(question);
    if (verdict.state == SshVerdict::State::Refused)
        return {HostKeyState::Undecided, QStringLiteral("ssh itself refuses it: %1").arg(verdict.words)};
    if (verdict.state == SshVerdict::State::Trusted && verdict.fingerprint != key.fingerprint)
        return {HostKeyState::Undecided,
                QStringLiteral("it showed ssh another key, %1, a moment later").arg(verdict.fingerprint)};
    if (verdict.state == SshVerdict::State::Unknown && !question.known.isEmpty())
        return {HostKeyState::Undecided,
                QStringLiteral("ssh itself does not find the key that it was given")};
    if (pinned || known || (verdict.state == SshVerdict::State::Trusted && question.known.isEmpty()))
        return {HostKeyState::Trusted, {}};
    return isChanged ? changed(m_known.keys.constFirst().file) : HostKeyDecision{};
}

} // namespace slipway
