// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace slipway {

/// Which fault a drill injects.
enum class DrillKind { NoEvidence, Slow, LostWrite, MissedSlot };

[[nodiscard]] std::optional<DrillKind> drillKindFromName(const QString &name); ///< "no-evidence", …
[[nodiscard]] QString drillKindName(DrillKind kind);

/// What came of a drill. A plain value.
struct DrillResult {
    DrillKind kind = DrillKind::NoEvidence;
    QString rule; ///< that alarmed
    int run = 0;
    QString title; ///< of the message
    QString text;  ///< the alarm's reason
    bool hasWebhook = false;
    bool isTold = false; ///< the message reached its end
    QString problem;     ///< why it did not
    qint64 milliseconds = 0;
};

} // namespace slipway
