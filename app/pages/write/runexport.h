// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/exportoptions.h"
#include "app/pages/write/filechange.h"
#include "app/pages/write/publishedfiles.h"
#include "app/pages/write/runplace.h"
#include "models/campaign/campaign.h"
#include "models/evidence/manifest.h"
#include "models/protocol/protocol.h"

namespace slipway {

/// A run's folder as it shall be. The signature is not in it: making one may ask for a passphrase.
struct RunExport : PublishedFiles {
    QString id;
    QList<FileChange> changes;
    Judgement judgement; ///< of the files as they are published
    qint64 bytes = 0;    ///< of all files
};

/// Pure: the same campaign, place and options give the same bytes, so that a second export changes nothing.
/// The judgement is made anew, from the masked files and by what a published folder must satisfy, which is
/// what `slipwayctl verify` will find in it. A file whose name is not a path, or
/// holds a secret, is left out and reported; so is one that cannot be searched (filemask.h), unless a
/// person said yes to it by name. Errors: a size over the limit, a file in the place that the archive does
/// not have.
/// `record` holds its observations; from these, masked, all reports, checks and the summary are derived
/// again. What was wrong with an imported folder goes along as the manifest's findings.
Result<RunExport> planRun(const CampaignRecord &record, const RunPlace &place,
                          const QList<Protocol> &protocols, const ExportOptions &options);

} // namespace slipway
