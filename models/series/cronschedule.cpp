// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/cronschedule.h"

#include "models/core/instant.h"

#include <QStringList>

#include <array>

namespace slipway {

namespace {

constexpr qsizetype kMaxText = 200;
constexpr qint64 kEpochDay = 2'440'588; // Julian day of 1 January 1970
constexpr int kDaysAhead = 8 * 366;     // 29 February comes after eight years at the latest

struct Field {
    const char *name;
    int min;
    int max;
};

constexpr std::array<Field, 5> kFields{{{"minute", 0, 59},
                                        {"hour", 0, 23},
                                        {"day of the month", 1, 31},
                                        {"month", 1, 12},
                                        {"day of the week", 0, 7}}};

std::optional<int> numberOf(QStringView word, const Field &field) {
    if (word.isEmpty() || word.size() > 2)
        return std::nullopt;
    int value = 0;
    for (const QChar c : word) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        value = value * 10 + (c.unicode() - u'0');
    }
    return value >= field.min && value <= field.max ? std::optional(value) : std::nullopt;
}

// One item of a list: "*", "5", "8-17", each with "/step".
bool setItem(QStringView item, const Field &field, std::bitset<60> &bits) {
    int step = 1;
    const qsizetype slash = item.indexOf(u'/');
    if (slash >= 0) {
        const auto number = numberOf(item.mid(slash + 1), {"step", 1, 59});
        if (!number)
            return false;
        step = *number;
    }
    const QStringView range = slash >= 0 ? item.left(slash) : item;
    int first = field.min;
    int last = field.max;
    if (range != u"*") {
        const qsizetype dash = range.indexOf(u'-');
        const auto from = numberOf(dash >= 0 ? range.left(dash) : range, field);
        const auto to = dash >= 0 ? numberOf(range.mid(dash + 1), field) : from;
        if (!from || !to || *to < *from)
            return false;
        first = *from;
        // "5/15" is from 5 on, as cron programs have it.
        last = dash < 0 && slash >= 0 ? field.max : *to;
    }
    for (int value = first; value <= last; value += step)
        bits.set(static_cast<size_t>(value));
    return true;
}

template <size_t N>
std::bitset<N> narrowed(const std::bitset<60> &bits) {
    std::bitset<N> narrow;
    for (size_t i = 0; i < N; ++i)
        narrow.set(i, bits.test(i));
    return narrow;
}

template <size_t N>
QString listOf(const std::bitset<N> &bits, size_t min) {
    QStringList numbers;
    for (size_t i = min; i < N; ++i) {
        if (bits.test(i))
            numbers << QStringLiteral("%1").arg(i, 2, 10, QLatin1Char('0'));
    }
    return numbers.size() == static_cast<qsizetype>(N - min) ? QStringLiteral("*")
                                                             : numbers.join(QLatin1Char(','));
}

} // namespace

Result<CronSchedule> CronSchedule::parse(const QString &text) {
    const QString line = text.simplified();
    const auto refuse = [&](const QString &why) {
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" is not a valid schedule: %2. It has five fields in UTC: minute, hour, "
                           "day of the month, month, day of the week, such as \"13 */4 * * *\".")
                .arg(line.left(60), why)};
    };
    const QStringList words = line.split(QLatin1Char(' '));
    if (line.size() > kMaxText || words.size() != static_cast<qsizetype>(kFields.size()))
        return refuse(QStringLiteral("it has %1 fields").arg(line.isEmpty() ? 0 : words.size()));
    std::array<std::bitset<60>, 5> bits;
    for (size_t i = 0; i < kFields.size(); ++i) {
        for (const QStringView item : QStringView(words.at(static_cast<qsizetype>(i))).split(u',')) {
            if (!setItem(item, kFields.at(i), bits.at(i)))
                return refuse(
                    QStringLiteral("\"%1\" is not a valid %2")
                        .arg(words.at(static_cast<qsizetype>(i)), QLatin1String(kFields.at(i).name)));
        }
    }
    CronSchedule schedule;
    schedule.m_text = line;
    schedule.m_minutes = bits[0];
    schedule.m_hours = narrowed<24>(bits[1]);
    schedule.m_days = narrowed<32>(bits[2]);
    schedule.m_months = narrowed<13>(bits[3]);
    schedule.m_weekdays = narrowed<8>(bits[4]);
    if (schedule.m_weekdays.test(7))
        schedule.m_weekdays.set(0);
    schedule.m_anyDay = words.at(2).startsWith(QLatin1Char('*'));
    schedule.m_anyWeekday = words.at(4).startsWith(QLatin1Char('*'));
    if (!schedule.after(utcOfSeconds(946'684'800)).isValid())
        return refuse(QStringLiteral("no day fits it"));
    return schedule;
}

bool CronSchedule::matchesDay(const QDate &day) const {
    if (!m_months.test(static_cast<size_t>(day.month())))
        return false;
    const bool isDay = m_days.test(static_cast<size_t>(day.day()));
    const bool isWeekday = m_weekdays.test(static_cast<size_t>(day.dayOfWeek() % 7));
    return m_anyDay || m_anyWeekday ? isDay && isWeekday : isDay || isWeekday;
}

QStringList CronSchedule::systemdTimes() const {
    static const QStringList names{QStringLiteral("Sun"), QStringLiteral("Mon"), QStringLiteral("Tue"),
                                   QStringLiteral("Wed"), QStringLiteral("Thu"), QStringLiteral("Fri"),
                                   QStringLiteral("Sat")};
    QStringList weekdays;
    for (qsizetype i = 0; i < names.size(); ++i) {
        if (m_weekdays.test(static_cast<size_t>(i)))
            weekdays << names.at(i);
    }
    const QString weekday =
        weekdays.size() == names.size() ? QString() : weekdays.join(QLatin1Char(',')) + QLatin1Char(' ');
    const QString time = QStringLiteral(" %1:%2:00 UTC").arg(listOf(m_hours, 0), listOf(m_minutes, 0));
    const QString months = listOf(m_months, 1);
    const QString days = listOf(m_days, 1);
    if (m_anyDay || m_anyWeekday)
        return {QStringLiteral("%1*-%2-%3").arg(weekday, months, days) + time};
    return {QStringLiteral("*-%1-%2").arg(months, days) + time,
            QStringLiteral("%1*-%2-*").arg(weekday, months) + time};
}

bool CronSchedule::matches(const QDateTime &moment) const {
    const QDateTime utc = moment.toUTC();
    return matchesDay(utc.date()) && m_hours.test(static_cast<size_t>(utc.time().hour())) &&
           m_minutes.test(static_cast<size_t>(utc.time().minute()));
}

QDateTime CronSchedule::after(const QDateTime &moment) const {
    const qint64 next = (moment.toMSecsSinceEpoch() / 60'000 + 1) * 60; // the next whole minute
    const QDateTime from = utcOfSeconds(next);
    QDate day = from.date();
    int minute = from.time().hour() * 60 + from.time().minute();
    for (int i = 0; i <= kDaysAhead; ++i, day = day.addDays(1), minute = 0) {
        if (!matchesDay(day))
            continue;
        for (; minute < 24 * 60; ++minute) {
            if (m_hours.test(static_cast<size_t>(minute / 60)) &&
                m_minutes.test(static_cast<size_t>(minute % 60)))
                return utcOfSeconds((day.toJulianDay() - kEpochDay) * 86'400 + qint64(minute) * 60);
        }
    }
    return {};
}

} // namespace slipway
