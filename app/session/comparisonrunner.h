// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "app/core/backgroundthread.h"
#include "models/evidence/comparison.h"

#include <stop_token>

namespace slipway {

/// Finds what a campaign has that another one has not: numbers that matter, kinds of log lines. Lives on the
/// owner's thread; answers come there. The destructor stops what runs.
class ComparisonRunner final {
public:
    ComparisonRunner(Paths paths, ArchiveThread &archive, BackgroundThread &background)
        : m_paths(std::move(paths)), m_archive(archive), m_background(background) {}
    ~ComparisonRunner() { m_stop.request_stop(); }
    ComparisonRunner(const ComparisonRunner &) = delete;
    ComparisonRunner &operator=(const ComparisonRunner &) = delete;
    ComparisonRunner(ComparisonRunner &&) = delete;
    ComparisonRunner &operator=(ComparisonRunner &&) = delete;

    /// Of several that are asked for only the last is answered.
    void compare(const QString &id, const QString &other, std::function<void(Result<Comparison>)> done);

private:
    Paths m_paths;
    ArchiveThread &m_archive;
    BackgroundThread &m_background;
    std::stop_source m_stop; ///< of the last one
};

} // namespace slipway
