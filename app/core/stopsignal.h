// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace slipway {

/// Calls `stop` in the event loop at the first SIGINT or SIGTERM; a second one ends the process at once.
/// Calls `hungUp` each time the terminal goes (SIGHUP), which ends nothing then; without it SIGHUP ends the
/// process as ever. One at a time.
class StopSignal {
public:
    explicit StopSignal(std::function<void()> stop, std::function<void()> hungUp = {});
    ~StopSignal();
    StopSignal(const StopSignal &) = delete;
    StopSignal &operator=(const StopSignal &) = delete;
    StopSignal(StopSignal &&) = delete;
    StopSignal &operator=(StopSignal &&) = delete;

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
    bool m_outlives; ///< the terminal
};

} // namespace slipway
