// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

#include <QString>

namespace slipway {

/// Puts a new archive in the place of the one that is there, or of none. The new one is made in a folder of
/// its own, `archive-making`. Renaming that to `archive-ready-<time>` is the one step that counts: before it
/// the old archive is the archive, after it the new one is, and whoever opens it next moves it to its place
/// where that was cut off. What was in the place goes to `damaged-<time>`; nothing is deleted but what an
/// exchange made itself. Synchronous; for any thread; under the archive's lock.
class ArchiveExchange {
public:
    /// Makes the folder, anew where an earlier exchange was cut off before its end.
    static Result<ArchiveExchange> begin(const Paths &paths);
    /// Where the new archive is to be made: a data directory of its own.
    [[nodiscard]] Paths making() const;
    /// Puts what was made in its place. Answers with the folder of what was there before, or nothing.
    Result<QString> finish();

    /// Puts in place what an exchange that was cut off left ready, and says so by qWarning(). To be called
    /// before the archive is opened; costs one look into the folder.
    static Result<void> resume(const Paths &paths);
    /// What lies there in place of an archive, for a person; empty when nothing does.
    [[nodiscard]] static QString leftBehind(const Paths &paths);
    /// The newest folder `damaged-<time>` that holds an archive; empty when there is none.
    [[nodiscard]] static QString newestSetAside(const Paths &paths);

private:
    explicit ArchiveExchange(Paths paths) : m_paths(std::move(paths)) {}
    static Result<QString> putInPlace(const Paths &paths, const QString &ready);

    Paths m_paths;
};

} // namespace slipway
