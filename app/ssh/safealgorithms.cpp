// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/safealgorithms.h"

#include <algorithm>

namespace slipway {

namespace {

// Gigabytes of logs come this way: AES-GCM, which both ends' processors do in hardware, before the rest of
// what OpenSSH offers by itself. Nothing is added that it would not take.
constexpr const char *kCiphers =
    "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
    "aes128-ctr,aes192-ctr,aes256-ctr";

constexpr int kMinRsaBits = 2048;

QString without(const QString &list, const QStringList &weak) {
    QStringList all = list.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &algorithm : weak)
        all.removeAll(algorithm);
    return all.join(QLatin1Char(','));
}

QString both(const char *ours, const QString &theirs) {
    QStringList common = QString::fromLatin1(ours).split(QLatin1Char(','));
    const QStringList allowed = theirs.split(QLatin1Char(','));
    common.removeIf([&](const QString &algorithm) { return !allowed.contains(algorithm); });
    return common.join(QLatin1Char(','));
}

} // namespace

SshAlgorithms safeAlgorithms(const SshAlgorithms &allowed) {
    const QStringList weakKeys{QStringLiteral("ssh-rsa"), QStringLiteral("ssh-dss")};
    SshAlgorithms safe;
    safe.hostKeys = without(allowed.hostKeys, weakKeys);
    safe.ciphers = both(kCiphers, allowed.ciphers);
    safe.keyExchange = without(allowed.keyExchange, {QStringLiteral("diffie-hellman-group1-sha1"),
                                                     QStringLiteral("diffie-hellman-group14-sha1"),
                                                     QStringLiteral("diffie-hellman-group-exchange-sha1")});
    safe.macs = without(allowed.macs, {QStringLiteral("hmac-sha1-96"), QStringLiteral("hmac-md5")});
    safe.publicKeys = without(allowed.publicKeys, weakKeys);
    safe.rsaBits = std::max(kMinRsaBits, allowed.rsaBits);
    return safe;
}

} // namespace slipway
