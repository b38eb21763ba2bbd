// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/archivereader.h"

namespace slipway {

ArchiveReader newArchiveReader(Packing packing) {
    ArchiveReader reader(archive_read_new(), &archive_read_free);
    if (packing != Packing::Entries) {
        for (const auto support : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2,
                                   archive_read_support_filter_xz, archive_read_support_filter_lzma,
                                   archive_read_support_filter_zstd, archive_read_support_filter_lz4,
                                   archive_read_support_filter_compress, archive_read_support_filter_lzip})
            (void)support(reader.get());
    }
    if (packing == Packing::Compression) {
        (void)archive_read_support_format_raw(reader.get());
        return reader;
    }
    for (const auto support :
         {archive_read_support_format_tar, archive_read_support_format_zip, archive_read_support_format_7zip,
          archive_read_support_format_cpio, archive_read_support_format_ar})
        (void)support(reader.get());
    return reader;
}

QString archiveError(archive *reader) {
    const char *text = archive_error_string(reader);
    return text ? QString::fromUtf8(text) : QStringLiteral("damaged");
}

} // namespace slipway
