// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logmerge.h"

#include <chrono>

namespace slipway {

namespace {

constexpr std::chrono::milliseconds kPause(50);

} // namespace

LogMerge::LogMerge(std::vector<MergedLog::Part> parts)
    : m_log(std::make_shared<MergedLog>(std::move(parts))),
      m_thread([this](const std::stop_token &stop) { run(stop); }) {}

void LogMerge::look() {
    const qint64 now = m_log->partsBytes();
    const std::scoped_lock lock(m_mutex);
    if (now == m_seen)
        return;
    m_more = true;
    m_wake.notify_all();
}

bool LogMerge::isBusy() const {
    const std::scoped_lock lock(m_mutex);
    return m_more;
}

void LogMerge::run(const std::stop_token &stop) {
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_more; }))
                return;
            m_seen = m_log->partsBytes();
        }
        qint64 rows = 0;
        do {
            rows = m_log->lineCount();
            if (stop.stop_requested())
                return;
            const bool more = m_log->extend();
            if (more && m_log->lineCount() == rows) {
                // A last line waits until its log rests.
                std::unique_lock lock(m_mutex);
                m_wake.wait_for(lock, stop, kPause, [] { return false; });
            }
            if (!more)
                break;
        } while (true);
        const std::scoped_lock lock(m_mutex);
        m_more = m_seen != m_log->partsBytes();
    }
}

} // namespace slipway
