// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/solework.h"
#include "app/pages/publish/pagesexport.h"

namespace slipway {

/// Exports campaigns of the archive into a folder, one call at a time, on a thread of its own. Lives on the
/// owner's thread; answers come there. The destructor stops what runs.
class ExportRunner final {
public:
    explicit ExportRunner(ArchiveThread &archive) : m_archive(archive) {}

    /// Refused while one runs. `progress` comes after each campaign, `done` in any case.
    void start(const ExportRequest &request, std::function<void(const ExportProgress &)> progress,
               std::function<void(Result<ExportCount>)> done);
    void cancel() { m_work.cancel(); }

private:
    ArchiveThread &m_archive;
    SoleWork m_work{QStringLiteral("export")};
};

} // namespace slipway
