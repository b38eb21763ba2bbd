// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>

#include <pthread.h>

namespace slipway {

/// Ends the wait of one thread from another without a descriptor of its own, of which hundreds of connections
/// would need hundreds: SIGURG, which nobody misses, let in only while the thread waits. What comes earlier
/// is kept for the next wait.
class WakeSignal {
public:
    /// The calling thread is the one that waits, until it ends.
    void begin();
    /// From any thread, after begin() and before the waiting thread is joined.
    void wake();
    /// By the waiting thread: until `fd` has one of `events`, wake() was called, or the time is over.
    void wait(int fd, short events, int timeoutMs) const;

private:
    pthread_t m_thread{};
    sigset_t m_whileWaiting{};
};

} // namespace slipway
