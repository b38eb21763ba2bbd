// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/hostkeyfingerprint.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace slipway {

QString hostKeyFingerprint(const QString &line) {
    static const QRegularExpression key(
        QStringLiteral("\\A((ssh|ecdsa|sk)-[A-Za-z0-9@.-]+) ([A-Za-z0-9+/]+=*)( [^\\n]*)?\\z"));
    const auto match = key.match(line);
    const auto blob =
        QByteArray::fromBase64Encoding(match.captured(3).toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (!match.hasMatch() || !blob || blob.decoded.isEmpty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(blob.decoded, QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") + QString::fromLatin1(hash.toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace slipway
