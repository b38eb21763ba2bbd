// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/alarm.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"

#include <QMap>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr std::array kNames{QLatin1String("open"), QLatin1String("acknowledged"), QLatin1String("snoozed"),
                            QLatin1String("resolved")};

} // namespace

QString alarmStateName(AlarmState state) {
    return kNames.at(static_cast<size_t>(state));
}

std::optional<AlarmState> alarmStateFromName(const QString &name) {
    const auto *const it = std::find(kNames.begin(), kNames.end(), name);
    return it == kNames.end() ? std::nullopt : std::optional(static_cast<AlarmState>(it - kNames.begin()));
}

QList<Alarm> alarmsOf(const QList<AlarmSignal> &signalList, const QList<AlarmAction> &actions,
                      const QDateTime &now) {
    QMap<QString, Alarm> bySignature;
    QMap<QString, QList<AlarmAction>> acted;
    for (const AlarmAction &action : actions)
        acted[action.signature] << action;
    for (const AlarmSignal &signal : signalList) {
        Alarm &alarm = bySignature[signal.signature()];
        if (alarm.signalList.isEmpty())
            alarm.first = signal;
        // Resolved between the two: this signal opens it again.
        const QList<AlarmAction> &own = acted[signal.signature()];
        const auto before = std::find_if(own.rbegin(), own.rend(),
                                         [&](const AlarmAction &action) { return action.at < signal.at; });
        if (before != own.rend() && before->state == AlarmState::Resolved && alarm.first.at <= before->at)
            alarm.first = signal;
        alarm.signalList << signal;
    }
    QList<Alarm> alarms;
    for (auto it = bySignature.begin(); it != bySignature.end(); ++it) {
        const QList<AlarmAction> &own = acted[it.key()];
        if (!own.isEmpty()) {
            const AlarmAction &last = own.constLast();
            const bool isAfterLast = last.state == AlarmState::Resolved && it->first.at > last.at;
            const bool isOver = last.state == AlarmState::Snoozed && last.until <= now;
            if (!isAfterLast) {
                it->state = isOver ? AlarmState::Open : last.state;
                it->action = last;
            }
        }
        alarms << *it;
    }
    std::stable_sort(alarms.begin(), alarms.end(),
                     [](const Alarm &a, const Alarm &b) { return a.first.at < b.first.at; });
    return alarms;
}

QJsonObject actionToJson(const AlarmAction &action) {
    QJsonObject object{{QStringLiteral("signature"), action.signature},
                       {QStringLiteral("state"), alarmStateName(action.state)},
                       {QStringLiteral("at"), action.at.toString(Qt::ISODateWithMs)},
                       {QStringLiteral("by"), action.by},
                       {QStringLiteral("why"), action.why}};
    if (action.until.isValid())
        object.insert(QStringLiteral("until"), action.until.toString(Qt::ISODate));
    return object;
}

Result<AlarmAction> actionFromJson(const QJsonObject &object) {
    JsonFields fields(object, QStringLiteral("alarm action"));
    AlarmAction action;
    action.signature = fields.text(QStringLiteral("signature"));
    const auto state = alarmStateFromName(fields.text(QStringLiteral("state")));
    if (!state)
        fields.fail(QStringLiteral("state"), QStringLiteral("is not a valid state"));
    action.state = state.value_or(AlarmState::Open);
    action.at = instantOf(fields.text(QStringLiteral("at")));
    action.until = instantOf(fields.text(QStringLiteral("until"), QString()));
    action.by = fields.text(QStringLiteral("by"), QString());
    action.why = fields.text(QStringLiteral("why"), QString());
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::Corrupt, fields.problem()};
    return action;
}

} // namespace slipway
