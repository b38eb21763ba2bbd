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
constexpr double kMaxCost = 1e12;
constexpr qsizetype kMaxName = 54;

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

QList<FieldProblem> definitionProblems(const SeriesDefinition &definition) {
    QList<FieldProblem> problems;
    const auto refuse = [&](bool isWrong, const char *field, const QString &text) {
        if (isWrong)
            problems << FieldProblem{QLatin1String(field), text};
    };
    const auto isOutside = [](qint64 value, qint64 min, qint64 max) { return value < min || value > max; };
    const QString idProblem = campaignIdProblem(definition.name);
    refuse(!idProblem.isEmpty(), "name",
           definition.name.isEmpty() ? QStringLiteral("is missing")
                                     : QStringLiteral("\"%1\" %2").arg(definition.name, idProblem));
    refuse(idProblem.isEmpty() && definition.name.size() > kMaxName, "name",
           QStringLiteral("has more than %1 characters, and its runs add \"-rN\" to it").arg(kMaxName));
    refuse(!definition.schedule.isValid(), "cron", QStringLiteral("is missing"));
    refuse(!definition.begin.isValid(), "begin", QStringLiteral("is not a valid time in UTC"));
    refuse(definition.end.isValid() && definition.end < definition.begin, "end",
           QStringLiteral("is before the begin"));
    refuse(definition.slotCount && isOutside(*definition.slotCount, 1, Schedule::kMaxSlots), "slots",
           QStringLiteral("must be from 1 to %1").arg(Schedule::kMaxSlots));
    refuse(isOutside(definition.graceSeconds, 1, SeriesDefinition::kMaxGraceSeconds), "grace",
           QStringLiteral("must be from a second to 31 days"));
    refuse(!(definition.claim > 0 && definition.claim < 1), "claim",
           QStringLiteral("must be a share above 0 and below 1"));
    const SeriesBudgets &budgets = definition.budgets;
    const QString counts = QStringLiteral("must be from 0 to %1").arg(kMaxCount);
    refuse(isOutside(budgets.reds, 0, kMaxCount), "max-reds", counts);
    refuse(isOutside(budgets.withoutEvidence, 0, kMaxCount), "max-without-evidence", counts);
    refuse(budgets.cost && !(*budgets.cost >= 0 && *budgets.cost < kMaxCost), "max-cost",
           QStringLiteral("must be 0 or more"));
    refuse(isOutside(definition.breakerSlots, 1, kMaxCount), "breaker",
           QStringLiteral("must be from 1 to %1 slots").arg(kMaxCount));
    if (const auto &range = definition.baseline)
        refuse(range->first < 1 || range->first > kMaxCount || range->last > kMaxCount ||
                   (range->last != 0 && range->last - range->first + 1 < SeriesDefinition::kMinBaseline),
               "baseline",
               QStringLiteral("must name at least %1 runs, such as 40-60, or the first of them")
                   .arg(SeriesDefinition::kMinBaseline));
    const QString line =
        QStringLiteral("must be a plain line of at most %1 characters").arg(SeriesDefinition::kMaxText);
    for (const auto &[field, text] :
         {std::pair{"fleet", definition.plan.fleet}, std::pair{"ref", definition.plan.ref},
          std::pair{"protocol", definition.plan.protocolFile}, std::pair{"server", definition.plan.server},
          std::pair{"publish", definition.notices.publish}})
        refuse(!isPlainLine(text), field, line);
    refuse(!std::all_of(definition.plan.settings.begin(), definition.plan.settings.end(), isPlainLine), "set",
           line);
    for (const auto &[field, address] :
         {std::pair{"webhook", definition.notices.webhook}, std::pair{"ping", definition.notices.ping}})
        refuse(!address.isEmpty() && !(isPlainLine(address) && isWebAddress(address)), field,
               QStringLiteral("must be an https:// or http:// address without a password"));
    return problems;
}

Error errorOf(const FieldProblem &problem) {
    return {ErrorCode::InvalidInput, QStringLiteral("%1 %2").arg(problem.field, problem.text)};
}

Result<void> checkDefinition(const SeriesDefinition &definition) {
    const QList<FieldProblem> problems = definitionProblems(definition);
    return problems.isEmpty() ? Result<void>() : errorOf(problems.constFirst());
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
    if (definition.baseline) {
        QJsonObject range{{QStringLiteral("first"), definition.baseline->first}};
        if (definition.baseline->last > 0)
            range.insert(QStringLiteral("last"), definition.baseline->last);
        object.insert(QStringLiteral("baseline"), range);
    }
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
    JsonFields range(fields.object(QStringLiteral("baseline")), QStringLiteral("series.baseline"));
    if (fields.has(QStringLiteral("baseline")))
        definition.baseline =
            BaselineRange{static_cast<int>(range.integer(QStringLiteral("first"), 1, kMaxCount)),
                          static_cast<int>(range.integer(QStringLiteral("last"), 0, kMaxCount, 0))};
    for (const JsonFields *part : {&schedule, &budgets, &plan, &notices, &range})
        fields.adopt(*part);
    if (!fields.problem().isEmpty())
        return Error{ErrorCode::InvalidInput, fields.problem()};
    if (const auto checked = checkDefinition(definition); !checked)
        return checked.error();
    return definition;
}

} // namespace slipway
