// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>

namespace slipway {

/// How git calls a file's bytes, in a repository of either kind: lower-case hex digits.
struct BlobId {
    QByteArray sha1;
    QByteArray sha256;
};

/// What shall be on a branch of the files that a publication answers for, by their path from the root of the
/// tree. Other files of the branch are none of its business.
using JudgedFiles = QMap<QByteArray, BlobId>;

/// Of bytes that nothing is made of (gitformat: "blob", size, NUL, bytes).
[[nodiscard]] BlobId blobIdOf(const QByteArray &bytes);

} // namespace slipway
