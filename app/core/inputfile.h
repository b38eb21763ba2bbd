// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway {

/// The whole of a file that a person named, or of standard input for "-". What could not be read to its end
/// (a closed standard input, a folder, a failing disk) is an error and never an empty text; so are more than
/// `most` bytes. Blocks until a pipe ends: never on the GUI thread.
Result<QByteArray> readInput(const QString &name, qint64 most);

} // namespace slipway
