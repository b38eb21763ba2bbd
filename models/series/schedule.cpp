// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/schedule.h"

#include "models/core/instant.h"

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qint64 kMinute = 60;
constexpr qint64 kHour = 60 * kMinute;
constexpr qint64 kDay = 24 * kHour;

// Distances that people schedule by; the end of a run wanders, so the nearest of these is taken.
constexpr std::array<qint64, 19> kCommonPeriods{
    kMinute,    2 * kMinute,  5 * kMinute, 10 * kMinute, 15 * kMinute, 20 * kMinute, 30 * kMinute,
    kHour,      90 * kMinute, 2 * kHour,   3 * kHour,    4 * kHour,    6 * kHour,    8 * kHour,
    12 * kHour, kDay,         2 * kDay,    7 * kDay,     14 * kDay};

// The cron text of slots at `phase` seconds into each period; nothing where cron cannot say it.
QString cronText(qint64 period, qint64 anchor) {
    const QDateTime at = utcOfSeconds(anchor);
    const int minute = at.time().minute();
    const int hour = at.time().hour();
    if (anchor % kMinute != 0)
        return {};
    if (period < kHour && kHour % period == 0) {
        const auto step = static_cast<int>(period / kMinute);
        const int first = minute % step;
        if (step == 1)
            return QStringLiteral("* * * * *");
        return first == 0 ? QStringLiteral("*/%1 * * * *").arg(step)
                          : QStringLiteral("%1-59/%2 * * * *").arg(first).arg(step);
    }
    if (period == kHour)
        return QStringLiteral("%1 * * * *").arg(minute);
    if (period < kDay && period % kHour == 0 && kDay % period == 0) {
        const auto step = static_cast<int>(period / kHour);
        const int first = hour % step;
        return first == 0 ? QStringLiteral("%1 */%2 * * *").arg(minute).arg(step)
                          : QStringLiteral("%1 %2-23/%3 * * *").arg(minute).arg(first).arg(step);
    }
    if (period == kDay)
        return QStringLiteral("%1 %2 * * *").arg(minute).arg(hour);
    if (period == 7 * kDay)
        return QStringLiteral("%1 %2 * * %3").arg(minute).arg(hour).arg(at.date().dayOfWeek() % 7);
    return {};
}

qint64 nearestUsual(qint64 period) {
    qint64 best = period;
    for (const qint64 usual : kCommonPeriods) {
        if (std::abs(usual - period) * 5 <= usual &&
            (best == period || std::abs(usual - period) < std::abs(best - period)))
            best = usual;
    }
    return best;
}

QList<qint64> distancesOf(const QList<qint64> &times) {
    QList<qint64> distances;
    for (qsizetype i = 1; i < times.size(); ++i)
        distances << times.at(i) - times.at(i - 1);
    std::sort(distances.begin(), distances.end());
    return distances;
}

// The distance that most neighbours have, a third of them at least.
qint64 commonDistance(const QList<qint64> &times) {
    const QList<qint64> distances = distancesOf(times);
    qint64 best = 0;
    qsizetype most = 0;
    for (qsizetype i = 0; i < distances.size();) {
        const qsizetype begin = i;
        while (i < distances.size() && distances.at(i) == distances.at(begin))
            ++i;
        if (i - begin > most) {
            most = i - begin;
            best = distances.at(begin);
        }
    }
    return most * 3 >= distances.size() ? best : 0;
}

// Ends wander by how long a run took to begin, so that no two distances are equal.
qint64 usualDistance(const QList<qint64> &times) {
    const QList<qint64> distances = distancesOf(times);
    const qint64 period = nearestUsual(distances.at(distances.size() / 2));
    const auto near = std::count_if(distances.begin(), distances.end(), [period](qint64 distance) {
        return distance * 10 >= period * 6 && distance * 10 <= period * 14;
    });
    return near * 2 >= distances.size() ? period : 0;
}

// Where in the period the slots lie: that of most of them.
qint64 commonPhase(const QList<qint64> &times, qint64 period) {
    QList<qint64> phases;
    for (const qint64 time : times)
        phases << time % period;
    std::sort(phases.begin(), phases.end());
    qint64 best = phases.constFirst();
    qsizetype most = 0;
    for (qsizetype i = 0; i < phases.size();) {
        const qsizetype begin = i;
        while (i < phases.size() && phases.at(i) == phases.at(begin))
            ++i;
        if (i - begin > most) {
            most = i - begin;
            best = phases.at(begin);
        }
    }
    return best;
}

// Runs end some time after their slot: the slot lies before the first end after the widest gap of the period.
qint64 phaseBeforeEnds(const QList<qint64> &times, qint64 period) {
    QList<qint64> phases;
    for (const qint64 time : times)
        phases << time % period;
    std::sort(phases.begin(), phases.end());
    qint64 widest = phases.constFirst() + period - phases.constLast();
    qint64 first = phases.constFirst();
    for (qsizetype i = 1; i < phases.size(); ++i) {
        if (phases.at(i) - phases.at(i - 1) > widest) {
            widest = phases.at(i) - phases.at(i - 1);
            first = phases.at(i);
        }
    }
    const qint64 grain = period >= kHour ? 15 * kMinute : kMinute;
    return first / grain * grain;
}

} // namespace

QString Schedule::text() const {
    if (cron)
        return cron->text();
    return periodSeconds % kMinute == 0 ? QStringLiteral("each %1 minutes from %2")
                                              .arg(periodSeconds / kMinute)
                                              .arg(anchor.toString(Qt::ISODate))
                                        : QStringLiteral("each %1 seconds from %2")
                                              .arg(periodSeconds)
                                              .arg(anchor.toString(Qt::ISODate));
}

QDateTime Schedule::after(const QDateTime &moment) const {
    if (cron)
        return cron->after(moment);
    if (!isValid())
        return {};
    const qint64 since = moment.toMSecsSinceEpoch() - anchor.toMSecsSinceEpoch();
    const qint64 period = periodSeconds * 1000;
    qint64 steps = since / period;
    if (since < 0 && since % period != 0)
        --steps;
    return anchor.addMSecs((steps + 1) * period);
}

QList<QDateTime> Schedule::between(const QDateTime &from, const QDateTime &to) const {
    QList<QDateTime> times;
    for (QDateTime at = after(from.addSecs(-1)); at.isValid() && at <= to && times.size() < kMaxSlots;
         at = after(at))
        times << at;
    return times;
}

std::optional<Schedule> inferSchedule(QList<QDateTime> moments, bool areSlots) {
    QList<qint64> times;
    for (const QDateTime &moment : moments) {
        if (moment.isValid())
            times << moment.toSecsSinceEpoch();
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    if (times.size() < 3)
        return std::nullopt;
    const qint64 period = areSlots ? commonDistance(times) : usualDistance(times);
    if (period <= 0)
        return std::nullopt;
    const qint64 phase = areSlots ? commonPhase(times, period) : phaseBeforeEnds(times, period);
    const qint64 anchor = times.constFirst() / period * period + phase;
    Schedule schedule;
    if (const QString text = cronText(period, anchor); !text.isEmpty()) {
        if (const auto cron = CronSchedule::parse(text))
            schedule.cron = *cron;
    }
    if (!schedule.cron) {
        schedule.anchor = utcOfSeconds(anchor);
        schedule.periodSeconds = period;
    }
    return schedule;
}

} // namespace slipway
