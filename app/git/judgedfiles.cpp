// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/judgedfiles.h"

#include <QCryptographicHash>

namespace slipway {

namespace {

QByteArray hashOf(const QByteArray &bytes, QCryptographicHash::Algorithm algorithm) {
    QCryptographicHash hash(algorithm);
    hash.addData("blob " + QByteArray::number(bytes.size()) + '\0');
    hash.addData(bytes);
    return hash.result().toHex();
}

} // namespace

BlobId blobIdOf(const QByteArray &bytes) {
    return {hashOf(bytes, QCryptographicHash::Sha1), hashOf(bytes, QCryptographicHash::Sha256)};
}

} // namespace slipway
