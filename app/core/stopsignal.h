// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace slipway {

/// Calls `stop` in the event loop at the first SIGINT or SIGTERM; a second one ends the process at once. One
/// at a time.
class StopSignal {
public:
    explicit StopSignal(std::function<void()> stop);
    ~StopSignal();
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;
    StopSignal(StopSignal &&) = delete;
    StopSignal &operator=(StopSignal &&) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace slipway
