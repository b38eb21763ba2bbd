// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/seriesediting.h"
#include "app/cli/commands.h"
#include "app/cli/seriestext.h"
#include "app/session/seriesplancheck.h"
#include "models/core/instant.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace slipway::cli {

namespace {

// Every option that says something of a definition, as it was given.
DefinitionFields fieldsOf(const QCommandLineParser &parser) {
    static const DefinitionFields all = slipway::fieldsOf(SeriesDefinition());
    DefinitionFields fields;
    for (auto it = all.constBegin(); it != all.constEnd(); ++it) {
        if (it.key() != QLatin1String("name") && parser.isSet(it.key()))
            fields.insert(it.key(), parser.values(it.key()));
    }
    return fields;
}

ExitCode printDefinition(const SeriesDefinition &definition, bool json) {
    if (json)
        print(jsonText(QJsonDocument(definitionToJson(definition))));
    else
        print(lineText(
            QStringLiteral("Series %1: %2 UTC from %3")
                .arg(definition.name, definition.schedule.text(), definition.begin.toString(Qt::ISODate))));
    return ExitCode::Done;
}

QDateTime currentSecond() {
    return utcOfSeconds(QDateTime::currentSecsSinceEpoch());
}

// `ifThere`: what is not done because it is so already.
ExitCode finish(const Context &context, const Result<SeriesDefinition> &definition, bool json,
                ExitCode ifThere) {
    if (definition)
        return printDefinition(*definition, json);
    const Error &error = definition.error();
    if (error.code == ErrorCode::InvalidInput)
        return failUsage(context, error.text.startsWith(QLatin1String("name "))
                                      ? error.text
                                      : QStringLiteral("--") + error.text);
    return fail(error, error.code == ErrorCode::AlreadyExists ? ifThere : ExitCode::NotDone);
}

} // namespace

ExitCode seriesCreate(const Context &context, const QCommandLineParser &parser) {
    const bool json = parser.isSet(QStringLiteral("json"));
    DefinitionFields fields = fieldsOf(parser);
    fields.insert(QStringLiteral("name"), parser.positionalArguments());
    const auto definition = newDefinition(fields, currentSecond());
    if (!definition) // before an archive is made for it
        return finish(context, definition, json, ExitCode::Usage);
    if (const auto checked = checkSeriesPlan(*definition); !checked)
        return finish(context, checked.error(), json, ExitCode::Usage);
    return withSeries(context, [&](SeriesArchive &archive) {
        return finish(context, createSeries(archive, *definition, checkSeriesPlan), json, ExitCode::Usage);
    });
}

ExitCode seriesEdit(const Context &context, const QCommandLineParser &parser) {
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto definition =
            editSeries(archive, parser.positionalArguments().constFirst(), fieldsOf(parser), checkSeriesPlan);
        return finish(context, definition, parser.isSet(QStringLiteral("json")), ExitCode::Usage);
    });
}

ExitCode seriesEnd(const Context &context, const QCommandLineParser &parser) {
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto definition =
            endSeries(archive, parser.positionalArguments().constFirst(), currentSecond());
        return finish(context, definition, parser.isSet(QStringLiteral("json")), ExitCode::No);
    });
}

