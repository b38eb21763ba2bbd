// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QDateTime>
#include <QStringList>

#include <bitset>

namespace slipway {

/// A schedule of five cron fields (minute, hour, day of the month, month, day of the week) in UTC, as
/// crontab(5) has it: `*`, numbers, ranges, lists and steps; 7 is Sunday, as 0 is. Where both days are
/// restricted, either is enough. Names of days and months, `@daily` and time zones are refused. UTC has no
/// day of 23 or 25 hours, so every time is there once. A plain value.
class CronSchedule {
public:
    /// InvalidInput names the field. A schedule that never strikes within eight years (30 February) is one.
    static Result<CronSchedule> parse(const QString &text);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool matches(const QDateTime &moment) const; ///< to the minute
    /// The first time strictly after `moment`, to the second; invalid when there is none within eight years.
    [[nodiscard]] QDateTime after(const QDateTime &moment) const;

    /// The same times for OnCalendar= of systemd.time(7), one line; two where either day is enough.
    [[nodiscard]] QStringList systemdTimes() const;

private:
    [[nodiscard]] bool matchesDay(const QDate &day) const;

    QString m_text;
    std::bitset<60> m_minutes;
    std::bitset<24> m_hours;
    std::bitset<32> m_days;
    std::bitset<13> m_months;
    std::bitset<8> m_weekdays; ///< 0 is Sunday
    bool m_anyDay = true;
    bool m_anyWeekday = true;
};

} // namespace slipway
