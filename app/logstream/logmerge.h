// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/mergedlog.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace slipway {

/// Merges logs by time on a thread of its own, and what they grow by. Destroying it cancels, and waits for
/// some thousand lines at most.
class LogMerge {
public:
    explicit LogMerge(std::vector<MergedLog::Part> parts);

    void look(); ///< there may be more
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] std::shared_ptr<const MergedLog> log() const { return m_log; }

private:
    void run(const std::stop_token &stop);

    const std::shared_ptr<MergedLog> m_log;
    mutable std::mutex m_mutex; ///< guards the next three
    std::condition_variable_any m_wake;
    bool m_more = true;
    qint64 m_seen = -1;
    std::jthread m_thread; ///< goes first: it uses all of the above
};

} // namespace slipway
