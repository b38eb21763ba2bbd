// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace slipway {

/// Notices that another process wrote into the archive: its files are watched, and SQLite is asked whether a
/// connection other than the archive thread's committed something (PRAGMA data_version). What this process
/// writes through that thread is not reported. Lives on the owner's thread and blocks nothing.
class ArchiveWatch final : public QObject {
    Q_OBJECT
public:
    ArchiveWatch(Paths paths, ArchiveThread &archive);

    void start(); ///< until then nothing is watched

Q_SIGNALS:
    void changed(); ///< at most twice a second

private:
    void watchFiles();
    void ask();

    Paths m_paths;
    ArchiveThread &m_archive;
    QFileSystemWatcher m_files;
    QTimer m_pause;
    std::optional<qint64> m_version;
};

} // namespace slipway
