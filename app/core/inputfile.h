// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

class QFile;

namespace slipway {

/// What a file of ours may have that is read at once: bytes.
inline constexpr qint64 kMaxFile = 64LL * 1024 * 1024;

/// The whole of a file that a person named, or of standard input for "-". What could not be read to its end
/// (a closed standard input, a folder, a failing disk) is an error and never an empty text; so are more than
/// `most` bytes. Blocks until a pipe ends: never on the GUI thread.
Result<QByteArray> readInput(const QString &name, qint64 max);

/// The whole of a file by its path, "-" too. NotFound when it is not there, Io when it cannot be read, and
/// InvalidInput when it has more than `max` bytes. Blocks.
Result<QByteArray> readFile(const QString &path, qint64 max = kMaxFile);

/// Opens a file to read it piece by piece. NotFound when it is not there, else Io.
Result<void> openToRead(QFile &file);

/// What is said of a file that cannot be read, or not to its end.
[[nodiscard]] Error unreadable(const QFile &file);

} // namespace slipway
