// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace slipway {

/// What a reader takes off: compression (gzip, bzip2, xz, lzma, zstd, lz4, compress, lzip) around any bytes,
/// entries (tar, zip, 7z, cpio, ar), or compression and then entries.
enum class Packing { Compression, Entries, CompressedEntries };

using ArchiveReader = std::unique_ptr<archive, int (*)(archive *)>;

/// The one way to open what is packed: libarchive with what it reads by itself. Its "all filters" would start
/// programs of the system for the rest. One thread at a time.
[[nodiscard]] ArchiveReader newArchiveReader(Packing packing);

/// Why its last call failed, in the library's words.
[[nodiscard]] QString archiveError(archive *reader);

} // namespace slipway
