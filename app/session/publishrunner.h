// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/backgroundthread.h"
#include "app/core/paths.h"
#include "app/core/solework.h"
#include "app/pages/publish/pagespublish.h"

namespace slipway {

/// Publishes runs, insights and releases, or says what that would change: whatever waits for git or a disk.
/// One call at a time, on a thread of its own. Lives on the owner's thread; answers come there. The
/// destructor stops what runs.
class PublishRunner final {
public:
    PublishRunner(Paths paths, ArchiveThread &archive, BackgroundThread &background)
        : m_paths(std::move(paths)), m_archive(archive), m_background(background) {}

    /// Through git; `progress` comes with each step, `done` in any case.
    void publish(const PagesRequest &request, std::function<void(PublishStep, int)> progress,
                 const std::function<void(const PagesPublished &)> &done);
    /// What publishing would change.
    void preview(const PagesRequest &request, const std::function<void(const PagesPublished &)> &done);
    /// Into a folder, without git.
    void write(const PagesRequest &request, bool dryRun, const std::function<void(Result<PagesCount>)> &done);
    void cancel() { m_work.cancel(); }
    /// Public keys in ~/.ssh, by path: what an export can be signed with.
    void listSigningKeys(std::function<void(const QStringList &)> done);

private:
    Paths m_paths;
    ArchiveThread &m_archive;
    BackgroundThread &m_background;
    SoleWork m_work{QStringLiteral("publish")};
};

} // namespace slipway
