// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/runlock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

QByteArray lockFile(const QString &spoolDir) {
    return QFile::encodeName(spoolDir + QStringLiteral("/.running"));
}

} // namespace

RunLock::~RunLock() {
    if (m_fd >= 0)
        close(m_fd);
}

bool RunLock::take(const QString &spoolDir) {
    m_fd = open(lockFile(spoolDir).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    return m_fd >= 0 && flock(m_fd, LOCK_EX | LOCK_NB) == 0;
}

bool RunLock::isHeld(const QString &spoolDir) {
    const int fd = open(lockFile(spoolDir).constData(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool held = flock(fd, LOCK_SH | LOCK_NB) != 0;
    close(fd);
    return held;
}

} // namespace slipway
