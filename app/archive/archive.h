// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

#include <functional>
#include <memory>

namespace slipway {

class Database;
class EvidenceChain;

/// The archive of a data directory, open: owns the one connection, the chain over its rows, and the
/// transactions. It knows nothing of what is in the tables; the stores do (campaignstore.h, evidencestore.h,
/// observationstore.h, judgementstore.h, triagestore.h, documentstore.h, insightstore.h, searchindex.h,
/// seriesstore.h). Each is made from an archive where it is needed, owns nothing, and must not outlive it.
/// Synchronous; used by one thread, and so are the stores.
class Archive {
public:
    /// Opens or makes the archive.
    static Result<std::unique_ptr<Archive>> open(const Paths &paths);
    /// For those who only look: nothing is made, NotFound when there is none, and writing fails.
    static Result<std::unique_ptr<Archive>> openToRead(const Paths &paths);
    /// The rows alone, whatever their state.
    static Result<std::unique_ptr<Database>> openDatabaseToRead(const Paths &paths);
    ~Archive();
    Archive(const Archive &) = delete;
    Archive &operator=(const Archive &) = delete;
    Archive(Archive &&) = delete;
    Archive &operator=(Archive &&) = delete;

    /// Makes one transaction of all that stores write in `body`: all or nothing.
    Result<void> transaction(const std::function<Result<void>()> &body);
    /// The archive as it is at one moment, with the end of its chain, into a folder that has none.
    Result<void> copyTo(const Paths &paths,
                        const std::function<void(const QString &, qint64, qint64)> &progress);

    [[nodiscard]] Database &database() const { return *m_database; }
    [[nodiscard]] EvidenceChain &chain() const { return *m_chain; }
    [[nodiscard]] const Paths &paths() const { return m_paths; }

private:
    Archive(std::unique_ptr<Database> database, Paths paths);

    Paths m_paths;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<EvidenceChain> m_chain;
};

} // namespace slipway
