// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archiveexchange.h"

#include "app/archive/evidencechain.h"
#include "app/core/paths.h"
#include "models/core/plaintext.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace slipway {

namespace {

const QString kMaking = QStringLiteral("/archive-making");
const QString kReady = QStringLiteral("archive-ready-");
const QString kAside = QStringLiteral("damaged-");

// Held while files change places; the kernel lets go of it when the process dies.
class PlaceLock {
public:
    explicit PlaceLock(const Paths &paths)
        : m_fd(::open(QFile::encodeName(paths.archiveLock()).constData(), O_RDWR | O_CREAT | O_CLOEXEC,
                      0600)) {
        while (m_fd >= 0 && flock(m_fd, LOCK_EX) != 0 && errno == EINTR) {
        }
    }
    ~PlaceLock() {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    PlaceLock(const PlaceLock &) = delete;
    PlaceLock &operator=(const PlaceLock &) = delete;
    PlaceLock(PlaceLock &&) = delete;
    PlaceLock &operator=(PlaceLock &&) = delete;
    [[nodiscard]] bool isHeld() const { return m_fd >= 0; }

private:
    int m_fd;
};

// All that was written to this file system is on the disk.
bool syncAll(const QString &folder) {
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && syncfs(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    return synced;
}

Result<void> move(const QString &from, const QString &to) {
    if (::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0)
        return {};
    return Error{ErrorCode::Io,
                 QStringLiteral("%1 cannot be moved to %2: %3").arg(from, to, qt_error_string(errno))};
}

QStringList foldersOf(const Paths &paths, const QString &prefix) {
    QStringList found;
    const QDir dir(paths.dataDir);
    for (const QString &name :
         dir.entryList({prefix + QLatin1Char('*')}, QDir::Dirs | QDir::NoSymLinks, QDir::Name))
        found << dir.filePath(name);
    return found;
}

} // namespace

Result<ArchiveExchange> ArchiveExchange::begin(const Paths &paths) {
    TRY(makeDataDir(paths));
    ArchiveExchange exchange(paths);
    const QString folder = exchange.making().dataDir;
    if (QFileInfo::exists(folder) && !QDir(folder).removeRecursively())
        return Error{ErrorCode::Io,
                     QStringLiteral("%1, which was cut off earlier, cannot be removed.").arg(folder)};
    if (!QDir().mkdir(folder) ||
        !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(folder)};
    return exchange;
}

Paths ArchiveExchange::making() const {
    return Paths{m_paths.dataDir + kMaking};
}

Result<QString> ArchiveExchange::finish() {
    const Paths made = making();
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(made.archiveFile() + suffix); // emptied when it was closed
    QFile::remove(made.archiveLock());
    const PlaceLock lock(m_paths);
    if (!lock.isHeld())
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be locked.").arg(m_paths.dataDir)};
    if (!syncAll(made.dataDir))
        return Error{
            ErrorCode::Io,
            QStringLiteral("%1 cannot be written to the disk: %2").arg(made.dataDir, qt_error_string(errno))};
    const QString ready = m_paths.dataDir + QLatin1Char('/') + kReady +
                          QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    TRY(move(made.dataDir, ready));
    return putInPlace(m_paths, ready);
}

// Each step can be the last one, and is not done again: what still lies in `ready` is new, and then what
// stands in its place is old. The database itself goes last.
Result<QString> ArchiveExchange::putInPlace(const Paths &paths, const QString &ready) {
    const Paths fresh{ready};
    const QString aside =
        paths.dataDir + QLatin1Char('/') + kAside + QFileInfo(ready).fileName().mid(kReady.size());
    const auto setAside = [&](const QString &name) -> Result<void> {
        const QString path = paths.dataDir + QLatin1Char('/') + name;
        if (!QFileInfo::exists(path))
            return {};
        if (!QDir(aside).exists() && !QDir().mkdir(aside))
            return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(aside)};
        return move(path, aside + QLatin1Char('/') + name);
    };
    if (QFileInfo::exists(fresh.archiveFile())) {
        const QString file = QFileInfo(fresh.archiveFile()).fileName();
        for (const QString &name : {file, file + QStringLiteral("-wal"), file + QStringLiteral("-shm")}) {
            TRY(setAside(name));
        }
        for (const QString &name :
             {QStringLiteral("spools"), QFileInfo(headFileOf(fresh)).fileName(), file}) {
            const QString from = ready + QLatin1Char('/') + name;
            if (!QFileInfo::exists(from))
                continue;
            TRY(setAside(name));
            TRY(move(from, paths.dataDir + QLatin1Char('/') + name));
        }
    }
    QDir().rmdir(ready);
    [[maybe_unused]] const bool synced = syncAll(paths.dataDir);
    return QDir(aside).exists() ? aside : QString();
}

Result<void> ArchiveExchange::resume(const Paths &paths) {
    if (foldersOf(paths, kReady).isEmpty())
        return {};
    const PlaceLock lock(paths);
    if (!lock.isHeld())
        return Error{ErrorCode::Io,
                     QStringLiteral(
                         "The archive in %1 was being exchanged when that was cut off, and cannot be put in "
                         "its place, because the folder cannot be written.")
                         .arg(paths.dataDir)};
    for (const QString &ready :
         foldersOf(paths, kReady)) { // again: another process may have done it meanwhile
        const auto aside = putInPlace(paths, ready);
        if (!aside)
            return aside.error();
        qWarning("%s",
                 qPrintable(plainText(
                     QStringLiteral("The archive in %1 was being exchanged when that was cut off. It is in "
                                    "its place now.%2")
                         .arg(paths.dataDir,
                              aside->isEmpty()
                                  ? QString()
                                  : QStringLiteral(" What was there before is in %1.").arg(*aside)))));
    }
    return {};
}

QString ArchiveExchange::newestSetAside(const Paths &paths) {
    const QStringList folders = foldersOf(paths, kAside);
    for (auto it = folders.crbegin(); it != folders.crend(); ++it) {
        if (QFileInfo::exists(Paths{*it}.archiveFile()))
            return *it;
    }
    return {};
}

QString ArchiveExchange::leftBehind(const Paths &paths) {
    if (QFileInfo::exists(paths.dataDir + kMaking))
        return QStringLiteral("A restore or recovery was cut off in %1. Run it again.").arg(paths.dataDir);
    if (const QString aside = newestSetAside(paths); !aside.isEmpty())
        return QStringLiteral("%1 holds one that a recovery set aside. Run slipwayctl archive recover.")
            .arg(aside);
    if (remembersLinks(headFileOf(paths)))
        return QStringLiteral("%1 is left of an archive that was removed. Put that back, or restore a backup "
                              "into another folder.")
            .arg(headFileOf(paths));
    return {};
}

} // namespace slipway
