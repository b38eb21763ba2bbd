// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

namespace slipway {

namespace {

constexpr qsizetype kDateSize = 10; // QDate overlooks what follows one

// What is counted from it goes not through local time, for which the C library looks at the zone's file each
// time.
const QDateTime &epoch() {
    static const QDateTime kEpoch = QDateTime::fromSecsSinceEpoch(0).toUTC();
    return kEpoch;
}

} // namespace

QDateTime utcOfMilliseconds(qint64 milliseconds) {
    return epoch().addMSecs(milliseconds);
}

QDateTime utcOfSeconds(qint64 seconds) {
    return epoch().addSecs(seconds);
}

Instant readInstant(const QString &text) {
    const QString trimmed = text.trimmed();
    if (!trimmed.endsWith(QLatin1Char('Z'))) { // as nearly all end, and then these two would be tried in vain
        // As local time it would be read otherwise in each zone, and not at all in the hour that summer time
        // skips.
        if (const QDateTime naive = QDateTime::fromString(trimmed + QLatin1Char('Z'), Qt::ISODateWithMs);
            naive.isValid())
            return {naive, true};
        if (const QDate date = QDate::fromString(trimmed, Qt::ISODate);
            date.isValid() && trimmed.size() == kDateSize)
            return {QDateTime::fromString(trimmed + QLatin1String("T00:00:00Z"), Qt::ISODate), true};
    }
    const QDateTime parsed = QDateTime::fromString(trimmed, Qt::ISODateWithMs);
    if (!parsed.isValid() || parsed.timeSpec() == Qt::LocalTime)
        return {};
    return {parsed.toUTC(), false};
}

QDateTime instantOfHttpDate(const QByteArray &text) {
    const QByteArray trimmed = text.trimmed();
    if (!trimmed.endsWith(" GMT"))
        return {};
    const QString offset = QString::fromLatin1(trimmed.chopped(3)) + QLatin1String("+0000");
    return QDateTime::fromString(offset, Qt::RFC2822Date).toUTC();
}

} // namespace slipway
