// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace slipway {

/// One line of a diff as people read it.
struct DiffLine {
    enum class Kind { Same, Removed, Added, LeftOut };

    Kind kind = Kind::Same;
    QString text; ///< of LeftOut: how much was left out

    friend bool operator==(const DiffLine &, const DiffLine &) = default;
};

/// The lines that differ, with three the same around them. None when the two are the same, or one of them is
/// not text, or holds more than 1 MiB. At most 2,000 lines; a long line is cut to where it differs. Texts
/// with more than 1,000 differences are shown as all old lines and all new ones. Pure.
[[nodiscard]] QList<DiffLine> lineDiff(const QByteArray &before, const QByteArray &after);

} // namespace slipway
