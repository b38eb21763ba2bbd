// SPDX-License-Identifier: GPL-3.0-or-later
// The half that reads text; needs no file and no program.
#include "app/ssh/knownhosts.h"

#include <optional>

namespace slipway {

namespace {

QList<QByteArray> wordsOf(const QByteArray &line) {
    QList<QByteArray> words = line.simplified().split(' ');
    words.removeAll(QByteArray());
    return words;
}

std::optional<KnownKey> keyFrom(const QByteArray &type, const QByteArray &base64, const QString &file) {
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() < 4)
        return std::nullopt;
    // The blob begins with its own type, which must be the one that is written before it.
    const QByteArray &blob = decoded.decoded;
    const auto at = [&](qsizetype i) { return static_cast<quint32>(static_cast<quint8>(blob.at(i))); };
    const quint32 length = at(0) << 24 | at(1) << 16 | at(2) << 8 | at(3);
    if (length != static_cast<quint32>(type.size()) || blob.mid(4, type.size()) != type)
        return std::nullopt;
    return KnownKey{QString::fromLatin1(type), blob, file};
}

} // namespace

void KnownKeys::add(const KnownKeys &other) {
    keys += other.keys;
    revoked += other.revoked;
    authorities += other.authorities;
}

KnownKeys readFoundKeys(const QByteArray &printed, const QString &file) {
    KnownKeys found;
    for (const QByteArray &line : printed.split('\n')) {
        if (line.startsWith('#'))
            continue;
        const QList<QByteArray> words = wordsOf(line);
        const bool marked = !words.isEmpty() && words.constFirst().startsWith('@');
        const qsizetype type = marked ? 2 : 1;
        if (words.size() <= type + 1)
            continue;
        const auto key = keyFrom(words.at(type), words.at(type + 1), file);
        if (!key)
            continue;
        if (!marked)
            found.keys << *key;
        else if (words.constFirst() == "@revoked")
            found.revoked << *key;
        else if (words.constFirst() == "@cert-authority")
            found.authorities << *key;
    }
    return found;
}

Result<QList<KnownKey>> readRevokedKeys(const QByteArray &text, const QString &file) {
    QList<KnownKey> keys;
    int number = 0;
    for (const QByteArray &line : text.split('\n')) {
        ++number;
        const QList<QByteArray> words = wordsOf(line);
        if (words.isEmpty() || words.constFirst().startsWith('#'))
            continue;
        const auto key = words.size() < 2 ? std::nullopt : keyFrom(words.at(0), words.at(1), file);
        if (!key)
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("%1 line %2 is not a public key").arg(file).arg(number)};
        keys << *key;
    }
    return keys;
}

QByteArray keyBytes(const QString &keyLine) {
    const QList<QByteArray> words = wordsOf(keyLine.toLatin1());
    const auto key = words.size() < 2 ? std::nullopt : keyFrom(words.at(0), words.at(1), QString());
    return key ? key->blob : QByteArray();
}

} // namespace slipway
