// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/archivewatch.h"

#include "app/archive/archiveversion.h"
#include "models/core/whilealive.h"

#include <QFile>

namespace slipway {

namespace {

constexpr int kPauseMs = 500;

} // namespace

ArchiveWatch::ArchiveWatch(Paths paths, ArchiveThread &archive)
    : m_paths(std::move(paths)), m_archive(archive) {
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &ArchiveWatch::ask);
    const auto wait = [this] {
        if (!m_pause.isActive())
            m_pause.start();
    };
    connect(&m_files, &QFileSystemWatcher::fileChanged, this, wait);
    connect(&m_files, &QFileSystemWatcher::directoryChanged, this, wait);
}

void ArchiveWatch::start() {
    watchFiles();
    ask();
}

// The log next to the archive comes and goes; the folder's watch notices that.
void ArchiveWatch::watchFiles() {
    const QString archive = m_paths.archiveFile();
    for (const QString &path : {m_paths.dataDir, archive, archive + QStringLiteral("-wal")}) {
        if (QFile::exists(path) && !m_files.files().contains(path) && !m_files.directories().contains(path))
            m_files.addPath(path);
    }
}

void ArchiveWatch::ask() {
    watchFiles();
    const auto versionNow = [file = m_paths.archiveFile()](Archive &archive) {
        return archiveVersion(archive, file);
    };
    m_archive.ask<qint64>(versionNow, whileAlive(this, [this](const Result<qint64> &version) {
                              if (!version) // what is wrong with the archive is said by whoever reads it
                                  return;
                              const bool other = m_version && *m_version != *version;
                              m_version = *version;
                              if (other)
                                  Q_EMIT changed();
                          }));
}

} // namespace slipway
