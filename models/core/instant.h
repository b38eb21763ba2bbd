// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace slipway {

/// What a text from outside says of a moment.
struct Instant {
    QDateTime at;              ///< UTC; invalid when the text is not an ISO 8601 date or time
    bool isUtcAssumed = false; ///< it has no time zone
};

/// Reads a time that a file, a host or an API wrote, down to milliseconds. The one reader of such texts: it
/// gives the same on every machine, since a time without a zone is taken for UTC and never for this
/// machine's.
[[nodiscard]] Instant readInstant(const QString &text);

/// Its moment alone.
[[nodiscard]] inline QDateTime instantOf(const QString &text) {
    return readInstant(text).at;
}

/// The moment of a Date header of HTTP, "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7).
[[nodiscard]] QDateTime instantOfHttpDate(const QByteArray &text);

/// A moment by its time since 1970 in UTC. Qt::UTC is deprecated from Qt 6.9, and what stands in for it is
/// not in Qt 6.4, so that these are the only way.
[[nodiscard]] QDateTime utcOfMilliseconds(qint64 milliseconds);
[[nodiscard]] QDateTime utcOfSeconds(qint64 seconds);

} // namespace slipway
