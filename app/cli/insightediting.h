// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway::cli {

[[nodiscard]] bool isInsightField(const QString &field); ///< a text's key, or "bugs"
/// What an editor is given to change: a field, or with no `field` the whole entry. Refused where the field
/// holds something that could not be shown in it.
Result<QByteArray> shownInsight(const QByteArray &entry, const QString &field);
/// The entry with what was typed: a text, a JSON array of bugs, or with no `field` the whole entry. What has
/// the wrong shape, or is not UTF-8, is refused.
Result<QByteArray> withInsightField(const QByteArray &entry, const QString &field, const QByteArray &typed);
/// Lets the person change a file in $VISUAL or $EDITOR, and reads it. Blocks as long as they write.
Result<QByteArray> editedFile(const QString &path);

} // namespace slipway::cli
