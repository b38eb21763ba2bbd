// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series/seriesjudgement.h"

namespace slipway {

/// One condition that a series must meet, and what came of it.
struct SeriesCriterion {
    enum class State {
        Holds,
        Broken,
        Open,       ///< slots or cycles are still to come
        NotMeasured ///< nothing was recorded that could tell
    };
    QString name;
    QString allowed; ///< "at most 0 of 84"
    QString came;    ///< "26"
    State state = State::NotMeasured;
};

[[nodiscard]] QString criterionStateName(SeriesCriterion::State state); ///< "holds", "broken", …

/// The conditions of seriesVerdict(), in its order, and the budget of cost. Pure.
[[nodiscard]] QList<SeriesCriterion> criteriaOf(const SeriesJudgement &judged);

/// What a series comes to, for three audiences. Sentences that follow from the judgement alone.
struct SeriesStory {
    QString forEverybody;
    QString forDecisions;
    QString forEngineers;
};

[[nodiscard]] SeriesStory storyOf(const SeriesJudgement &judged);

/// Slots in a row in which a run was due and that hold no evidence.
struct SeriesHole {
    qsizetype first = 0; ///< index of a slot
    qsizetype last = 0;
    bool isMissed = false; ///< nothing ran; else what ran holds no evidence
};

/// Neighbouring slots of one kind are one hole; an excused slot is none.
[[nodiscard]] QList<SeriesHole> holesOf(const SeriesJudgement &judged);

/// "20 Apr 2026 20:13", UTC.
[[nodiscard]] QString slotTimeText(const QDateTime &at);

} // namespace slipway
