// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/redaction/redaction.h"

#include <QString>
#include <QStringList>

namespace slipway {

struct ExportOptions {
    RedactionOptions redaction;
    QString signKey;                       ///< a private key's file, or a public one's whose key an agent has
    qint64 sizeLimit = 64LL * 1024 * 1024; ///< bytes of a run's folder
    bool replaceOthers = false; ///< a person said yes to writing over what the archive does not have
    /// Files that cannot be searched for secrets, or hold one that cannot be masked, and that a person said
    /// yes to by name: "node.log.gz", or "r22/node.log.gz" of one campaign.
    QStringList publishUnsearched{};
    bool withDiffs = false; ///< changed texts come with the lines that differ
};

} // namespace slipway
