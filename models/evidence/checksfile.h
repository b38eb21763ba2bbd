// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judge.h"
#include "models/observation/evidencefile.h"

#include <QDateTime>
#include <QMap>
#include <QStringList>

#include <optional>

namespace slipway {

inline const QString kChecks = QStringLiteral("checks.json");

/// What a folder without a plan.json says that it was asked to show: of a campaign that an older version of
/// Slipway published, or one of field scripts.
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

    friend bool operator==(const PhaseSpan &, const PhaseSpan &) = default;
};

/// checks.json: the judgement of a campaign, check by check. `plan` stands in it where there is no plan.json.
[[nodiscard]] QByteArray checksBytes(const QString &campaign, const Judgement &judgement,
                                     const std::optional<PublishedPlan> &plan, const QList<PhaseSpan> &spans);
[[nodiscard]] std::optional<PublishedPlan> publishedPlan(const QList<EvidenceFile> &files);
[[nodiscard]] QList<PhaseSpan> publishedSpans(const QList<EvidenceFile> &files);

/// What a folder without observations must satisfy. It may be smaller than the field's campaigns, or ask more
/// of itself; its own words drop no peer, phase, fault class or threshold of the field.
[[nodiscard]] Expectation expectationOf(const std::optional<PublishedPlan> &plan);

} // namespace slipway
