// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/seriestext.h"
#include "models/core/instant.h"

#include <QCommandLineParser>
#include <QDateTime>
#include <QJsonDocument>

#include <cmath>

namespace slipway::cli {

namespace {

Error wrong(const QString &option, const QString &why) {
    return {ErrorCode::InvalidInput, QStringLiteral("--%1 %2").arg(option, why)};
}

// The value of an option that is given, read by `read`; what cannot be read names the option.
template <typename Read>
Result<void> take(const QCommandLineParser &parser, const char *name, const QString &what, const Read &read) {
    const QString option = QLatin1String(name);
    if (!parser.isSet(option) || read(parser.value(option)))
        return {};
    return wrong(option, QStringLiteral("wants %1, not \"%2\"").arg(what, parser.value(option)));
}

bool readWhole(const QString &text, qint64 &value) {
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber)
        value = number;
    return isNumber;
}

bool readTime(const QString &text, QDateTime &time) {
    const QDateTime at = instantOf(text);
    if (at.isValid())
        time = at;
    return at.isValid();
}

bool readShare(const QString &text, double &value) {
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber && std::isfinite(number))
        value = number;
    return isNumber && std::isfinite(number);
}

Result<void> applyOptions(const QCommandLineParser &parser, SeriesDefinition &definition) {
    if (const QString option = QStringLiteral("cron"); parser.isSet(option)) {
        const auto cron = CronSchedule::parse(parser.value(option));
        if (!cron)
            return cron.error();
        definition.schedule = Schedule();
        definition.schedule.cron = *cron;
    }
    const QString whole = QStringLiteral("a whole number");
    const QString time = QStringLiteral("a time such as 2026-04-20T20:13Z");
    const QString number = QStringLiteral("a number");
    qint64 graceMinutes = definition.graceSeconds / 60;
    qint64 slotCount = definition.slotCount.value_or(0);
    double cost = 0;
    for (const auto &taken :
         {take(parser, "begin", time, [&](const QString &text) { return readTime(text, definition.begin); }),
          take(parser, "end", time, [&](const QString &text) { return readTime(text, definition.end); }),
          take(parser, "slots", whole, [&](const QString &text) { return readWhole(text, slotCount); }),
          take(parser, "grace", whole,
               [&](const QString &text) {
                   return readWhole(text, graceMinutes) && graceMinutes <= 31LL * 24 * 60;
               }),
          take(parser, "claim", number,
               [&](const QString &text) { return readShare(text, definition.claim); }),
          take(parser, "max-reds", whole,
               [&](const QString &text) { return readWhole(text, definition.budgets.reds); }),
          take(parser, "max-without-evidence", whole,
               [&](const QString &text) { return readWhole(text, definition.budgets.withoutEvidence); }),
          take(parser, "max-cost", number, [&](const QString &text) { return readShare(text, cost); }),
          take(parser, "breaker", whole,
               [&](const QString &text) { return readWhole(text, definition.breakerSlots); })}) {
        if (!taken)
            return taken;
    }
    if (parser.isSet(QStringLiteral("slots")))
        definition.slotCount = slotCount;
    if (parser.isSet(QStringLiteral("grace")))
        definition.graceSeconds = graceMinutes * 60;
    if (parser.isSet(QStringLiteral("max-cost")))
        definition.budgets.cost = cost;
    const auto text = [&](const char *name, QString &value) {
        if (parser.isSet(QLatin1String(name)))
            value = parser.value(QLatin1String(name));
    };
    text("fleet", definition.plan.fleet);
    text("ref", definition.plan.ref);
    text("protocol", definition.plan.protocolFile);
    text("server", definition.plan.server);
    text("webhook", definition.notices.webhook);
    text("ping", definition.notices.ping);
    text("publish", definition.notices.publish);
    if (parser.isSet(QStringLiteral("set")))
        definition.plan.settings = parser.values(QStringLiteral("set"));
    return checkDefinition(definition);
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

ExitCode store(SeriesArchive &archive, const SeriesDefinition &definition, bool json) {
    const auto stored = archive.define(definition);
    return stored ? printDefinition(definition, json) : fail(stored.error(), ExitCode::NotDone);
}

} // namespace

ExitCode seriesCreate(const Context &context, const QCommandLineParser &parser) {
    SeriesDefinition definition;
    definition.name = parser.positionalArguments().constFirst();
    definition.begin = utcOfSeconds(QDateTime::currentSecsSinceEpoch());
    for (const auto &option : {QStringLiteral("cron"), QStringLiteral("fleet")}) {
        if (parser.value(option).isEmpty())
            return failUsage(context, QStringLiteral("--%1 is missing").arg(option));
    }
    if (const auto applied = applyOptions(parser, definition); !applied)
        return failUsage(context, applied.error().text);
    return withSeries(context, [&](SeriesArchive &archive) {
        const auto known = archive.definition(definition.name);
        if (known && known->origin == SeriesOrigin::Created)
            return fail(QStringLiteral("There is a series %1 already; \"series edit\" changes it.")
                            .arg(definition.name),
                        ExitCode::Usage);
        if (!known && known.error().code != ErrorCode::NotFound)
            return fail(known.error(), ExitCode::NotDone);
        return store(archive, definition, parser.isSet(QStringLiteral("json")));
    });
}

ExitCode seriesEdit(const Context &context, const QCommandLineParser &parser) {
    return withSeries(context, [&](SeriesArchive &archive) {
        auto definition = archive.definition(parser.positionalArguments().constFirst());
        if (!definition)
            return fail(definition.error(), ExitCode::NotDone);
        definition->origin = SeriesOrigin::Created;
        definition->isScheduleInferred = false;
        if (const auto applied = applyOptions(parser, *definition); !applied)
            return failUsage(context, applied.error().text);
        return store(archive, *definition, parser.isSet(QStringLiteral("json")));
    });
}

ExitCode seriesEnd(const Context &context, const QCommandLineParser &parser) {
    return withSeries(context, [&](SeriesArchive &archive) {
        auto definition = archive.definition(parser.positionalArguments().constFirst());
        if (!definition)
            return fail(definition.error(), ExitCode::NotDone);
        const QDateTime now = utcOfSeconds(QDateTime::currentSecsSinceEpoch());
        if (definition->isOver(now))
            return fail(QStringLiteral("Series %1 is over already.").arg(definition->name), ExitCode::No);
        definition->end = std::max(now, definition->begin);
        return store(archive, *definition, parser.isSet(QStringLiteral("json")));
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
        const bool isSlot =
            std::any_of(judged->table.slotList.begin(), judged->table.slotList.end(),
                        [&](const SeriesSlot &slot) { return std::abs(slot.at.secsTo(excuse.slot)) <= 60; });
        if (!isSlot)
            return fail(
                QStringLiteral("Series %1 has no slot at %2.").arg(name, excuse.slot.toString(Qt::ISODate)),
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
