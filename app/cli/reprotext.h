// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/campaign/cyclerepeat.h"
#include "app/cli/terminaltext.h"

#include <QJsonObject>

namespace slipway::cli {

/// How often a cycle that ran again came out as it was recorded.
[[nodiscard]] qsizetype sameResults(const RecordedCycle &recorded, const QList<CycleFacts> &times);

/// The recorded cycle next to each time that it ran again, and what differs.
[[nodiscard]] TerminalText reproText(const RecordedCycle &recorded, const QList<CycleFacts> &times);
[[nodiscard]] QJsonObject reproJson(const RecordedCycle &recorded, const QList<CycleFacts> &times);

} // namespace slipway::cli
