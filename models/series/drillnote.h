// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace slipway {

/// When the way of an alarm was last tried, and what came of it.
struct SeriesDrillNote {
    QDateTime at;        ///< UTC
    QString kind;        ///< "no-evidence", …
    bool isTold = false; ///< the message reached its end
};

/// "2026-12-01 04:00 UTC, no-evidence: the alarm reached its end"; "never" where there was none.
[[nodiscard]] QString drillText(const std::optional<SeriesDrillNote> &drill);
[[nodiscard]] QJsonObject drillToJson(const SeriesDrillNote &drill); ///< at, kind, told

} // namespace slipway
