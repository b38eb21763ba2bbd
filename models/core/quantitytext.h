// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

// Durations and sizes for people. Machines get plain numbers.

enum class SpanTo { Tenth, Second, Minute }; ///< how exact a short duration is shown

/// "3.2 s" below ten seconds, "45 s", "17 min 15 s", "1 h 2 min", and "3 d 4 h" from two days on. With
/// SpanTo::Minute nothing below a minute: "0 min", "17 min". What is left of the last unit is not shown; a
/// negative duration is none.
[[nodiscard]] QString durationText(qint64 milliseconds, SpanTo exact = SpanTo::Tenth);

/// "263 bytes", "1.4 MiB".
[[nodiscard]] QString bytesText(qint64 bytes);

} // namespace slipway
