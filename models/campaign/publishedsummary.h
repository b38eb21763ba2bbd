// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"

#include <QDateTime>

namespace slipway {

/// What campaign-summary.json says of a campaign besides its claim; what it does not say stays empty.
struct PublishedSummary {
    QString campaignId;
    QString ref;
    QDateTime completedAt;     ///< UTC
    bool isUtcAssumed = false; ///< of completedAt: it has no time zone
};

[[nodiscard]] PublishedSummary readPublishedSummary(const QList<EvidenceFile> &files);

} // namespace slipway
