// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway::cli {

[[nodiscard]] bool isInsightField(const QString &field); ///< a text's key, or "bugs"
/// The bytes of a file, or of standard input for "-"; at most 1 MiB.
Result<QByteArray> readInput(const QString &name);
/// The entry with a field as it is typed: a text, or a JSON array of bugs.
Result<QByteArray> withInsightField(const QByteArray &entry, const QString &field, const QByteArray &typed);
/// The entry as it comes out of the person's editor: one field, or with no `field` the whole of it.
Result<QByteArray> editedInsight(const QByteArray &entry, const QString &field);

} // namespace slipway::cli
