// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <QStringList>

namespace slipway::cli {

/// Whether each of `files` (NAME or ID/NAME) is one that these campaigns would publish; without `ids`, any
/// campaign of the archive. InvalidInput names the first that is not: a slip there would leave the file out
/// without a word. Asks the archive, and waits.
[[nodiscard]] Result<void> checkUnsearched(const Context &context, const QStringList &ids,
                                           const QStringList &files);

} // namespace slipway::cli
