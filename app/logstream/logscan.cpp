// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logscan.h"

namespace slipway {

LogScan::LogScan(std::shared_ptr<const LogSource> log, const Request &request)
    : m_log(std::move(log)), m_request(request), m_found(std::make_shared<FilteredLog>(m_log)),
      m_generation(m_log->generation()) {
    for (unsigned i = 0; i < request.threads; ++i)
        m_threads.emplace_back([this](const std::stop_token &stop) { run(stop); });
}

LogScan::~LogScan() {
    for (std::jthread &thread : m_threads)
        thread.request_stop(); // all of them before the first is waited for
}

LogScan::State LogScan::state() const {
    return {m_log->byteCount(), m_log->lineCount(), m_log->generation()};
}

void LogScan::look() {
    const State now = state();
    const std::scoped_lock lock(m_wakeMutex);
    if (now == m_seen)
        return;
    m_more = true;
    m_wake.notify_all();
}

bool LogScan::isBusy() const {
    const std::scoped_lock lock(m_wakeMutex);
    return m_more || m_open > 0;
}

void LogScan::run(const std::stop_token &stop) {
    const LinePattern pattern = m_request.pattern.clone();
    LogBlock block;
    Ticket ticket;
    while (take(stop, block, ticket)) {
        Piece piece{block.first, block.lines, {}, {}};
        pattern.match(block, [&](qint64 row, QByteArrayView line) {
            if (m_request.keeps && !m_request.keeps(line))
                return;
            piece.rows.push_back(row);
            if (m_request.mapsCycles)
                piece.texts.push_back(line.toByteArray());
        });
        keep(ticket, std::move(piece));
    }
}

bool LogScan::take(const std::stop_token &stop, LogBlock &block, Ticket &ticket) {
    const std::scoped_lock taking(m_takeMutex);
    for (;;) {
        {
            std::unique_lock lock(m_wakeMutex);
            if (!m_wake.wait(lock, stop, [this] { return m_more; }) || stop.stop_requested())
                return false;
            m_more = false;
            ++m_open;
        }
        const State now = state();
        {
            const std::scoped_lock lock(m_wakeMutex);
            m_seen = now;
        }
        if (now.generation != m_generation) {
            const std::scoped_lock lock(m_keepMutex);
            m_generation = now.generation;
            m_next = m_taken = m_kept = 0;
            ++m_epoch;
            m_early.clear();
            m_found->clear();
            m_cycles.truncate(0);
        }
        m_log->readBlock(m_next, block);
        const qint64 end = block.first + block.lines;
        if (block.lines == 0) {
            settle();
            continue;
        }
        // The last line may still grow: it is looked at once more then.
        const bool last = end >= now.rows;
        m_next = last ? end - 1 : end;
        {
            const std::scoped_lock lock(m_keepMutex);
            ticket = {m_epoch, m_taken++};
        }
        if (!last) {
            const std::scoped_lock lock(m_wakeMutex);
            m_more = true;
        }
        return true;
    }
}

void LogScan::keep(const Ticket &ticket, Piece piece) {
    {
        const std::scoped_lock lock(m_keepMutex);
        if (ticket.epoch == m_epoch)
            m_early.emplace(ticket.number, std::move(piece));
        for (auto it = m_early.begin(); it != m_early.end() && it->first == m_kept;
             it = m_early.erase(it), ++m_kept) {
            const Piece &next = it->second;
            m_found->add(next.first, next.lines, next.rows);
            if (!m_request.mapsCycles)
                continue;
            m_cycles.truncate(next.first);
            for (size_t i = 0; i < next.rows.size(); ++i)
                m_cycles.add(next.rows[i], next.texts[i]);
        }
    }
    settle();
}

void LogScan::settle() {
    const std::scoped_lock lock(m_wakeMutex);
    --m_open;
}

} // namespace slipway
