// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsource.h"

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace slipway {

/// The instant a line begins with, as microseconds since 1970 UTC: "2026-04-20T17:39:02.114Z", a blank for
/// the T, a comma for the point, an offset from UTC ("+02:00", "+0200", "+02") for the Z. Decimals beyond the
/// sixth are dropped; UTC where no offset is given. Pure.
[[nodiscard]] std::optional<qint64> timeOfLine(QByteArrayView line);

/// The first row at or after a time, by binary search: of a log whose times do not decrease. Lines without a
/// time belong to the one before them.
[[nodiscard]] qint64 rowAtTime(const LogSource &log, qint64 microseconds);

/// What a person types: a whole time, or "17:39", "17:39:02.114" of the day `near` is in.
[[nodiscard]] std::optional<qint64> timeOfText(const QString &text, qint64 near);

} // namespace slipway
