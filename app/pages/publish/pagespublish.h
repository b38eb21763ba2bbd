// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitpublisher.h"
#include "app/pages/publish/pagesexport.h"
#include "app/pages/publish/releasesummary.h"

namespace slipway {

/// What is to lie in a Pages repo.
struct PagesRequest {
    QString repo; ///< as Publication::repo; a folder when it is not published
    QString branch = QStringLiteral("main");
    QStringList runs;      ///< campaigns whose folders are exported
    bool everyRun = false; ///< that has ended, instead of those
    bool refresh = false;  ///< instead of those: see ExportRequest
    QStringList series{};  ///< whose runs that have ended are exported too, and whose report is written
    ExportOptions options; ///< of these exports
    QStringList insights;  ///< campaigns whose entry of analysis/run-insights.json is written
    QString releaseOf;     ///< the campaign that a release stands on; empty: no release
    ReleaseRequest release;
};

/// What came, or would come, of it.
struct PagesCount {
    ExportCount exported;
    QList<FileChange> others; ///< of the insights file and the release's summary
};

struct PagesPublished {
    PublishReport report;
    PagesCount count;
    std::optional<PublishReport> last{}; ///< of a preview: how the publication before ended
};

/// Writes into a tree, or says what it would write. An insight that was not written here never replaces one
/// that the tree has. The error is the first thing that could not be written; for a publication nothing of it
/// counts then. Blocks.
Result<PagesCount> writePages(const PagesRequest &request, const QString &tree, bool dryRun,
                              ArchiveThread &archive, const std::stop_token &stop);

/// Writes into a tree of its own and pushes. Blocks.
PagesPublished publishPages(const PagesRequest &request, ArchiveThread &archive, GitPublisher publisher,
                            const std::stop_token &stop, const GitPublisher::Progress &progress);

/// What publishing would change on the branch as it is now. Blocks.
PagesPublished previewPages(const PagesRequest &request, ArchiveThread &archive, GitPublisher publisher,
                            const std::stop_token &stop);

} // namespace slipway
