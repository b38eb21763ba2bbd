// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/quantitytext.h"

#include "models/core/countof.h"

#include <algorithm>

namespace slipway {

QString durationText(qint64 milliseconds, SpanTo exact) {
    milliseconds = std::max<qint64>(milliseconds, 0);
    const qint64 seconds = milliseconds / 1000;
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (minutes == 0 && exact != SpanTo::Minute)
        return exact == SpanTo::Tenth && seconds < 10
                   ? QStringLiteral("%1 s").arg(static_cast<double>(milliseconds) / 1000, 0, 'f', 1)
                   : QStringLiteral("%1 s").arg(seconds);
    if (hours == 0)
        return exact == SpanTo::Minute ? QStringLiteral("%1 min").arg(minutes)
                                       : QStringLiteral("%1 min %2 s").arg(minutes).arg(seconds % 60);
    return hours < 48 ? QStringLiteral("%1 h %2 min").arg(hours).arg(minutes % 60)
                      : QStringLiteral("%1 d %2 h").arg(hours / 24).arg(hours % 24);
}

QString bytesText(qint64 bytes) {
    if (bytes < 1024)
        return countOf(bytes, "byte");
    double size = static_cast<double>(bytes) / 1024;
    QString unit = QStringLiteral("KiB");
    for (const QString &larger : {QStringLiteral("MiB"), QStringLiteral("GiB"), QStringLiteral("TiB")}) {
        if (size < 1024)
            break;
        size /= 1024;
        unit = larger;
    }
    return QStringLiteral("%1 %2").arg(size, 0, 'f', 1).arg(unit);
}

} // namespace slipway
