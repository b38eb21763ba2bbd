// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <stop_token>

namespace slipway {

/// Unpacks an archive (zip, 7z, tar with gzip, xz, zstd, …) into an empty folder: files and folders alone,
/// with names that stay below it. Links, devices and names that lead elsewhere are left out, and named in the
/// answer. Refused: what is not packed, what is damaged, more than 4 GiB or 200,000 files. Blocks; for a
/// thread that may wait.
Result<QStringList> unpackInto(const QString &file, const QString &folder, const std::stop_token &stop);

} // namespace slipway
