// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>

#include <csignal>

namespace slipway::test {

/// Sends a signal to a process that runs. One that has ended gets none: its id is 0 then, which would be the
/// group of the caller, and with it whatever runs the tests.
inline void sendSignal(const QProcess &process, int number) {
    const auto pid = static_cast<pid_t>(process.processId());
    if (pid > 0)
        ::kill(pid, number);
}

} // namespace slipway::test
