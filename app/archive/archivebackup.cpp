// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/archive.h"
#include "app/archive/archiveexchange.h"
#include "app/archive/database.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>

#include <fcntl.h>

namespace slipway {

namespace {

Result<void> copyFile(const QString &from, const QString &to) {
    QFile file(from);
    if (!QDir().mkpath(QFileInfo(to).path()) || !file.copy(to))
        return Error{ErrorCode::Io,
                     QStringLiteral("%1 cannot be copied to %2: %3").arg(from, to, file.errorString())};
    return {};
}

Result<void> copySpools(const Paths &from, const Paths &to, const ArchiveProgress &progress) {
    const QDir root(from.dataDir);
    QDirIterator files(root.filePath(QStringLiteral("spools")), QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        progress(QStringLiteral("copying logs: ") + file, 0, 0);
        TRY(copyFile(file, to.dataDir + QLatin1Char('/') + root.relativeFilePath(file)));
    }
    return {};
}

// Made as a whole next to its place, then renamed: a folder of that name is a whole backup.
Result<ArchiveHealth> copyWhole(const Paths &from, const Paths &to, const ArchiveProgress &progress) {
    progress(QStringLiteral("copying the archive"), 0, 0);
    {
        const auto archive = Archive::openToRead(from);
        if (!archive)
            return archive.error();
        TRY((*archive)->copyTo(to, progress));
    }
    TRY(copySpools(from, to, progress));
    return checkArchive(to, progress);
}

Result<ArchiveHealth> soundOrError(const Result<ArchiveHealth> &health, const QString &what) {
    if (health && !health->problems.isEmpty())
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("%1 is not sound: %2").arg(what, health->problems.constFirst())};
    return health;
}

// The name says that it is ours, and so must what is in it: another's folder is left alone.
const QString kMark = QStringLiteral("slipway-backup-begun");

Result<QString> beginPart(const QString &folder) {
    const QString part = folder + QStringLiteral(".part");
    const QDir dir(part);
    if (QFileInfo::exists(part) && !QFile::exists(dir.filePath(kMark)) &&
        !dir.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 exists, and no backup made it. Name another folder.").arg(part)};
    if (QFile::exists(dir.filePath(kMark)))
        QDir(part).removeRecursively(); // what a backup that was cut off left behind
    QFile mark(dir.filePath(kMark));
    if (!QDir().mkpath(part) ||
        !QFile::setPermissions(part, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) ||
        !mark.open(QIODevice::WriteOnly))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(part)};
    return part;
}

// To its name, where nothing is.
Result<void> endPart(const QString &part, const QString &folder) {
    const bool renamed = renameat2(AT_FDCWD, QFile::encodeName(part).constData(), AT_FDCWD,
                                   QFile::encodeName(folder).constData(), RENAME_NOREPLACE) == 0 ||
                         // a file system without that flag
                         (errno == EINVAL && !QFileInfo::exists(folder) && QDir().rename(part, folder));
    if (renamed) {
        QFile::remove(folder + QLatin1Char('/') + kMark);
        return {};
    }
    return Error{ErrorCode::Io,
                 QStringLiteral("%1 cannot be renamed to %2: %3").arg(part, folder, qt_error_string(errno))};
}

} // namespace

Result<ArchiveHealth> backUp(const Paths &paths, const QString &folder, const ArchiveProgress &progress) {
    if (QFileInfo::exists(folder))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 exists and is not written over.").arg(folder)};
    if (const auto database = Archive::openDatabaseToRead(paths); !database)
        return database.error(); // before anything is made
    const auto part = beginPart(folder);
    if (!part)
        return part.error();
    auto health = soundOrError(copyWhole(paths, Paths{*part}, progress), QStringLiteral("The backup"));
    if (health) {
        if (const auto ended = endPart(*part, folder); !ended)
            health = ended.error();
    }
    if (!health)
        QDir(*part).removeRecursively();
    return health;
}

Result<ArchiveHealth> restore(const Paths &paths, const QString &folder, const ArchiveProgress &progress) {
    const Paths backup{folder};
    if (!QFile::exists(backup.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("%1 contains no backup.").arg(folder)};
    TRY(ArchiveExchange::resume(paths));
    if (QFile::exists(paths.archiveFile()) || QFile::exists(paths.dataDir + QStringLiteral("/spools")))
        return Error{
            ErrorCode::AlreadyExists,
            QStringLiteral("%1 contains an archive, which is not written over. Name another --data-dir.")
                .arg(paths.dataDir)};
    TRY(soundOrError(checkArchive(backup, progress), QStringLiteral("The backup")));
    auto exchange = ArchiveExchange::begin(paths);
    if (!exchange)
        return exchange.error();
    auto health =
        soundOrError(copyWhole(backup, exchange->making(), progress), QStringLiteral("The restored archive"));
    if (!health)
        return health;
    TRY(exchange->finish());
    return health;
}

} // namespace slipway
