// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/exportoptions.h"
#include "models/campaign/campaign.h"

#include <QMap>
#include <QSet>

namespace slipway {

/// The files of a campaign as they may be published: under names that a repo can have, masked, and without
/// what cannot be searched for secrets. What that makes of each file is reported.
struct PublishedFiles {
    QList<EvidenceFile> files;      ///< sorted by name
    QList<EvidenceFile> absent;     ///< what could not be published, with its problem
    QMap<QString, QString> renamed; ///< published name: the archive's, where that cannot be published
    QList<Masked> masked;
    QStringList heldBack; ///< of those absent: what a yes would publish
    QStringList warnings; ///< sentences

    /// Of a record with its observations, but for what an export makes itself. Errors: a file could not be
    /// looked through at all.
    static Result<PublishedFiles> of(const CampaignRecord &record, const ExportOptions &options);
    /// A text of ours; should a secret have found its way into it all the same, it is masked there too.
    Result<void> add(const QString &name, QByteArray bytes, const ExportOptions &options);

private:
    Result<void> take(const EvidenceFile &file, const QString &name, const QString &why,
                      const QString &campaign, const ExportOptions &options);
    void leaveOut(const QString &shown, const QString &problem);
    bool takeHeldBack(const QString &name, const QString &why, const QString &campaign,
                      const ExportOptions &options);
};

/// The launch tokens of a campaign's runs: evidence, which distinguishes one run from another and opens
/// nothing, and is not masked.
[[nodiscard]] QSet<QByteArray> launchTokens(const CampaignRecord &record);

void sortByName(QList<EvidenceFile> &files);

} // namespace slipway
