// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>

namespace slipway {

/// Bytes that crossed to the owner and were not yet taken by it; shared by both sides of one command.
struct FlowBudget {
    static constexpr qint64 kLimit = 8LL * 1024 * 1024;
    std::atomic<qint64> untaken{0};
    std::atomic<bool> paused{false};
};

} // namespace slipway
