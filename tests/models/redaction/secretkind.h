// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <functional>

class QRandomGenerator;

namespace slipway::test {

inline const QByteArray kHex = "0123456789abcdef";
inline const QByteArray kAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// A secret and what stands around it, in plain text.
struct SecretKind {
    QByteArray name;
    QByteArray text; ///< with % where the canary stands
    QByteArray canary;
    /// From the text to what a reader gets out of it; nothing when it can be read as it stands.
    std::function<QByteArray(const QByteArray &)> read = {};
};

/// Letters and digits of an alphabet; a digit stands first, as nearly every token has one.
[[nodiscard]] QByteArray canary(QRandomGenerator &random, const QByteArray &alphabet, int length);

/// Private keys whose lines stand in logs, lists and objects, and without their marks.
[[nodiscard]] QList<SecretKind> framedKeys(QRandomGenerator &random);
/// Secrets within base64 and hexadecimal digits that are wrapped into lines as programs write them.
[[nodiscard]] QList<SecretKind> wrappedSecrets(QRandomGenerator &random);
/// Secrets with colours, characters of no width and line ends within them or next to them.
[[nodiscard]] QList<SecretKind> brokenUpSecrets(QRandomGenerator &random);
/// Values that do not stand directly behind their name: in tables, pairs, objects and commands.
[[nodiscard]] QList<SecretKind> pairedSecrets(QRandomGenerator &random);
/// Values that look like a placeholder, a call or a digest and are none; words that are a secret; names,
/// signs and sentences that programs put before a secret.
[[nodiscard]] QList<SecretKind> oddSecrets(QRandomGenerator &random);

} // namespace slipway::test
