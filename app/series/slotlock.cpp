// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/series/slotlock.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QThread>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

constexpr int kPollMs = 50;

} // namespace

SlotLock::~SlotLock() {
    if (m_fd >= 0)
        close(m_fd);
}

Result<void> SlotLock::take(const Paths &paths, const QString &series, int waitMs) {
    if (const auto made = makeDataDir(paths); !made)
        return made;
    const QString path = paths.dataDir + QStringLiteral("/series-%1.lock").arg(series);
    m_fd = open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (m_fd < 0)
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be opened: %2")
                                        .arg(path, QString::fromLocal8Bit(std::strerror(errno)))};
    const QDeadlineTimer deadline(waitMs);
    while (flock(m_fd, LOCK_EX | LOCK_NB) != 0) {
        if (!deadline.hasExpired()) {
            QThread::msleep(kPollMs);
            continue;
        }
        close(std::exchange(m_fd, -1));
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("Another process runs a slot of series %1.").arg(series)};
    }
    return {};
}

} // namespace slipway
