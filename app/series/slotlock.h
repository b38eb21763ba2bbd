// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

namespace slipway {

/// Says that a slot of a series is being run: a kernel lock on a file in the data directory, which the kernel
/// releases when this process and the slipwayctl that it started (SlipwayProgram) have ended. What that
/// starts does not inherit it, for the hosts of a sandbox outlive it.
class SlotLock {
public:
    SlotLock() = default;
    ~SlotLock();
    SlotLock(const SlotLock &) = delete;
    SlotLock &operator=(const SlotLock &) = delete;
    SlotLock(SlotLock &&) = delete;
    SlotLock &operator=(SlotLock &&) = delete;

    /// Waits `waitMs` for a killed call whose slipwayctl has not ended yet. AlreadyExists when another
    /// process still holds it then. Makes the folder. Blocks.
    Result<void> take(const Paths &paths, const QString &series, int waitMs = kWaitMs);
    /// Open while the lock is held.
    [[nodiscard]] int descriptor() const { return m_fd; }

    static constexpr int kWaitMs = 10'000;

private:
    int m_fd = -1;
};

} // namespace slipway
