// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace slipway {

class Statement;
struct CampaignSummary;

// How values without a column type are stored in the tables.

inline constexpr QLatin1Char kListSeparator(',');

/// SQL: the ids of campaigns that are taken out of lists and searches. The last word about each stands (a
/// bare column next to max() is of its row).
inline constexpr const char *kRemovedCampaigns =
    "(SELECT campaign FROM (SELECT campaign, removed, max(id) FROM removal GROUP BY campaign) WHERE removed)";

/// "1,2,3,4"
[[nodiscard]] QString numbersText(const QList<int> &numbers);
[[nodiscard]] QList<int> numbersFromText(const QString &text);
/// As a search compares it: without case, and without accents (U+0300 to U+036F).
[[nodiscard]] QString foldedText(const QString &text);
/// Lower-case hexadecimal digits.
[[nodiscard]] QString sha256Text(const QByteArray &bytes);
/// Milliseconds since the epoch; invalid for NULL.
[[nodiscard]] QDateTime timeFrom(const std::optional<qint64> &value);
/// What became of a campaign: state, finished_at, verdict, claimed, reason, claim, in the columns from
/// `first` on.
void readOutcome(const Statement &row, int first, CampaignSummary &summary);

} // namespace slipway
