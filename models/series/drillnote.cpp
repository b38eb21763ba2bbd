// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/drillnote.h"

namespace slipway {

QString drillText(const std::optional<SeriesDrillNote> &drill) {
    if (!drill)
        return QStringLiteral("never");
    return QStringLiteral("%1 UTC, %2: the alarm %3")
        .arg(drill->at.toUTC().toString(QStringLiteral("yyyy-MM-dd hh:mm")), drill->kind,
             drill->isTold ? QStringLiteral("reached its end") : QStringLiteral("did not reach its end"));
}

QJsonObject drillToJson(const SeriesDrillNote &drill) {
    return {{QStringLiteral("at"), drill.at.toUTC().toString(Qt::ISODate)},
            {QStringLiteral("kind"), drill.kind},
            {QStringLiteral("told"), drill.isTold}};
}

} // namespace slipway
