// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QByteArrayView>

#include <functional>

namespace slipway {

/// How the name of a compressed file ends. Its bytes are one Zstandard frame or several (RFC 8878).
inline const QString kCompressedSuffix = QStringLiteral(".zst");

/// What one stream may hold: a stream of observations of 10,000 cycles has some 500 MB.
inline constexpr qint64 kStreamLimit = qint64(4) * 1024 * 1024 * 1024;
/// What one line may hold: an answer of 8 MiB in base64, and what stands around it.
inline constexpr qint64 kLineLimit = qint64(16) * 1024 * 1024;

/// One frame with a checksum. The same bytes give the same frame with the same version of the library.
[[nodiscard]] QByteArray zstdCompress(QByteArrayView bytes);

/// The name without kCompressedSuffix.
[[nodiscard]] QString uncompressedName(const QString &name);

/// Calls `take` with one piece of at most 256 KiB of the plain bytes after the other, which answers whether
/// to go on. Corrupt as forEachLine().
Result<void> forEachPiece(const EvidenceFile &file, const std::function<Result<bool>(QByteArrayView)> &take);

/// Calls `seen` for each line in order, without its line end, with its offset in the uncompressed bytes; a
/// view that is valid during the call. Reads plain files, and compressed ones whose name says so, piece by
/// piece: no more than a line and 256 KiB are held. Corrupt names the file and what is wrong: damaged frames,
/// a line or a stream over its limit. `seen` answers whether to go on.
Result<void> forEachLine(const EvidenceFile &file,
                         const std::function<bool(QByteArrayView line, qint64 offset)> &seen);

/// All of a file's bytes, decompressed where its name says so; Corrupt when they are more than `most`.
Result<QByteArray> plainBytes(const EvidenceFile &file, qint64 max);

} // namespace slipway
