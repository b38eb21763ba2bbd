// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/series/schedule.h"

#include <QJsonObject>
#include <QMap>
#include <QStringList>

namespace slipway {

/// How much of a series may go wrong before its verdict says so.
struct SeriesBudgets {
    qint64 reds = 0;            ///< runs that FAIL
    qint64 withoutEvidence = 0; ///< slots whose time has come and that hold none
    std::optional<double> cost; ///< of all runs together
};

/// What a slot runs: the arguments of `slipwayctl run`.
struct SeriesPlan {
    QString fleet; ///< a named fleet, a fleet file, or "sandbox"
    QString ref;
    QString protocolFile; ///< empty: the built-in one
    QStringList settings; ///< NAME=VALUE
    QString server; ///< the binary to install where the fleet is rented for each slot; empty: it is there
};

/// Whom to tell, and where to publish. Addresses only: a secret in one would be kept in the archive.
struct SeriesNotices {
    QString webhook; ///< gets an alarm as JSON by POST; http or https
    QString ping;    ///< gets a GET after each slot that holds evidence
    QString publish; ///< a Pages repo
};

/// The runs, by their numbers, that the limits of durations are frozen from.
struct BaselineRange {
    int first = 1;
    int last = 0; ///< 0: as many runs with evidence as a baseline has by default, from `first` on

    friend bool operator==(const BaselineRange &, const BaselineRange &) = default;
};

/// What is wrong with one field of a definition.
struct FieldProblem {
    QString field; ///< as the shell's option is called: "cron", "max-reds"; "name"
    QString text;  ///< the end of a sentence that begins with the field: "must be above 0 and below 1"
};

/// Where a definition comes from.
enum class SeriesOrigin { Created, Inferred };

/// A series as a person defined it, or as its runs tell it. A plain value; kept as JSON in the archive.
struct SeriesDefinition {
    QString name; ///< a campaign id without "-rN"
    Schedule schedule;
    QDateTime begin;                 ///< no slot is before it; UTC
    std::optional<qint64> slotCount; ///< how many there are in all
    QDateTime end;                   ///< no slot is after it; invalid: none is set
    qint64 graceSeconds = 75 * 60;   ///< after a slot's time, until its run must be done
    double claim = 0.995;            ///< share of acknowledged writes that converge, per cycle
    SeriesBudgets budgets;
    SeriesPlan plan;
    SeriesNotices notices;
    qint64 breakerSlots = 3;               ///< so many in a row without evidence stop further runs
    std::optional<BaselineRange> baseline; ///< nothing: the first runs with evidence
    SeriesOrigin origin = SeriesOrigin::Created;
    bool isScheduleInferred = false;

    static constexpr qint64 kMaxGraceSeconds = 31LL * 24 * 3600;
    static constexpr qsizetype kMaxText = 500;
    static constexpr int kMinBaseline = 10; ///< runs of a range that is named

    /// Every slot whose time is at or before `now`, and the ones to come where their number or end is set.
    [[nodiscard]] QList<QDateTime> slotTimes(const QDateTime &now) const;
    /// Whether no slot comes after `now`.
    [[nodiscard]] bool isOver(const QDateTime &now) const;
};

/// Everything that is wrong with it, one problem a field at most.
[[nodiscard]] QList<FieldProblem> definitionProblems(const SeriesDefinition &definition);
/// The first of them, as InvalidInput.
Result<void> checkDefinition(const SeriesDefinition &definition);
[[nodiscard]] Error errorOf(const FieldProblem &problem); ///< InvalidInput, named by the field
[[nodiscard]] QJsonObject definitionToJson(const SeriesDefinition &definition);
Result<SeriesDefinition> definitionFromJson(const QJsonObject &object);

} // namespace slipway
