// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/alarm.h"

namespace slipway {

/// Which alarms a series had when it was last judged for good, by which rules. A plain value.
struct NotedAlarms {
    QDateTime at; ///< UTC
    int rulesVersion = 0;
    QStringList keys; ///< Alarm::key() of each, sorted
};

[[nodiscard]] NotedAlarms noteOf(const QList<Alarm> &alarms, const QDateTime &now);
/// Those that the same time held already when it was noted, and that were no alarms then: newer rules, or a
/// newer judgement of a run, are the reason. What came later is not new in this sense. Pure.
[[nodiscard]] QList<Alarm> newSince(const NotedAlarms &before, const QList<Alarm> &alarms);

[[nodiscard]] QJsonObject notedToJson(const NotedAlarms &noted);
Result<NotedAlarms> notedFromJson(const QJsonObject &object);

} // namespace slipway
