// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/connectgate.h"

#include "app/core/resourceroom.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace slipway {

namespace {

constexpr int kMaxAtOnce = 64;
constexpr auto kLook = std::chrono::milliseconds(50); // what else is opened and closed gives no word

struct Turns {
    std::mutex mutex;
    std::condition_variable left;
    int inside = 0;
};

Turns &turns() {
    static Turns all;
    return all;
}

// The first is always let in: what it lacks it then says itself.
bool hasRoom(int inside) {
    return inside == 0 || (inside < kMaxAtOnce && descriptorsLeft() >= kToConnect * (inside + 1));
}

} // namespace

ConnectGate::ConnectGate(const std::function<bool()> &givenUp) {
    Turns &all = turns();
    std::unique_lock lock(all.mutex);
    while (!givenUp() && !hasRoom(all.inside))
        all.left.wait_for(lock, kLook);
    m_admitted = !givenUp();
    if (m_admitted)
        ++all.inside;
}

ConnectGate::~ConnectGate() {
    if (!m_admitted)
        return;
    {
        const std::scoped_lock lock(turns().mutex);
        --turns().inside;
    }
    turns().left.notify_all();
}

} // namespace slipway
