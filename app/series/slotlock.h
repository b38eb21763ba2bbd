// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/core/result.h"

namespace slipway {

/// Says that a slot of a series is being run: a kernel lock on a file in the data directory, which the kernel
/// lets go of when this process dies. The programs that are started do not inherit it, for the hosts of a
/// sandbox outlive them; they end with this process instead (SlipwayProgram).
class SlotLock {
public:
    SlotLock() = default;
    ~SlotLock();
    SlotLock(const SlotLock &) = delete;
    SlotLock &operator=(const SlotLock &) = delete;
    SlotLock(SlotLock &&) = delete;
    SlotLock &operator=(SlotLock &&) = delete;

    /// AlreadyExists when another process holds it. Makes the folder.
    Result<void> take(const Paths &paths, const QString &series);

private:
    int m_fd = -1;
};

} // namespace slipway
