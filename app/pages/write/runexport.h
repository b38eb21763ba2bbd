// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/pages/write/filechange.h"
#include "models/campaign/campaign.h"
#include "models/evidence/manifest.h"
#include "models/protocol/protocol.h"
#include "models/redaction/redaction.h"

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

/// What lies in the tree before a run is exported.
struct RunPlace {
    QList<EvidenceFile> files;           ///< of `runs/<id>`; none when it is not there
    std::optional<PreviousRun> previous; ///< what the tree holds of the run before this one in its series
};

/// A run's folder as it shall be. The signature is not in it: making one may ask for a passphrase.
struct RunExport {
    QString id;
    QList<EvidenceFile> files;      ///< sorted by name
    QList<EvidenceFile> absent;     ///< what could not be published, with its problem
    QMap<QString, QString> renamed; ///< published name: the archive's, where that cannot be published
    QList<FileChange> changes;
    QList<Masked> masked;
    QStringList heldBack; ///< of those absent: what a yes would publish
    QStringList warnings; ///< sentences
    Judgement judgement;  ///< of the files as they are published
    qint64 bytes = 0;     ///< of all files
};

/// Pure: the same campaign, place and options give the same bytes, so that a second export changes nothing.
/// The judgement is made anew, from the masked files and by what a published folder must satisfy, which is
/// what `slipwayctl verify` will find in it. A file whose name is not a path, or
/// holds a secret, is left out and told to be; so is one that cannot be searched (filemask.h), unless a
/// person said yes to it by name. Errors: a size over the limit, a file in the place that the archive does
/// not have.
/// `record` holds its observations; from these, masked, all reports, checks and the summary are derived
/// again. What was wrong with an imported folder goes along as the manifest's findings.
Result<RunExport> planRun(const CampaignRecord &record, const RunPlace &place,
                          const QList<Protocol> &protocols, const ExportOptions &options);

/// Files of the place that would be written over or removed, and whose bytes are not those of this run: they
/// are somebody's, unless an earlier revision in the archive has them.
[[nodiscard]] QList<EvidenceFile> filesReplaced(const RunPlace &place, const RunExport &run);
/// Whether these published bytes hold nothing that `original` does not: the same, or masked here and there.
[[nodiscard]] bool isPublishedFrom(const QByteArray &published, const QByteArray &original);

/// Files that an export makes, whatever was imported under their names.
[[nodiscard]] bool isMadeByExport(const QString &name);

} // namespace slipway
