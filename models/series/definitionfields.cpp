// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series/definitionfields.h"

#include "models/core/instant.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace slipway {

namespace {

constexpr qsizetype kShown = 3;       // slots ahead
constexpr qsizetype kCounted = 1'000; // slots of the past that are counted for "how many there are"
constexpr qint64 kMinute = 60;

// Reads each field that is given; a problem is kept by the field's name.
class FieldReader {
public:
    explicit FieldReader(const DefinitionFields &fields) : m_fields(fields) {}

    [[nodiscard]] const QList<FieldProblem> &problems() const { return m_problems; }
    [[nodiscard]] bool has(const char *name) const { return m_fields.contains(QLatin1String(name)); }
    [[nodiscard]] QString text(const char *name) const {
        return m_fields.value(QLatin1String(name)).join(QLatin1Char(' ')).trimmed();
    }
    void refuse(const char *name, const QString &text) {
        m_problems << FieldProblem{QLatin1String(name), text};
    }

    // `read`: false where the text is not `what`; an empty text is handed to it too.
    template <typename Read>
    void field(const char *name, const char *what, const Read &read) {
        if (has(name) && !read(text(name)))
            refuse(name, text(name).isEmpty()
                             ? QStringLiteral("is missing")
                             : QStringLiteral("must be %1, not \"%2\"").arg(QLatin1String(what), text(name)));
    }
    void line(const char *name, QString &value) {
        if (has(name))
            value = text(name);
    }

private:
    const DefinitionFields &m_fields;
    QList<FieldProblem> m_problems;
};

std::optional<qint64> wholeOf(const QString &text) {
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

std::optional<double> numberOf(const QString &text) {
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

template <typename T, typename From>
bool set(T &value, const std::optional<From> &read) {
    if (read)
        value = *read;
    return read.has_value();
}

// As set(), and an empty text removes the value.
template <typename T, typename Read>
bool setOrRemove(std::optional<T> &value, const QString &text, const Read &read) {
    if (text.isEmpty()) {
        value.reset();
        return true;
    }
    const auto number = read(text);
    if (number)
        value = *number;
    return number.has_value();
}

bool setTime(QDateTime &time, const QString &text) {
    const QDateTime at = instantOf(text);
    if (at.isValid())
        time = at;
    return at.isValid();
}

std::optional<BaselineRange> rangeOf(const QString &text) {
    const auto first = wholeOf(text.section(QLatin1Char('-'), 0, 0));
    const auto last = text.contains(QLatin1Char('-')) ? wholeOf(text.section(QLatin1Char('-'), 1)) : 0;
    constexpr qint64 kMost = 1'000'000;
    if (!first || !last || *first < 1 || *first > kMost || *last < 0 || *last > kMost ||
        (text.contains(QLatin1Char('-')) && *last < *first))
        return std::nullopt;
    return BaselineRange{static_cast<int>(*first), static_cast<int>(*last)};
}

void readSchedule(FieldReader &reader, SeriesDefinition &definition) {
    if (!reader.has("cron"))
        return;
    const QString text = reader.text("cron");
    if (text.isEmpty() && definition.schedule.isValid() && !definition.schedule.cron)
        return;
    if (text.isEmpty()) {
        reader.refuse("cron", QStringLiteral("is missing"));
        return;
    }
    const auto cron = CronSchedule::parse(text);
    if (!cron) {
        const QString &why = cron.error().text;
        reader.refuse("cron", why.endsWith(QLatin1Char('.')) ? why.chopped(1) : why);
        return;
    }
    definition.schedule = Schedule();
    definition.schedule.cron = *cron;
}

void readTimes(FieldReader &reader, SeriesDefinition &definition) {
    const char *time = "a time such as 2026-04-20T20:13Z";
    reader.field("begin", time, [&](const QString &text) { return setTime(definition.begin, text); });
    reader.field("end", time, [&](const QString &text) {
        if (text.isEmpty())
            definition.end = {};
        return text.isEmpty() || setTime(definition.end, text);
    });
    reader.field("slots", "a whole number",
                 [&](const QString &text) { return setOrRemove(definition.slotCount, text, wholeOf); });
    reader.field("grace", "a number of minutes, 31 days at most", [&](const QString &text) {
        const auto minutes = wholeOf(text);
        if (minutes && std::abs(*minutes) <= SeriesDefinition::kMaxGraceSeconds / kMinute) {
            definition.graceSeconds = *minutes * kMinute;
            return true;
        }
        // As an inferred one was shown, whose minutes need not be whole.
        return text == fieldsOf(definition).value(QStringLiteral("grace")).constFirst();
    });
}

void readLimits(FieldReader &reader, SeriesDefinition &definition) {
    const char *whole = "a whole number";
    reader.field("claim", "a number",
                 [&](const QString &text) { return set(definition.claim, numberOf(text)); });
    reader.field("max-reds", whole,
                 [&](const QString &text) { return set(definition.budgets.reds, wholeOf(text)); });
    reader.field("max-without-evidence", whole,
                 [&](const QString &text) { return set(definition.budgets.withoutEvidence, wholeOf(text)); });
    reader.field("max-cost", "a number",
                 [&](const QString &text) { return setOrRemove(definition.budgets.cost, text, numberOf); });
    reader.field("breaker", whole,
                 [&](const QString &text) { return set(definition.breakerSlots, wholeOf(text)); });
    reader.field("baseline", "runs such as 40-60, or the first such as 40",
                 [&](const QString &text) { return setOrRemove(definition.baseline, text, rangeOf); });
}

QStringList settingsOf(const QStringList &lines) {
    QStringList settings;
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            settings << line.trimmed();
    }
    return settings;
}

// How many slots are over at `now`; nothing where they are too many to be counted at each key.
std::optional<qint64> slotsBefore(const SeriesDefinition &definition, const QDateTime &now) {
    qint64 count = 0;
    for (QDateTime at = definition.schedule.after(definition.begin.addSecs(-1)); at.isValid() && at <= now;
         at = definition.schedule.after(at)) {
        if (++count > kCounted)
            return std::nullopt;
    }
    return count;
}

QString minutesText(qint64 seconds) {
    return seconds % kMinute == 0
               ? QString::number(seconds / kMinute)
               : QString::number(static_cast<double>(seconds) / static_cast<double>(kMinute), 'f', 2);
}

} // namespace

QList<FieldProblem> setFields(SeriesDefinition &definition, const DefinitionFields &fields) {
    FieldReader reader(fields);
    SeriesDefinition changed = definition;
    reader.line("name", changed.name);
    readSchedule(reader, changed);
    readTimes(reader, changed);
    readLimits(reader, changed);
    reader.line("fleet", changed.plan.fleet);
    reader.line("ref", changed.plan.ref);
    reader.line("protocol", changed.plan.protocolFile);
    reader.line("server", changed.plan.server);
    reader.line("webhook", changed.notices.webhook);
    reader.line("ping", changed.notices.ping);
    reader.line("publish", changed.notices.publish);
    if (reader.has("set"))
        changed.plan.settings = settingsOf(fields.value(QStringLiteral("set")));
    for (const QString &setting : std::as_const(changed.plan.settings)) {
        if (reader.has("set") && setting.indexOf(QLatin1Char('=')) < 1) {
            reader.refuse("set", QStringLiteral("must be NAME=VALUE, not \"%1\"").arg(setting));
            break;
        }
    }
    QList<FieldProblem> problems = reader.problems();
    for (const FieldProblem &problem : definitionProblems(changed)) {
        if (std::none_of(problems.begin(), problems.end(),
                         [&](const FieldProblem &known) { return known.field == problem.field; }))
            problems << problem;
    }
    definition = changed;
    return problems;
}

DefinitionFields fieldsOf(const SeriesDefinition &definition) {
    DefinitionFields fields;
    const auto add = [&](const char *name, const QString &text) {
        fields.insert(QLatin1String(name), {text});
    };
    const auto time = [](const QDateTime &at) {
        return at.isValid() ? at.toUTC().toString(Qt::ISODate) : QString();
    };
    const SeriesBudgets &budgets = definition.budgets;
    add("name", definition.name);
    add("cron", definition.schedule.cron ? definition.schedule.cron->text() : QString());
    add("begin", time(definition.begin));
    add("end", time(definition.end));
    add("slots", definition.slotCount ? QString::number(*definition.slotCount) : QString());
    add("grace", minutesText(definition.graceSeconds));
    add("claim", QString::number(definition.claim, 'g', 12));
    add("max-reds", QString::number(budgets.reds));
    add("max-without-evidence", QString::number(budgets.withoutEvidence));
    add("max-cost", budgets.cost ? QString::number(*budgets.cost, 'g', 12) : QString());
    add("breaker", QString::number(definition.breakerSlots));
    add("baseline", baselineText(definition.baseline));
    add("fleet", definition.plan.fleet);
    add("ref", definition.plan.ref);
    add("protocol", definition.plan.protocolFile);
    add("server", definition.plan.server);
    add("webhook", definition.notices.webhook);
    add("ping", definition.notices.ping);
    add("publish", definition.notices.publish);
    fields.insert(QStringLiteral("set"), definition.plan.settings);
    return fields;
}

QString baselineText(const std::optional<BaselineRange> &baseline) {
    if (!baseline)
        return {};
    return baseline->last > 0 ? QStringLiteral("%1-%2").arg(baseline->first).arg(baseline->last)
                              : QString::number(baseline->first);
}

QString slotsAheadText(const SeriesDefinition &definition, const QDateTime &now) {
    if (!definition.schedule.isValid() || !definition.begin.isValid())
        return {};
    qsizetype left = kShown;
    if (definition.slotCount) {
        if (const auto before = slotsBefore(definition, now))
            left = std::clamp<qsizetype>(*definition.slotCount - *before, 0, kShown);
    }
    QStringList texts;
    QDate day;
    QDateTime at = definition.schedule.after(std::max(definition.begin.addSecs(-1), now));
    for (; at.isValid() && texts.size() < left && !(definition.end.isValid() && at > definition.end);
         at = definition.schedule.after(at)) {
        const bool isNewDay = at.date() != day;
        day = at.date();
        const bool isOtherYear = day.year() != now.toUTC().date().year();
        texts << QLocale::c().toString(at, !isNewDay     ? QStringLiteral("hh:mm")
                                           : isOtherYear ? QStringLiteral("ddd d MMM yyyy hh:mm")
                                                         : QStringLiteral("ddd d MMM hh:mm"));
    }
    if (texts.isEmpty())
        return QStringLiteral("No slot comes: the series is over.");
    const QString line = QStringLiteral("Next: %1 UTC").arg(texts.join(QStringLiteral(", ")));
    return texts.size() < kShown ? line + QStringLiteral("; then it is over") : line;
}

} // namespace slipway
