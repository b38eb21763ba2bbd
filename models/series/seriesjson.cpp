// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/seriesjson.h"

#include <QJsonArray>

namespace slipway {

namespace {

QJsonValue timeValue(const QDateTime &time) {
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue();
}

template <typename T>
QJsonValue valueOr(const std::optional<T> &value) {
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonObject alarmToJson(const Alarm &alarm) {
    return {{QStringLiteral("rule"), alarm.first.rule},
            {QStringLiteral("run"), alarm.first.run},
            {QStringLiteral("at"), timeValue(alarm.first.at)},
            {QStringLiteral("state"), alarmStateName(alarm.state)}};
}

QJsonObject alarmDetails(const Alarm &alarm) {
    QJsonObject object = alarmToJson(alarm);
    object.insert(QStringLiteral("signature"), alarm.first.signature());
    object.insert(QStringLiteral("reason"), alarm.first.text);
    QJsonArray all;
    for (const AlarmSignal &signal : alarm.signalList)
        all << QJsonObject{{QStringLiteral("run"), signal.run},
                           {QStringLiteral("at"), timeValue(signal.at)},
                           {QStringLiteral("reason"), signal.text}};
    object.insert(QStringLiteral("signals"), all);
    if (alarm.action)
        object.insert(QStringLiteral("action"), actionToJson(*alarm.action));
    return object;
}

QJsonObject runDetails(const SeriesRun &run) {
    QJsonObject seconds;
    for (auto it = run.seconds.constBegin(); it != run.seconds.constEnd(); ++it)
        seconds.insert(it.key(), *it);
    QJsonObject measures;
    for (auto it = run.measures.constBegin(); it != run.measures.constEnd(); ++it)
        measures.insert(it.key(), *it);
    QJsonObject facts;
    for (auto it = run.facts.constBegin(); it != run.facts.constEnd(); ++it)
        facts.insert(it.key(), *it);
    return {{QStringLiteral("id"), run.id},
            {QStringLiteral("run"), run.ordinal},
            {QStringLiteral("completed_at"), timeValue(run.completedAt)},
            {QStringLiteral("claimed_pass"), valueOr(run.claimedPass)},
            {QStringLiteral("verdict"), run.verdict ? QJsonValue(verdictName(*run.verdict)) : QJsonValue()},
            {QStringLiteral("evidence"), run.hasEvidence},
            {QStringLiteral("seconds"), seconds},
            {QStringLiteral("measures"), measures},
            {QStringLiteral("cost"), valueOr(run.cost)},
            {QStringLiteral("lost"), valueOr(run.lost)},
            {QStringLiteral("facts"), facts}};
}

QJsonArray slotDetails(const SeriesJudgement &judged) {
    QJsonArray all;
    for (const SeriesSlot &slot : judged.table.slotList) {
        QJsonArray runs;
        for (const qsizetype index : slot.runs)
            runs << judged.runs.at(index).ordinal;
        QJsonObject object{{QStringLiteral("slot"), slot.number},
                           {QStringLiteral("at"), timeValue(slot.at)},
                           {QStringLiteral("state"), slotStateName(slot.state)},
                           {QStringLiteral("runs"), runs}};
        if (slot.state == SlotState::Excused) {
            object.insert(QStringLiteral("by"), slot.excuse.by);
            object.insert(QStringLiteral("why"), slot.excuse.why);
        }
        all << object;
    }
    return all;
}

QJsonArray poolDetails(const SeriesJudgement &judged) {
    QJsonArray all;
    for (const BoundPool &pool : judged.pools) {
        QJsonObject classes;
        for (auto it = pool.classes.constBegin(); it != pool.classes.constEnd(); ++it)
            classes.insert(it.key(), QJsonObject{{QStringLiteral("cycles"), it->cycles()},
                                                 {QStringLiteral("clean"), it->clean()},
                                                 {QStringLiteral("lower"), it->lower()},
                                                 {QStringLiteral("upper"), it->upper()}});
        all << QJsonObject{{QStringLiteral("server_and_protocol"), pool.name},
                           {QStringLiteral("first_run"), judged.runs.at(pool.firstRun).ordinal},
                           {QStringLiteral("last_run"), judged.runs.at(pool.lastRun).ordinal},
                           {QStringLiteral("classes"), classes},
                           {QStringLiteral("text"), pool.text(judged.definition.claim)}};
    }
    return all;
}

QJsonArray changeDetails(const SeriesJudgement &judged) {
    QJsonArray all;
    for (const SeriesChange &change : judged.changes) {
        const SeriesRun &run = judged.runs.at(change.run);
        all << QJsonObject{{QStringLiteral("measure"), change.measure},
                           {QStringLiteral("run"), run.ordinal},
                           {QStringLiteral("at"), timeValue(run.moment())},
                           {QStringLiteral("before"), change.point.before},
                           {QStringLiteral("after"), change.point.after},
                           {QStringLiteral("p"), change.point.pValue},
                           {QStringLiteral("suspects"), QJsonArray::fromStringList(change.suspects)}};
    }
    return all;
}

QJsonArray ruleDetails() {
    QJsonArray all;
    for (const AlarmRule &rule : alarmRules())
        all << QJsonObject{{QStringLiteral("rule"), QLatin1String(rule.name)},
                           {QStringLiteral("watches"), QLatin1String(rule.watches)},
                           {QStringLiteral("assumes"), QLatin1String(rule.assumes)},
                           {QStringLiteral("false_per_1000_runs"), rule.falsePerThousand}};
    return all;
}

} // namespace

QJsonObject seriesToJson(const SeriesJudgement &judged) {
    const SeriesCounts &counts = judged.counts;
    QJsonArray alarms;
    for (const Alarm &alarm : judged.alarms)
        alarms << alarmToJson(alarm);
    return {{QStringLiteral("series"), judged.definition.name},
            {QStringLiteral("slots"), counts.slotsInAll},
            {QStringLiteral("runs"), counts.runs},
            {QStringLiteral("missed"), counts.missed},
            {QStringLiteral("doubled"), counts.doubled},
            {QStringLiteral("claimed_pass"), counts.claimedPass},
            {QStringLiteral("evidence_missing"), counts.runsWithoutEvidence},
            {QStringLiteral("verdict"), verdictName(judged.verdict.verdict)},
            {QStringLiteral("head"), judged.verdict.head},
            {QStringLiteral("bound"),
             judged.pools.isEmpty() ? QJsonValue() : valueOr(judged.pools.constLast().lower())},
            {QStringLiteral("alarms"), alarms},
            {QStringLiteral("last_drill"),
             judged.lastDrill ? QJsonValue(drillToJson(*judged.lastDrill)) : QJsonValue()}};
}

QJsonObject seriesDetailsToJson(const SeriesJudgement &judged) {
    QJsonObject object = seriesToJson(judged);
    QJsonArray alarms;
    for (const Alarm &alarm : judged.alarms)
        alarms << alarmDetails(alarm);
    QJsonArray runs;
    for (const SeriesRun &run : judged.runs)
        runs << runDetails(run);
    QJsonArray flips;
    for (const CheckFlips &flip : judged.flips)
        flips << QJsonObject{{QStringLiteral("check"), flip.check},
                             {QStringLiteral("flips"), flip.flips},
                             {QStringLiteral("runs"), flip.runs}};
    QJsonArray burn;
    for (const BurnRate &rate : judged.burn)
        burn << QJsonObject{{QStringLiteral("budget"), rate.budget},
                            {QStringLiteral("window"), rate.window},
                            {QStringLiteral("used"), rate.used},
                            {QStringLiteral("slots"), rate.slotCount},
                            {QStringLiteral("rate"), valueOr(rate.rate)}};
    object.insert(QStringLiteral("alarms"), alarms);
    object.insert(QStringLiteral("definition"), definitionToJson(judged.definition));
    object.insert(QStringLiteral("slot_list"), slotDetails(judged));
    object.insert(QStringLiteral("run_list"), runs);
    object.insert(QStringLiteral("late"), judged.counts.late);
    object.insert(QStringLiteral("excused"), judged.counts.excused);
    object.insert(QStringLiteral("extra"), judged.table.extra.size());
    object.insert(QStringLiteral("pools"), poolDetails(judged));
    object.insert(QStringLiteral("changes"), changeDetails(judged));
    object.insert(QStringLiteral("flips"), flips);
    object.insert(QStringLiteral("burn"), burn);
    object.insert(QStringLiteral("cost"),
                  judged.counts.hasCost ? QJsonValue(judged.counts.cost) : QJsonValue());
    object.insert(QStringLiteral("next_slot"), timeValue(judged.nextSlot));
    object.insert(QStringLiteral("rules_version"), kAlarmRulesVersion);
    object.insert(QStringLiteral("rules"), ruleDetails());
    object.insert(QStringLiteral("removed"), QJsonArray::fromStringList(judged.removed));
    object.insert(QStringLiteral("notes"), QJsonArray::fromStringList(judged.notes));
    return object;
}

} // namespace slipway
