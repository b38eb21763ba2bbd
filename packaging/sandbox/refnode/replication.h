// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "packaging/sandbox/refnode/lie.h"
#include "packaging/sandbox/refnode/store.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace refnode {

struct QuorumOptions {
    int writes = 1;                 ///< nodes that must hold a write, this one among them
    std::vector<std::string> peers; ///< "http://10.0.0.2:9077"
    std::chrono::milliseconds timeout{2000};
    Lie lie;
};

struct QuorumResult {
    int got = 1;
    bool met = false;
    std::string reason; ///< when it was not met
};

/// Sends writes to all peers at once and waits for the quorum; what is late goes on in the background.
/// Besides that every node pulls from each peer what changed there since it last asked, so that a peer that
/// was away, or a write whose primary died, is caught up on (anti-entropy). One thread a peer for each of the
/// two; all join in the destructor.
class Replication {
public:
    Replication(Store &store, QuorumOptions options);
    ~Replication();
    Replication(const Replication &) = delete;
    Replication &operator=(const Replication &) = delete;
    Replication(Replication &&) = delete;
    Replication &operator=(Replication &&) = delete;

    QuorumResult replicate(const Memory &memory);
    [[nodiscard]] int needed() const { return m_options.writes; }
    [[nodiscard]] const Lie &lie() const { return m_options.lie; }

private:
    struct Votes;
    struct Push {
        std::string body;
        std::shared_ptr<Votes> votes;
    };
    struct Peer {
        std::string url;
        std::deque<Push> queue;
        std::thread pusher;
        std::thread puller;
    };

    void push(Peer &peer);
    void pull(Peer &peer);

    Store &m_store;
    QuorumOptions m_options;
    std::mutex m_mutex; ///< guards the queues and m_stop
    std::condition_variable m_wake;
    bool m_stop = false;
    std::vector<std::unique_ptr<Peer>> m_peers;
};

} // namespace refnode
