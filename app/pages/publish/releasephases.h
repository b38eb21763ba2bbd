// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QDateTime>
#include <QJsonArray>

#include <optional>

namespace slipway {

// What the phases of a campaign are in a release's summary, and the words that the field has for it.

/// From the first to the last moment that is known of something.
struct WallSpan {
    QDateTime from;
    QDateTime to;

    void include(const QDateTime &start, const QDateTime &end);
    [[nodiscard]] std::optional<qint64>
    seconds() const;                                   ///< none where a moment is missing or before the other
    [[nodiscard]] static QString text(qint64 seconds); ///< "5m24s", as the field writes it
};

inline const QString kUnproven = QStringLiteral("UNPROVEN PASS");
inline const QString kProven = QStringLiteral("PROVEN: ");

/// What a person wrote, then ours; ours of an earlier time goes.
[[nodiscard]] QString withOwnNote(const QString &written, const QString &own);

/// Ours over those that are there; of the same campaign those stay that we know nothing of.
[[nodiscard]] QJsonArray releasePhases(const CampaignRecord &record, const QJsonArray &existing);

} // namespace slipway
