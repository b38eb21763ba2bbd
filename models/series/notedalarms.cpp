// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/notedalarms.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <QJsonArray>

#include <limits>

namespace slipway {

NotedAlarms noteOf(const QList<Alarm> &alarms, const QDateTime &now) {
    NotedAlarms noted{now, kAlarmRulesVersion, {}};
    for (const Alarm &alarm : alarms)
        noted.keys << alarm.key();
    noted.keys.sort();
    return noted;
}

QList<Alarm> newSince(const NotedAlarms &before, const QList<Alarm> &alarms) {
    QList<Alarm> found;
    for (const Alarm &alarm : alarms) {
        if (alarm.first.at <= before.at && !before.keys.contains(alarm.key()))
            found << alarm;
    }
    return found;
}

QJsonObject notedToJson(const NotedAlarms &noted) {
    return {{QStringLiteral("at"), noted.at.toString(Qt::ISODate)},
            {QStringLiteral("rules_version"), noted.rulesVersion},
            {QStringLiteral("alarms"), QJsonArray::fromStringList(noted.keys)}};
}

Result<NotedAlarms> notedFromJson(const QJsonObject &object) {
    JsonFields fields(object, QStringLiteral("noted"));
    NotedAlarms noted;
    noted.at = instantOf(fields.text(QStringLiteral("at")));
    noted.rulesVersion =
        static_cast<int>(fields.integer(QStringLiteral("rules_version"), 0, std::numeric_limits<int>::max()));
    noted.keys = fields.texts(QStringLiteral("alarms"));
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    return noted;
}

} // namespace slipway
