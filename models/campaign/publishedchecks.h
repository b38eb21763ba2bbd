// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

inline const QString kChecks = QStringLiteral("checks.json");

/// What a campaign of ours was asked to show. A published one that has none is of the field.
struct PublishedPlan {
    QString protocol;
    QMap<QString, QString> parameters;
    QStringList peers;
    QList<int> phases;
};

/// From a phase's first start to its last end.
struct PhaseSpan {
    int phase = 0;
    QDateTime startedAt;  ///< UTC
    QDateTime finishedAt; ///< UTC
};

[[nodiscard]] QList<PhaseSpan> spansOf(const QList<PhaseRun> &runs);
/// Nothing for a published campaign.
[[nodiscard]] std::optional<PublishedPlan> planOf(const CampaignRecord &record);

/// checks.json: the judgement of a published folder, check by check, with what it was asked to show.
[[nodiscard]] QByteArray checksBytes(const QString &campaign, const Judgement &judgement,
                                     const std::optional<PublishedPlan> &plan, const QList<PhaseSpan> &spans);
[[nodiscard]] std::optional<PublishedPlan> publishedPlan(const QList<EvidenceFile> &files);
[[nodiscard]] QList<PhaseSpan> publishedSpans(const QList<EvidenceFile> &files);

/// What a published folder must satisfy: its own plan where checks.json has one, the field's defaults
/// otherwise. A folder may be smaller than the field's campaigns and may ask more of itself; its own words
/// lower no threshold, drop no phase and no required fault class.
[[nodiscard]] Expectation expectationOf(const std::optional<PublishedPlan> &plan);

} // namespace slipway
