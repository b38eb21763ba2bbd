// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"
#include "models/redaction/redaction.h"

namespace slipway {

/// Opens what is compressed (gzip, bzip2, xz, lzma, zstd, lz4, compress, lzip) or an archive (tar, zip, 7z,
/// cpio, ar), by libarchive in memory and without helper programs, and searches every entry for secrets,
/// archives in archives too. Why such a file must not go out unasked: an entry holds a secret, or cannot be
/// searched. Empty when all was searched and nothing found. At most 4 levels, 10,000 entries and 128 MiB of
/// content.
[[nodiscard]] QString whyHeldBack(const EvidenceFile &file, const RedactionOptions &options);

/// A mask would make these bytes unreadable: they are compressed, or a format with checksums.
[[nodiscard]] bool hasChecksums(const QByteArray &bytes);

} // namespace slipway
