// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/insight/insight.h"

namespace slipway {

/// The bytes of a campaign's entry in analysis/run-insights.json; empty when it has none.
[[nodiscard]] QByteArray insightEntry(const QByteArray &file, const QString &campaign);

/// The first member of an entry whose shape is not the one that `Insight` holds, so that writing it anew
/// would lose what stands there: "bugs[1].fixed_in: is not a list of objects". Empty: none.
[[nodiscard]] QString insightShapeProblem(const QJsonObject &entry);

/// The entry with another text. Every other byte stays, keys that Slipway does not know too; an empty `entry`
/// is a new one.
Result<QByteArray> withInsightText(const QByteArray &entry, const InsightField &field, const QString &text);
/// The entry with these bugs. The bytes stay when nothing changed.
Result<QByteArray> withInsightBugs(const QByteArray &entry, const QList<InsightBug> &bugs);
/// The bugs of a JSON array, as people write it for `withInsightBugs`: each an object with a title. What has
/// another shape is refused by its place.
Result<QList<InsightBug>> readInsightBugs(const QByteArray &array);

/// The file with this entry for the campaign. Every byte of other entries and of the file's own keys stays.
Result<QByteArray> withInsightEntry(const QByteArray &file, const QString &campaign, const QByteArray &entry);

} // namespace slipway
