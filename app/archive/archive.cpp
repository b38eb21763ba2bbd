// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"

#include "app/archive/archiveexchange.h"
#include "app/archive/database.h"
#include "app/archive/evidencechain.h"

#include <QFileInfo>

namespace slipway {

Archive::Archive(std::unique_ptr<Database> database, Paths paths)
    : m_paths(std::move(paths)), m_database(std::move(database)),
      m_chain(std::make_unique<EvidenceChain>(*m_database, headFileOf(m_paths))) {
    EvidenceChain &chain = *m_chain;
    m_database->watch({[&chain] { return chain.sealNew(); },
                       [&chain, &database = *m_database] {
                           return database.transaction([&chain] { return chain.begin(); });
                       },
                       [&chain] { return chain.seal(); }, [&chain] { chain.writeHead(); }});
}

Archive::~Archive() = default;

Result<std::unique_ptr<Archive>> Archive::open(const Paths &paths) {
    TRY(ArchiveExchange::resume(paths));
    // An archive is begun where none is and none was: an empty one would hide what is to be recovered.
    if (const QString left = ArchiveExchange::leftBehind(paths);
        !QFileInfo::exists(paths.archiveFile()) && !left.isEmpty())
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no archive in %1. %2").arg(paths.dataDir, left)};
    auto database = Database::open(paths.archiveFile(), paths.archiveLock(), Database::Making::AtFirstWrite);
    if (!database)
        return database.error();
    std::unique_ptr<Archive> archive(new Archive(std::move(*database), paths));
    if (!archive->m_database->isMade())
        return archive; // the first write makes it
    TRY(archive->m_database->transaction([&] { return archive->m_chain->begin(); }));
    return archive;
}

Result<std::unique_ptr<Database>> Archive::openDatabaseToRead(const Paths &paths) {
    TRY(ArchiveExchange::resume(paths));
    if (!QFileInfo::exists(paths.archiveFile()))
        return Error{ErrorCode::NotFound, QStringLiteral("There is no archive in %1. %2")
                                              .arg(paths.dataDir, ArchiveExchange::leftBehind(paths))
                                              .trimmed()};
    auto database = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    // What an older version left, or an opening that was cut off, is brought up to date where it can be
    // written.
    const auto begun = database ? EvidenceChain::isBegun(**database) : Result<bool>(true);
    const bool isOld = database ? begun && !*begun // what cannot be read is not old
                                : database.error().code == ErrorCode::Unsupported;
    if (isOld && QFileInfo(paths.archiveFile()).isWritable()) {
        database = Error{};
        TRY(open(paths));
        database = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    }
    return database;
}

Result<std::unique_ptr<Archive>> Archive::openToRead(const Paths &paths) {
    auto database = openDatabaseToRead(paths);
    if (!database)
        return database.error();
    std::unique_ptr<Archive> archive(new Archive(std::move(*database), paths));
    TRY(archive->m_chain->verifyHead());
    return archive;
}

Result<void> Archive::copyTo(const Paths &paths,
                             const std::function<void(const QString &, qint64, qint64)> &progress) {
    const auto report = [&] { progress(QStringLiteral("copying the archive"), 0, 0); };
    TRY(m_database->copyTo(paths.archiveFile(), report));
    auto copy = Database::openToRead(paths.archiveFile(), paths.archiveLock());
    if (!copy)
        return copy.error();
    return EvidenceChain(**copy, headFileOf(paths)).beginHead();
}

Result<void> Archive::transaction(const std::function<Result<void>()> &body) {
    return m_database->transaction(body);
}

} // namespace slipway
