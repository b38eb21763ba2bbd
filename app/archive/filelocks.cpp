// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/filelocks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

void waitFor(int fd) {
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR) {
    }
}

} // namespace

WriteLock::WriteLock(int fd) : m_fd(fd) {
    waitFor(m_fd);
}

WriteLock::~WriteLock() {
    flock(m_fd, LOCK_UN);
}

FolderLock::FolderLock(QString folder) {
    while (!QFileInfo::exists(folder) && !QDir(folder).isRoot())
        folder = QFileInfo(folder).path();
    m_fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m_fd >= 0)
        waitFor(m_fd);
}

FolderLock::~FolderLock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

} // namespace slipway
