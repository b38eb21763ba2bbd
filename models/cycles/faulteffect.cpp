// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cycles/faulteffect.h"

#include "models/cycles/faultclass.h"

#include <cstdlib>

namespace slipway {

namespace {

constexpr qint64 kKilledStatus = 128 + 9; // by SIGKILL, as a shell reports it
constexpr qint64 kClockSlackSeconds = 2;  // Date of HTTP has whole seconds
constexpr qint64 kMinSkewSeconds = 30;    // less could be the clock's own
constexpr qsizetype kShownChars = 80;
const QString kPrimary = QStringLiteral("node-0");

QString numberText(const std::optional<qint64> &number) {
    return number ? QString::number(*number) : QStringLiteral("not told");
}

bool isNear(const std::optional<qint64> &value, qint64 expected) {
    return value && std::abs(*value - expected) <= kClockSlackSeconds;
}

QString killProblem(const Observation &effect) {
    if (effect.text("node") == kPrimary && effect.integer("status") == kKilledStatus)
        return {};
    return QStringLiteral("the primary, %1, was killed when its status is %2, and not %3 with status %4")
        .arg(kPrimary)
        .arg(kKilledStatus)
        .arg(effect.text("node").left(kShownChars))
        .arg(effect.integer("status").value_or(0));
}

QString partitionProblem(const Observation &effect) {
    const auto from = effect.integer("packets_from");
    const auto to = effect.integer("packets_to");
    if (from && to && *from >= 0 && *to >= 0 && *from + *to > 0)
        return {};
    return QStringLiteral("a node was cut off when packets were dropped: %1 from it, %2 to it")
        .arg(numberText(from), numberText(to));
}

QString answersProblem(const Observation &effect) {
    const auto seen = effect.integer("packets_seen");
    const auto dropped = effect.integer("packets_dropped");
    if (seen && dropped && *dropped > 0 && *dropped <= *seen)
        return {};
    return QStringLiteral("answers were lost when some of those seen were dropped: %1 of %2")
        .arg(numberText(dropped), numberText(seen));
}

QString skewProblem(const Observation &effect) {
    const auto asked = effect.integer("skew_asked_s");
    const auto before = effect.integer("skew_before_s");
    const auto reported = effect.integer("skew_told_s");
    if (asked && std::abs(*asked) >= kMinSkewSeconds && isNear(before, 0) && isNear(reported, *asked))
        return {};
    return QStringLiteral(
               "a clock was set when the server tells it: by %1 s, it was %2 s off before and %3 s then")
        .arg(numberText(asked), numberText(before), numberText(reported));
}

QString pauseProblem(const Observation &effect) {
    if (effect.text("node") != kPrimary && effect.text("state") == QLatin1String("T"))
        return {};
    return QStringLiteral("a peer stood still when the state of its process is T, and not that of %1 %2")
        .arg(effect.text("node").left(kShownChars), effect.text("state").left(kShownChars));
}

} // namespace

QString effectProblem(const QString &fault, const Observation &effect) {
    if (!effect.flag("effective"))
        return {};
    if (fault == QLatin1String("kill_primary_mid_write"))
        return killProblem(effect);
    if (fault == QLatin1String("partition_minority"))
        return partitionProblem(effect);
    if (fault == QLatin1String("drop_random_acks"))
        return answersProblem(effect);
    if (fault == QLatin1String("clock_skew_peer"))
        return skewProblem(effect);
    if (fault == QLatin1String("pause_peer"))
        return pauseProblem(effect);
    return {};
}

bool showsEffect(const QString &fault, const Observation &effect) {
    return exercisedFaults().contains(fault) && effect.flag("effective") &&
           effectProblem(fault, effect).isEmpty();
}

} // namespace slipway