ExitCode seriesAlarm(const Context &context, const QCommandLineParser &parser) {
    AlarmAction action;
    const QString name = parser.positionalArguments().at(0);
    action.signature = parser.positionalArguments().at(1);
    action.at = QDateTime::currentDateTimeUtc();
    action.by = parser.value(QStringLiteral("by"));
    action.why = parser.value(QStringLiteral("why"));
    int given = 0;
    for (const auto &[option, state] :
         {std::pair("acknowledge", AlarmState::Acknowledged), std::pair("snooze", AlarmState::Snoozed),
          std::pair("resolve", AlarmState::Resolved), std::pair("reopen", AlarmState::Open)}) {
        if (parser.isSet(QLatin1String(option))) {
            action.state = state;
            ++given;
        }
    }
    if (given != 1)
        return failUsage(
            context, QStringLiteral("one of --acknowledge, --snooze TIME, --resolve and --reopen is needed"));
    if (action.by.trimmed().isEmpty() || action.why.trimmed().isEmpty())
        return failUsage(context, QStringLiteral("--by and --why are missing"));
    if (action.state == AlarmState::Snoozed) {
        action.until = instantOf(parser.value(QStringLiteral("snooze")));
        if (!action.until.isValid() || action.until <= action.at)
            return failUsage(context,
                             QStringLiteral("--snooze wants a time to come, such as 2026-05-04T09:00Z"));
    }
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto judged = archive.judge(name, action.at);
        if (!judged)
            return fail(judged.error(), ExitCode::NotDone);
        const bool isThere =
            std::any_of(judged->alarms.begin(), judged->alarms.end(),
                        [&](const Alarm &alarm) { return alarm.first.signature() == action.signature; });
        if (!isThere)
            return fail(QStringLiteral("Series %1 has no alarm \"%2\".").arg(name, action.signature),
                        ExitCode::NotDone);
        const auto noted = archive.act(name, action);
        if (!noted)
            return fail(noted.error(), ExitCode::NotDone);
        if (parser.isSet(QStringLiteral("json"))) {
            QJsonObject object = actionToJson(action);
            object.insert(QStringLiteral("series"), name);
            print(jsonText(QJsonDocument(object)));
            return ExitCode::Done;
        }
        print(lineText(
            QStringLiteral("%1: %2 is %3.").arg(name, action.signature, alarmStateName(action.state))));
        return ExitCode::Done;
    });
}

ExitCode seriesExcuse(const Context &context, const QCommandLineParser &parser) {
    SlotExcuse excuse;
    const QString name = parser.positionalArguments().at(0);
    excuse.slot = instantOf(parser.positionalArguments().at(1));
    excuse.by = parser.value(QStringLiteral("by"));
    excuse.why = parser.value(QStringLiteral("why"));
    if (!excuse.slot.isValid())
        return failUsage(
            context, QStringLiteral("\"%1\" is not a valid time").arg(parser.positionalArguments().at(1)));
    if (excuse.by.trimmed().isEmpty() || excuse.why.trimmed().isEmpty())
        return failUsage(context, QStringLiteral("--by and --why are missing"));
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto judged = archive.judge(name, QDateTime::currentDateTimeUtc());
        if (!judged)
            return fail(judged.error(), ExitCode::NotDone);
        const QList<SeriesSlot> &slotList = judged->table.slotList;
        const auto slot = std::find_if(slotList.begin(), slotList.end(), [&](const SeriesSlot &one) {
            return std::abs(one.at.secsTo(excuse.slot)) <= 60;
        });
        if (slot == slotList.end())
            return fail(
                QStringLiteral("Series %1 has no slot at %2.").arg(name, excuse.slot.toString(Qt::ISODate)),
                ExitCode::NotDone);
        if (!slot->runs.isEmpty())
            return fail(
                QStringLiteral("Something ran in slot %1 of %2, so that there is nothing to excuse. What "
                               "was done about its alarm is noted by slipwayctl series alarm.")
                    .arg(slot->number)
                    .arg(name),
                ExitCode::NotDone);
        const auto noted = archive.excuse(name, excuse);
        if (!noted)
            return fail(noted.error(), ExitCode::NotDone);
        if (parser.isSet(QStringLiteral("json"))) {
            QJsonObject object = excuseToJson(excuse);
            object.insert(QStringLiteral("series"), name);
            print(jsonText(QJsonDocument(object)));
            return ExitCode::Done;
        }
        print(lineText(
            QStringLiteral("%1: the slot of %2 is excused.").arg(name, excuse.slot.toString(Qt::ISODate))));
        return ExitCode::Done;
    });
}

} // namespace slipway::cli
