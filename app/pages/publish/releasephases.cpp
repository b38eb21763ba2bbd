// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/publish/releasephases.h"

#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace slipway {

namespace {

const QString kDash = QStringLiteral(" — ");

WallSpan spanOfPhase(const CampaignRecord &record, int phase) {
    WallSpan span;
    for (const PhaseRun &run : record.phaseRuns) {
        if (run.phase == phase)
            span.include(run.startedAt, run.finishedAt);
    }
    return span;
}

QString phaseName(int phase) {
    constexpr std::array kNames{"functional", "federation", "migration", "chaos"};
    const auto index = static_cast<std::size_t>(phase) - 1;
    return index < kNames.size() ? QString::fromLatin1(kNames.at(index))
                                 : QStringLiteral("phase %1").arg(phase);
}

// Each once: a detail often is the reason already.
QString reasonOf(const Judgement &judgement, int phase, const QString &said) {
    QStringList reasons;
    for (const Check &check : judgement.checks) {
        if (check.phase == phase && check.flaw == Check::Flaw::Unsupported && !check.reason.isEmpty() &&
            !said.contains(check.reason) && !reasons.contains(check.reason))
            reasons << check.reason;
    }
    return reasons.join(QLatin1Char(' '));
}

QJsonObject phaseOf(const CampaignRecord &record, const PhaseJudgement &phase, QJsonObject object) {
    const bool isUnproven = phase.verdict == Verdict::UnprovenPass;
    const QString found =
        phase.detail.isEmpty() ? phase.headline : phase.headline + QStringLiteral(", ") + phase.detail;
    const QString written = object.value(QLatin1String("notes")).toString();
    if (isUnproven)
        object.insert(
            QStringLiteral("notes"),
            withOwnNote(written, QStringLiteral("%1: %2 %3")
                                     .arg(kUnproven, found, reasonOf(*record.judgement, phase.phase, found))
                                     .simplified()));
    else if (written.isEmpty() || written.contains(kUnproven))
        object.insert(QStringLiteral("notes"), withOwnNote(written, found));
    object.insert(QStringLiteral("phase"), phase.phase);
    object.insert(QStringLiteral("pass"), isUnproven || phase.verdict == Verdict::Proven);
    if (object.value(QLatin1String("name")).toString().isEmpty())
        object.insert(QStringLiteral("name"), phaseName(phase.phase));
    if (const auto seconds = spanOfPhase(record, phase.phase).seconds()) {
        object.insert(QStringLiteral("wall_seconds"), *seconds);
        object.insert(QStringLiteral("wall_human"), WallSpan::text(*seconds));
    }
    return object;
}

} // namespace

void WallSpan::include(const QDateTime &start, const QDateTime &end) {
    if (start.isValid() && (!from.isValid() || start < from))
        from = start;
    if (end.isValid() && (!to.isValid() || end > to))
        to = end;
}

std::optional<qint64> WallSpan::seconds() const {
    if (!from.isValid() || !to.isValid() || to < from)
        return std::nullopt;
    return qRound64(static_cast<double>(from.msecsTo(to)) / 1000.0);
}

QString WallSpan::text(qint64 seconds) {
    constexpr qint64 kMinute = 60;
    constexpr qint64 kHour = 3600;
    QString words;
    if (seconds >= kHour)
        words += QStringLiteral("%1h").arg(seconds / kHour);
    if (seconds % kHour >= kMinute)
        words += QStringLiteral("%1m").arg(seconds % kHour / kMinute);
    if (seconds % kMinute > 0 || words.isEmpty())
        words += QStringLiteral("%1s").arg(seconds % kMinute);
    return words;
}

QString withOwnNote(const QString &written, const QString &own) {
    qsizetype end = written.size();
    for (const QString &mark : {kUnproven, kProven}) {
        if (written.startsWith(mark))
            end = 0;
        if (const qsizetype at = written.indexOf(kDash + mark); at >= 0)
            end = std::min(end, at);
    }
    const QString theirs = written.left(end).trimmed();
    return theirs.isEmpty() ? own : theirs + kDash + own;
}

QJsonArray releasePhases(const CampaignRecord &record, const QJsonArray &existing) {
    QJsonArray phases = existing;
    for (const PhaseJudgement &phase : record.judgement->phases) {
        const auto there = std::find_if(phases.begin(), phases.end(), [&](const QJsonValue &one) {
            return one.toObject().value(QLatin1String("phase")).toInt() == phase.phase;
        });
        const QJsonObject object =
            phaseOf(record, phase, there == phases.end() ? QJsonObject() : QJsonValue(*there).toObject());
        if (there == phases.end())
            phases.append(object);
        else
            *there = object;
    }
    return phases;
}

} // namespace slipway
