// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/countof.h"

namespace slipway {

QString countOf(qint64 count, const char *one, const char *many) {
    const QString thing = count == 1 ? QString::fromLatin1(one)
                          : many     ? QString::fromLatin1(many)
                                     : QString::fromLatin1(one) + QLatin1Char('s');
    return QStringLiteral("%1 %2").arg(count).arg(thing);
}

} // namespace slipway
