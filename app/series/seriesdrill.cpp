// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/seriesdrill.h"

#include "app/archive/archive.h"
#include "app/series/seriesarchive.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr int kSoundRuns = 24; // more than the baseline of durations

struct Kind {
    QLatin1String name;
    QLatin1String rule;
    int reports;
    int seconds;
    int lost;
    bool runs;
};

constexpr std::array<Kind, 4> kKinds{
    {{QLatin1String("no-evidence"), QLatin1String("evidence-claim"), 0, 0, 0, true},
     {QLatin1String("slow"), QLatin1String("duration-individuals"), 6, 900, 0, true},
     {QLatin1String("lost-write"), QLatin1String("loss"), 6, 500, 1, true},
     {QLatin1String("missed-slot"), QLatin1String("schedule-missed"), 0, 0, 0, false}}};

QByteArray rowOf(int number, const QDateTime &slot, int reports, int seconds, int lost) {
    return QStringLiteral("%1,%2,%3,true,%4,%5,%6\n")
        .arg(number)
        .arg(slot.toString(Qt::ISODate), slot.addSecs(60).toString(Qt::ISODate))
        .arg(reports)
        .arg(seconds > 0 ? QString::number(seconds) : QString())
        .arg(lost)
        .toUtf8();
}

} // namespace

std::optional<DrillKind> drillKindFromName(const QString &name) {
    const auto *const it =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind &kind) { return kind.name == name; });
    return it == kKinds.end() ? std::nullopt : std::optional(static_cast<DrillKind>(it - kKinds.begin()));
}

QString drillKindName(DrillKind kind) {
    return kKinds.at(static_cast<size_t>(kind)).name;
}

Result<DrillResult> drill(const SeriesDefinition &definition, DrillKind kind, const NoticeBook::Send &send) {
    const Kind &injected = kKinds.at(static_cast<size_t>(kind));
    QElapsedTimer timer;
    timer.start();
    const QTemporaryDir dir;
    if (!dir.isValid())
        return Error{ErrorCode::Io,
                     QStringLiteral("A scratch folder cannot be made: %1").arg(dir.errorString())};
    const auto store = Archive::open(Paths{dir.path()});
    if (!store)
        return store.error();
    SeriesArchive archive(**store);
    SeriesDefinition scratch = definition;
    scratch.slotCount = kSoundRuns + 2;
    scratch.end = {};
    scratch.baseline.reset(); // of runs that the drill has not
    QByteArray table = "run,slot,completed_at,claimed_pass,reports_with_content,seconds,lost_writes\n";
    QDateTime slot = scratch.begin.addSecs(-1);
    int number = 0;
    for (; number < kSoundRuns; ++number) {
        slot = scratch.schedule.after(slot);
        table += rowOf(number + 1, slot, 6, 500 + number % 5, 0);
    }
    slot = scratch.schedule.after(slot);
    if (injected.runs)
        table += rowOf(++number, slot, injected.reports, injected.seconds, injected.lost);
    if (const auto defined = archive.define(scratch); !defined)
        return defined.error();
    if (const auto kept = archive.importTable(scratch.name, table); !kept)
        return kept.error();
    const auto judged = archive.judge(scratch.name, slot.addSecs(scratch.graceSeconds + 1));
    if (!judged)
        return judged.error();
    const auto alarm = std::find_if(judged->alarms.begin(), judged->alarms.end(),
                                    [&](const Alarm &one) { return one.first.rule == injected.rule; });
    if (alarm == judged->alarms.end())
        return Error{ErrorCode::Corrupt, QStringLiteral("The drill %1 of series %2 raised no alarm %3.")
                                             .arg(injected.name, scratch.name, injected.rule)};
    NoticeBook notices(archive.entries(), scratch.name);
    DrillResult result;
    result.kind = kind;
    result.rule = alarm->first.rule;
    result.run = alarm->first.run;
    result.title = QStringLiteral("DRILL, series %1: %2").arg(scratch.name, alarm->first.signature());
    result.text = alarm->first.text;
    result.hasWebhook = !definition.notices.webhook.isEmpty();
    result.isTold = true;
    const auto kept = notices.keep(QStringLiteral("drill/") + injected.name, result.title, result.text);
    if (!kept)
        return kept.error();
    const auto left = notices.deliver([&](const SeriesMessage &notice) {
        const auto sent = send(notice);
        if (!sent) {
            result.isTold = false;
            result.problem = sent.error().text;
        }
        return sent;
    });
    if (!left)
        return left.error();
    result.milliseconds = timer.elapsed();
    return result;
}

QJsonObject drillToJson(const DrillResult &result) {
    return {{QStringLiteral("kind"), drillKindName(result.kind)},
            {QStringLiteral("rule"), result.rule},
            {QStringLiteral("run"), result.run},
            {QStringLiteral("reason"), result.text},
            {QStringLiteral("webhook"), result.hasWebhook},
            {QStringLiteral("told"), result.isTold},
            {QStringLiteral("problem"), result.problem},
            {QStringLiteral("milliseconds"), result.milliseconds}};
}

Result<void> noteDrill(SeriesStore &entries, const QString &series, const DrillResult &result) {
    return entries.addObject(series, kSeriesDrill, drillToJson(result));
}

} // namespace slipway
