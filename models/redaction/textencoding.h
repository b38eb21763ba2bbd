// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/textview.h"

#include <QString>

namespace slipway {

/// UTF-16 and UTF-32 by their byte order mark, else by where the NULs are; bytes otherwise.
[[nodiscard]] TextUnits unitsOf(const QByteArray &bytes);

/// What these bytes are when they are not text: "compressed (gzip)", "a SQLite database", …; empty for text.
[[nodiscard]] QString whyNotTextIn(const QByteArray &bytes, TextUnits units);

} // namespace slipway
