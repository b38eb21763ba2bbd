// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/series/noticebook.h"
#include "models/series/seriesdefinition.h"

namespace slipway {

enum class DrillKind { NoEvidence, Slow, LostWrite, MissedSlot };

[[nodiscard]] std::optional<DrillKind> drillKindFromName(const QString &name); ///< "no-evidence", …

struct DrillResult {
    QString rule; ///< that alarmed
    int run = 0;
    QString text;        ///< the alarm's reason
    bool isTold = false; ///< the message reached its end
    QString problem;     ///< why it did not
    qint64 milliseconds = 0;
};

/// Sends an injected run through the same path as a real one, in a scratch archive that is thrown away: sound
/// runs, then the fault, kept as a table, judged, and the message of its alarm sent by `send`. Corrupt when
/// the rule did not alarm: then the path is broken. Synchronous.
Result<DrillResult> drill(const SeriesDefinition &definition, DrillKind kind, const NoticeBook::Send &send);

} // namespace slipway
