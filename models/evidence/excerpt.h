// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/sourcerange.h"

#include <QByteArray>
#include <QStringList>

namespace slipway {

/// The lines around a place in a file, for a person to read.
struct Excerpt {
    QStringList lines; ///< each cut to a width around what is marked
    int marked = -1;   ///< index in `lines` of the line that the range begins on
    int from = 0;      ///< where in that line the range begins and how long it is there, in UTF-16
    int length = 0;
};

/// Up to `around` lines before and after the one that `range` begins on. Looks at no more than 64 KiB. Empty
/// for a range that is not in `bytes`.
[[nodiscard]] Excerpt excerptOf(const QByteArray &bytes, const SourceRange &range, int around = 5);

/// The line, from 1, that a place in `bytes` lies on; of the last byte for a place behind it.
[[nodiscard]] qint64 lineNumberOf(const QByteArray &bytes, qint64 offset);

} // namespace slipway
