// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

#include <optional>

namespace slipway {

/// What a file has that nobody else may read.
inline constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

struct OutputOptions {
    /// None: those of the file that is there, else those that new files get.
    std::optional<QFile::Permissions> permissions{};
    bool makesFolder = false;  ///< the file's folder, where it is missing
    bool mayBeInPlace = false; ///< where nothing can be renamed to the name: /dev/stdout, a pipe
};

/// Writes a file whole or not at all: next to its place, synced to the disk, then renamed to its name, so
/// that whoever reads it, also after a crash, finds all of the old bytes or all of the new ones. A link is
/// followed. The error names the file, the cause and what to do: DiskFull where there is no room, else Io.
/// Blocks for the disk: not on the GUI thread, but for a file that a person saves.
Result<void> writeFile(const QString &path, const QByteArray &bytes, const OutputOptions &options = {});

/// Appends to a file, which is made where it is missing. Nothing is synced, and a process that is killed
/// meanwhile leaves a part. Errors as writeFile().
Result<void> appendToFile(const QString &path, const QByteArray &bytes, const OutputOptions &options = {});

/// What is said of a file that cannot be written, or not to its end.
[[nodiscard]] Error unwritable(const QFileDevice &file);

} // namespace slipway
