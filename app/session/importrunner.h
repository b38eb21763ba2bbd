// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/solework.h"
#include "app/pages/import/pagesimport.h"

#include <QObject>

namespace slipway {

/// Imports published folders into the archive, one call at a time, on a thread of its own. Lives on the
/// owner's thread; answers come there. The destructor stops what runs.
class ImportRunner final : public QObject {
    Q_OBJECT
public:
    explicit ImportRunner(ArchiveThread &archive) : m_archive(archive) {}

    /// Refused while one runs. `progress` comes after each batch, `done` in any case.
    void start(const QString &path, std::function<void(const ImportCount &)> progress,
               std::function<void(Result<ImportCount>)> done);
    void cancel() { m_work.cancel(); }

Q_SIGNALS:
    void campaignListChanged(); ///< after each import

private:
    ArchiveThread &m_archive;
    SoleWork m_work{QStringLiteral("import")};
};

} // namespace slipway
