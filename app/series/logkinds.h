// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"

#include <QList>

namespace slipway {

/// The kinds of lines (logTemplate()) in the logs that the steps of a campaign left in its spools: a hash
/// each, ascending. Of a log the first 8 MiB, of a campaign the first 200 logs and 20,000 kinds. Empty where
/// no log is there. Blocks; for any thread.
[[nodiscard]] QList<quint64> logKindsOf(const Paths &paths, const QString &campaign);

} // namespace slipway
