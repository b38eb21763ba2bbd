// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivecare.h"

#include "app/archive/archive.h"
#include "app/archive/archivecopier.h"
#include "app/archive/archiveexchange.h"
#include "app/archive/database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace slipway {

namespace {

// A table next to the new archive that is gone with it: it has no link, and needs none.
Result<void> sortInto(Database &to, const QString &file) {
    auto attach = to.prepare("ATTACH ? AS sorted");
    if (!attach)
        return attach.error();
    attach->bind(1, file);
    TRY(to.run(*attach, QStringLiteral("making %1").arg(file)));
    return to.execute("CREATE TABLE sorted.line(campaign TEXT, stream TEXT, offset INTEGER, line BLOB, "
                      "PRIMARY KEY(campaign, stream, offset))");
}

const QStringList kFiles{QStringLiteral("archive.sqlite"), QStringLiteral("archive.sqlite-wal")};

} // namespace

Result<Recovery> recover(const Paths &paths, const ArchiveProgress &progress) {
    TRY(ArchiveExchange::resume(paths));
    // Older versions set the damaged files aside first, and could be cut off before there was a new archive.
    const bool isThere = QFile::exists(paths.archiveFile());
    const QString source = isThere ? paths.dataDir : ArchiveExchange::newestSetAside(paths);
    if (source.isEmpty())
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1.").arg(paths.dataDir)};
    if (isThere) {
        const auto health = checkArchive(paths, progress);
        if (health && health->problems.isEmpty())
            return Recovery{{}, health->campaigns, health->files, health->observations, {}};
        if (!health && health.error().code != ErrorCode::Corrupt)
            return health.error(); // a newer schema or no permission is not damage
    }
    auto exchange = ArchiveExchange::begin(paths);
    if (!exchange)
        return exchange.error();
    // Work on a copy: even to look at a write-ahead log may write to its file.
    const QDir work(exchange->making().dataDir + QStringLiteral("/source"));
    if (!QDir().mkdir(work.path()))
        return Error{ErrorCode::Io, QStringLiteral("The folder %1 cannot be made.").arg(work.path())};
    for (const QString &name : kFiles) {
        const QString file = source + QLatin1Char('/') + name;
        if (QFileInfo(file).isFile() && !QFile::copy(file, work.filePath(name)))
            return Error{ErrorCode::Io,
                         QStringLiteral("%1 cannot be copied. Nothing was changed.").arg(file)};
    }
    Result<Recovery> recovery = Error{};
    {
        const auto from = SqliteConnection::openReadOnly(work.filePath(kFiles.constFirst()));
        if (!from)
            return from.error();
        // Made at once: what a store writes first is in memory until there is a file, and this may be large.
        if (const auto made =
                Database::open(exchange->making().archiveFile(), exchange->making().archiveLock());
            !made)
            return made.error();
        const auto to = Archive::open(exchange->making());
        if (!to)
            return to.error();
        const auto sorted = sortInto((*to)->database(), work.filePath(QStringLiteral("sorted.sqlite")));
        if (!sorted)
            return sorted.error();
        recovery = ArchiveCopier(**from, work.filePath(kFiles.constFirst()), **to, progress).run();
    }
    QDir(work).removeRecursively();
    if (!recovery)
        return recovery;
    const auto aside = exchange->finish();
    if (!aside)
        return aside.error();
    recovery->setAside = isThere ? *aside : source;
    return recovery;
}

} // namespace slipway
