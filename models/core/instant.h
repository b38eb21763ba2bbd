// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

namespace slipway {

/// What a text from outside says of a moment.
struct Instant {
    QDateTime at;              ///< UTC; invalid when the text is not an ISO 8601 date or time
    bool isUtcAssumed = false; ///< it tells no time zone
};

/// Reads a time that a file, a host or an API wrote, down to milliseconds. The one reader of such texts: it
/// gives the same on every machine, since a time without a zone is taken for UTC and never for this
/// machine's.
[[nodiscard]] Instant readInstant(const QString &text);

/// Its moment alone.
[[nodiscard]] inline QDateTime instantOf(const QString &text) {
    return readInstant(text).at;
}

} // namespace slipway
