// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriesdefinition.h"

#include "models/core/instant.h"
#include "models/core/jsonfields.h"
#include "models/evidence/campaignid.h"

#include <QJsonArray>
#include <QUrl>

#include <algorithm>

namespace slipway {

namespace {

constexpr qint64 kMaxCount = 1'000'000;

Error refuse(const QString &field, const QString &why) {
    return {ErrorCode::InvalidInput, QStringLiteral("%1: %2").arg(field, why)};
}

bool isPlainLine(const QString &text) {
    return text.size() <= SeriesDefinition::kMaxText && std::none_of(text.begin(), text.end(), [](QChar c) {
               return c.category() == QChar::Other_Control;
           });
}

// No address with a password: it would be kept, and exported.
bool isWebAddress(const QString &text) {
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() &&
           (url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http"));
}

QString isoText(const QDateTime &time) {
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

} // namespace

QList<QDateTime> SeriesDefinition::slotTimes(const QDateTime &now) const {
    QDateTime last = end;
    if (!last.isValid() && !slotCount)
        last = now;
    const qsizetype most = static_cast<qsizetype>(
        std::min<qint64>(slotCount.value_or(Schedule::kMaxSlots), Schedule::kMaxSlots));
    QList<QDateTime> times;
    if (!schedule.isValid() || !begin.isValid())
        return times;
    for (QDateTime at = schedule.after(begin.addSecs(-1));
         at.isValid() && times.size() < most && (!last.isValid() || at <= last); at = schedule.after(at))
        times << at;
    return times;
}

bool SeriesDefinition::isOver(const QDateTime &now) const {
    if (!end.isValid() && !slotCount)
        return false;
    const QList<QDateTime> times = slotTimes(now);
    return times.isEmpty() || times.constLast() <= now;
}

Result<void> checkDefinition(const SeriesDefinition &definition) {
    if (const QString problem = campaignIdProblem(definition.name); !problem.isEmpty())
        return refuse(QStringLiteral("name"), QStringLiteral("\"%1\" %2").arg(definition.name, problem));
    if (definition.name.size() > 54)
        return refuse(QStringLiteral("name"),
                      QStringLiteral("has more than 54 characters, and its runs add \"-rN\" to it"));
    if (!definition.schedule.isValid())
        return refuse(QStringLiteral("schedule"), QStringLiteral("is missing"));
    if (!definition.begin.isValid())
        return refuse(QStringLiteral("begin"), QStringLiteral("is not a valid time in UTC"));
    if (definition.end.isValid() && definition.end < definition.begin)
        return refuse(QStringLiteral("end"), QStringLiteral("is before the begin"));
    if (definition.slotCount && (*definition.slotCount < 1 || *definition.slotCount > Schedule::kMaxSlots))
        return refuse(QStringLiteral("slots"), QStringLiteral("is from 1 to %1").arg(Schedule::kMaxSlots));
    if (definition.graceSeconds < 1 || definition.graceSeconds > SeriesDefinition::kMaxGraceSeconds)
        return refuse(QStringLiteral("grace"), QStringLiteral("is from a second to 31 days"));
    if (!(definition.claim > 0 && definition.claim < 1))
        return refuse(QStringLiteral("claim"), QStringLiteral("is a share above 0 and below 1"));
    const SeriesBudgets &budgets = definition.budgets;
    if (budgets.reds < 0 || budgets.reds > kMaxCount || budgets.withoutEvidence < 0 ||
        budgets.withoutEvidence > kMaxCount ||
        (budgets.cost && !(*budgets.cost >= 0 && *budgets.cost < 1e12)))
        return refuse(QStringLiteral("budgets"), QStringLiteral("are from 0 to %1").arg(kMaxCount));
    if (definition.breakerSlots < 1 || definition.breakerSlots > kMaxCount)
        return refuse(QStringLiteral("breaker"), QStringLiteral("is from 1 to %1 slots").arg(kMaxCount));
    QStringList lines{definition.plan.fleet,     definition.plan.ref,        definition.plan.protocolFile,
                      definition.plan.server,    definition.notices.webhook, definition.notices.ping,
                      definition.notices.publish};
    lines += definition.plan.settings;
    if (!std::all_of(lines.begin(), lines.end(), isPlainLine))
        return refuse(
            QStringLiteral("plan and notices"),
            QStringLiteral("are plain lines of at most %1 characters").arg(SeriesDefinition::kMaxText));
    for (const QString &address : {definition.notices.webhook, definition.notices.ping}) {
        if (!address.isEmpty() && !isWebAddress(address))
            return refuse(QStringLiteral("webhook and ping"),
                          QStringLiteral("are https:// or http:// addresses without a password"));
    }
    return {};
}

QJsonObject definitionToJson(const SeriesDefinition &definition) {
    QJsonObject schedule;
    if (definition.schedule.cron) {
        schedule.insert(QStringLiteral("cron"), definition.schedule.cron->text());
    } else {
        schedule.insert(QStringLiteral("anchor"), isoText(definition.schedule.anchor));
        schedule.insert(QStringLiteral("period_seconds"), definition.schedule.periodSeconds);
    }
    QJsonObject budgets{{QStringLiteral("reds"), definition.budgets.reds},
                        {QStringLiteral("without_evidence"), definition.budgets.withoutEvidence}};
    if (definition.budgets.cost)
        budgets.insert(QStringLiteral("cost"), *definition.budgets.cost);
    QJsonObject object{
        {QStringLiteral("name"), definition.name},
        {QStringLiteral("schedule"), schedule},
        {QStringLiteral("begin"), isoText(definition.begin)},
        {QStringLiteral("grace_seconds"), definition.graceSeconds},
        {QStringLiteral("claim"), definition.claim},
        {QStringLiteral("budgets"), budgets},
        {QStringLiteral("plan"),
         QJsonObject{{QStringLiteral("fleet"), definition.plan.fleet},
                     {QStringLiteral("ref"), definition.plan.ref},
                     {QStringLiteral("protocol"), definition.plan.protocolFile},
                     {QStringLiteral("server"), definition.plan.server},
                     {QStringLiteral("settings"), QJsonArray::fromStringList(definition.plan.settings)}}},
        {QStringLiteral("notices"), QJsonObject{{QStringLiteral("webhook"), definition.notices.webhook},
                                                {QStringLiteral("ping"), definition.notices.ping},
                                                {QStringLiteral("publish"), definition.notices.publish}}},
        {QStringLiteral("breaker_slots"), definition.breakerSlots},
        {QStringLiteral("origin"),
         definition.origin == SeriesOrigin::Created ? QStringLiteral("created") : QStringLiteral("inferred")},
        {QStringLiteral("schedule_inferred"), definition.isScheduleInferred}};
    if (definition.slotCount)
        object.insert(QStringLiteral("slots"), *definition.slotCount);
    if (definition.end.isValid())
        object.insert(QStringLiteral("end"), isoText(definition.end));
    return object;
}

Result<SeriesDefinition> definitionFromJson(const QJsonObject &object) {
    JsonFields fields(object, QStringLiteral("series"));
    SeriesDefinition definition;
    definition.name = fields.text(QStringLiteral("name"));
    JsonFields schedule(fields.object(QStringLiteral("schedule")), QStringLiteral("series.schedule"));
    if (schedule.has(QStringLiteral("cron"))) {
        const auto cron = CronSchedule::parse(schedule.text(QStringLiteral("cron")));
        if (!cron)
            return cron.error();
        definition.schedule.cron = *cron;
    } else {
        definition.schedule.anchor = instantOf(schedule.text(QStringLiteral("anchor")));
        definition.schedule.periodSeconds =
            schedule.integer(QStringLiteral("period_seconds"), 1, 366LL * 24 * 3600);
    }
    definition.begin = instantOf(fields.text(QStringLiteral("begin")));
    definition.end = instantOf(fields.text(QStringLiteral("end"), QString()));
    if (fields.has(QStringLiteral("slots")))
        definition.slotCount = fields.integer(QStringLiteral("slots"), 1, Schedule::kMaxSlots);
    definition.graceSeconds =
        fields.integer(QStringLiteral("grace_seconds"), 1, SeriesDefinition::kMaxGraceSeconds);
    definition.claim = object.value(QLatin1String("claim")).toDouble();
    const QJsonObject budgetObject = fields.object(QStringLiteral("budgets"));
    JsonFields budgets(budgetObject, QStringLiteral("series.budgets"));
    definition.budgets.reds = budgets.integer(QStringLiteral("reds"), 0, kMaxCount, 0);
    definition.budgets.withoutEvidence = budgets.integer(QStringLiteral("without_evidence"), 0, kMaxCount, 0);
    if (budgetObject.contains(QLatin1String("cost")))
        definition.budgets.cost = budgetObject.value(QLatin1String("cost")).toDouble(-1);
    JsonFields plan(fields.object(QStringLiteral("plan")), QStringLiteral("series.plan"));
    definition.plan.fleet = plan.text(QStringLiteral("fleet"), QString());
    definition.plan.ref = plan.text(QStringLiteral("ref"), QString());
    definition.plan.protocolFile = plan.text(QStringLiteral("protocol"), QString());
    definition.plan.server = plan.text(QStringLiteral("server"), QString());
    definition.plan.settings = plan.texts(QStringLiteral("settings"));
    JsonFields notices(fields.object(QStringLiteral("notices")), QStringLiteral("series.notices"));
    definition.notices.webhook = notices.text(QStringLiteral("webhook"), QString());
    definition.notices.ping = notices.text(QStringLiteral("ping"), QString());
    definition.notices.publish = notices.text(QStringLiteral("publish"), QString());
    definition.breakerSlots = fields.integer(QStringLiteral("breaker_slots"), 1, kMaxCount, 3);
    definition.origin =
        fields.text(QStringLiteral("origin"), QStringLiteral("created")) == QLatin1String("inferred")
            ? SeriesOrigin::Inferred
            : SeriesOrigin::Created;
    definition.isScheduleInferred = fields.flag(QStringLiteral("schedule_inferred"), false);
    for (const JsonFields *part : {&schedule, &budgets, &plan, &notices})
        fields.adopt(*part);
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, fields.problem()};
    if (const auto checked = checkDefinition(definition); !checked)
        return checked.error();
    return definition;
}

} // namespace slipway
