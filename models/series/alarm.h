// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/series/alarmrules.h"

#include <QJsonObject>

namespace slipway {

enum class AlarmState { Open, Acknowledged, Snoozed, Resolved };

[[nodiscard]] QString alarmStateName(AlarmState state); ///< "open", "acknowledged", …; stored and printed
[[nodiscard]] std::optional<AlarmState> alarmStateFromName(const QString &name);

/// What a person did about an alarm. Kept, never changed: the last one stands.
struct AlarmAction {
    QString signature;
    AlarmState state = AlarmState::Open; ///< what it is from then on
    QDateTime at;                        ///< UTC
    QDateTime until;                     ///< of Snoozed: until when it is quiet
    QString by;
    QString why;
};

/// An alarm of a series: one for each signature, however often its rule signals.
struct Alarm {
    AlarmSignal first;                   ///< what opened it, or reopened it after it was resolved
    QList<AlarmSignal> signalList;       ///< all there were, in order of time
    AlarmState state = AlarmState::Open; ///< at the asked moment
    std::optional<AlarmAction> action;   ///< the person's that the state is from

    /// One opening of it: "loss@2026-04-21T01:04:18Z".
    [[nodiscard]] QString key() const {
        return first.signature() + QLatin1Char('@') + first.at.toString(Qt::ISODate);
    }
    /// Whether somebody is to be told: nobody has seen to it yet, or the time it was to be quiet is over.
    [[nodiscard]] bool isLoud() const { return state == AlarmState::Open; }
};

/// The alarms of a series at `now`. A signal after an alarm was resolved reopens it; one that was snoozed is
/// open again when its time is over, and an acknowledged one stays so until it is resolved. In the order in
/// which they were opened. Pure.
[[nodiscard]] QList<Alarm> alarmsOf(const QList<AlarmSignal> &signalList, const QList<AlarmAction> &actions,
                                    const QDateTime &now);

[[nodiscard]] QJsonObject actionToJson(const AlarmAction &action);
Result<AlarmAction> actionFromJson(const QJsonObject &object);

} // namespace slipway
