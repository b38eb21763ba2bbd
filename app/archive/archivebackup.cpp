// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/campaignstore.h"
#include "app/archive/database.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace slipway {

namespace {

Result<void> copyFile(const QString &from, const QString &to) {
    QFile file(from);
    if (!QDir().mkpath(QFileInfo(to).path()) || !file.copy(to))
        return Error{ErrorCode::Io,
                     QStringLiteral("%1 cannot be copied to %2: %3").arg(from, to, file.errorString())};
    return {};
}

Result<void> copySpools(const Paths &from, const Paths &to) {
    const QDir root(from.dataDir);
    QDirIterator files(root.filePath(QStringLiteral("spools")), QDir::Files | QDir::Hidden | QDir::NoSymLinks,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (auto done = copyFile(file, to.dataDir + QLatin1Char('/') + root.relativeFilePath(file)); !done)
            return done;
    }
    return {};
}

// Made as a whole beside its place, then renamed: a folder of that name is a whole backup.
Result<ArchiveHealth> copyWhole(const Paths &from, const Paths &to) {
    {
        const auto store = CampaignStore::openToRead(from);
        if (!store)
            return store.error();
        if (auto done = (*store)->copyTo(to); !done)
            return done.error();
    }
    if (auto done = copySpools(from, to); !done)
        return done.error();
    return checkArchive(to);
}

Result<ArchiveHealth> soundOrError(const Result<ArchiveHealth> &health, const QString &what) {
    if (health && !health->problems.isEmpty())
        return Error{ErrorCode::Corrupt,
                     QStringLiteral("%1 is not sound: %2").arg(what, health->problems.constFirst())};
    return health;
}

} // namespace

Result<ArchiveHealth> backUp(const Paths &paths, const QString &folder) {
    if (!QFile::exists(paths.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1.").arg(paths.dataDir)};
    if (QFileInfo::exists(folder))
        return Error{ErrorCode::AlreadyExists,
                     QStringLiteral("%1 exists and is not written over.").arg(folder)};
    const QString part = folder + QStringLiteral(".part");
    QDir(part).removeRecursively(); // what a backup that was cut off left behind
    if (!QDir().mkpath(part))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(part)};
    QFile::setPermissions(part, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    auto health = soundOrError(copyWhole(paths, Paths{part}), QStringLiteral("The backup"));
    if (health && !QDir().rename(part, folder))
        health = Error{ErrorCode::Io, QStringLiteral("%1 cannot be renamed to %2.").arg(part, folder)};
    if (!health)
        QDir(part).removeRecursively();
    return health;
}

Result<ArchiveHealth> restore(const Paths &paths, const QString &folder) {
    const Paths backup{folder};
    if (!QFile::exists(backup.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("%1 holds no backup.").arg(folder)};
    if (QFile::exists(paths.archiveFile()) || QFile::exists(paths.dataDir + QStringLiteral("/spools")))
        return Error{
            ErrorCode::AlreadyExists,
            QStringLiteral("%1 holds an archive, which is not written over. Name another --data-dir.")
                .arg(paths.dataDir)};
    if (auto sound = soundOrError(checkArchive(backup), QStringLiteral("The backup")); !sound)
        return sound;
    return soundOrError(copyWhole(backup, paths), QStringLiteral("The restored archive"));
}

} // namespace slipway
