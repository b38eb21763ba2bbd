// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/cyclemap.h"
#include "models/log/filteredlog.h"
#include "models/log/linepattern.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace slipway {

/// Runs a pattern over a whole log on threads of its own, and over what it grows by. What it found so far can
/// be read at any time from any thread; whoever shows it looks now and then. Made and destroyed on one
/// thread; destroying it cancels, and waits for one block of 256 KiB at most.
class LogScan {
public:
    struct Request {
        LinePattern pattern;
        bool (*keeps)(QByteArrayView line) = nullptr; ///< asked about each line that matches; null: all
        bool mapsCycles = false;                      ///< cycles() is filled from the lines found
        unsigned threads = 1;
    };
    LogScan(std::shared_ptr<const LogSource> log, const Request &request);
    ~LogScan();
    LogScan(const LogScan &) = delete;
    LogScan &operator=(const LogScan &) = delete;
    LogScan(LogScan &&) = delete;
    LogScan &operator=(LogScan &&) = delete;

    void look(); ///< there may be more, or the log was begun anew; costs nothing when there is not
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] std::shared_ptr<const FilteredLog> found() const { return m_found; }
    [[nodiscard]] const CycleMap &cycles() const { return m_cycles; }

private:
    struct Ticket {
        qint64 epoch = 0;
        qint64 number = 0;
    };
    struct Piece {
        qint64 first = 0;
        qint64 lines = 0;
        std::vector<qint64> rows;
        std::vector<QByteArray> texts; ///< with mapsCycles only
    };
    struct State {
        qint64 bytes = -1;
        qint64 rows = -1;
        qint64 generation = 0;
        bool operator==(const State &) const = default;
    };
    void run(const std::stop_token &stop);
    bool take(const std::stop_token &stop, LogBlock &block, Ticket &ticket);
    void keep(const Ticket &ticket, Piece piece);
    void settle();
    [[nodiscard]] State state() const;

    const std::shared_ptr<const LogSource> m_log;
    const Request m_request;
    const std::shared_ptr<FilteredLog> m_found;
    CycleMap m_cycles;

    std::mutex m_takeMutex; ///< one thread at a time reads; guards m_next, m_taken and m_generation
    qint64 m_next = 0;      ///< row
    qint64 m_taken = 0;
    qint64 m_generation = 0;

    std::mutex m_keepMutex; ///< guards the next three
    qint64 m_epoch = 0;
    qint64 m_kept = 0;
    std::map<qint64, Piece> m_early; ///< done before one that comes before it

    mutable std::mutex m_wakeMutex; ///< guards the next three; never held while anything is read
    std::condition_variable_any m_wake;
    bool m_more = true;
    int m_open = 0; ///< blocks being read or matched
    State m_seen;

    std::vector<std::jthread> m_threads; ///< go first: they use all of the above
};

} // namespace slipway
