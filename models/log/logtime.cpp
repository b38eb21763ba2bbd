// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logtime.h"

#include <algorithm>
#include <chrono>

namespace slipway {

namespace {

constexpr qint64 kSecond = 1'000'000;
constexpr qint64 kDay = 86'400 * kSecond;
constexpr qint64 kProbe = 64; // lines without a time that are looked over

// Digits at [from, from + count); -1 where there are others.
int digits(QByteArrayView text, qsizetype from, qsizetype count) {
    int value = 0;
    for (qsizetype i = from; i < from + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

struct TimeOfDay {
    qint64 microseconds = 0;
    qsizetype length = 0; ///< of its text
};

// "17:39" with seconds and decimals or without; ISO 8601 allows a comma before decimals, and Python's logging
// writes one.
std::optional<TimeOfDay> timeOfDay(QByteArrayView text) {
    const int hour = digits(text, 0, 2);
    const int minute = digits(text, 3, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || text[2] != ':')
        return std::nullopt;
    TimeOfDay result{(hour * qint64(60) + minute) * 60 * kSecond, 5};
    if (text.size() < 8 || text[5] != ':')
        return result;
    const int second = digits(text, 6, 2);
    if (second < 0 || second > 60)
        return std::nullopt;
    result.microseconds += second * kSecond;
    result.length = 8;
    if (digits(text, 9, 1) < 0 || (text[8] != '.' && text[8] != ','))
        return result;
    result.length = 9;
    for (qint64 unit = kSecond / 10; digits(text, result.length, 1) >= 0; ++result.length, unit /= 10)
        result.microseconds += (text[result.length] - '0') * unit; // what is beyond microseconds is nothing
    return result;
}

// "+02:00", "-0330", "+02": microseconds that it is ahead of UTC. After a blank ("17:39:02 +0200") it has its
// minutes, since a message may begin with a number. Anything else is UTC.
qint64 aheadOfUtc(QByteArrayView zone) {
    const bool isApart = zone.startsWith(' ');
    if (isApart)
        zone = zone.sliced(1);
    if (!zone.startsWith('+') && !zone.startsWith('-'))
        return 0;
    const int hours = digits(zone, 1, 2);
    const qsizetype at = zone.size() > 3 && zone[3] == ':' ? 4 : 3;
    const int minutes = digits(zone, at, 2);
    const bool endsInDigit = digits(zone, minutes < 0 ? 3 : at + 2, 1) >= 0;
    if (hours < 0 || hours > 18 || minutes > 59 || endsInDigit ||
        (isApart && minutes < 0)) // no zone is further
        return 0;
    return (zone[0] == '-' ? -1 : 1) * (hours * qint64(60) + std::max(0, minutes)) * 60 * kSecond;
}

} // namespace

std::optional<qint64> timeOfLine(QByteArrayView line) {
    if (line.size() < 19 || line[4] != '-' || line[7] != '-' || (line[10] != 'T' && line[10] != ' '))
        return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(digits(line, 0, 4)),
                                           std::chrono::month(static_cast<unsigned>(digits(line, 5, 2))),
                                           std::chrono::day(static_cast<unsigned>(digits(line, 8, 2)))};
    const auto time = timeOfDay(line.sliced(11));
    if (!date.ok() || digits(line, 0, 4) < 0 || !time)
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * kDay + time->microseconds -
           aheadOfUtc(line.sliced(11 + time->length));
}

qint64 rowAtTime(const LogSource &log, qint64 microseconds) {
    qint64 low = 0;
    qint64 high = log.lineCount();
    qint64 found = high;
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        std::optional<qint64> time;
        const QList<LogLine> probe = log.lines(middle, std::min(kProbe, high - middle));
        qint64 row = middle;
        for (qsizetype i = 0; i < probe.size() && !time; ++i) {
            row = middle + i;
            time = timeOfLine(probe.at(i).text);
        }
        if (time && *time < microseconds) {
            low = row + 1;
        } else {
            found = time ? row : found;
            high = middle;
        }
    }
    return std::min(found, std::max<qint64>(0, log.lineCount() - 1));
}

std::optional<qint64> timeOfText(const QString &text, qint64 near) {
    const QByteArray typed = text.trimmed().toUtf8();
    if (const auto whole = timeOfLine(typed))
        return whole;
    if (typed.size() < 5)
        return std::nullopt;
    const auto time = timeOfDay(typed);
    return time ? std::optional(near - near % kDay + time->microseconds) : std::nullopt;
}

} // namespace slipway
