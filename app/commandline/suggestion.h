// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace slipway {

/// "; did you mean NAME?" for the name that is a slip of the keys away from `word`; empty where none is near.
[[nodiscard]] QString suggestionText(const QString &word, const QStringList &names);

} // namespace slipway
