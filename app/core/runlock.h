// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace slipway {

/// Says that this process runs a campaign: a kernel lock on a file in its spool folder. The kernel lets go of
/// it when the process dies, however that happens, so a lock that can be had means that nobody runs the
/// campaign.
class RunLock {
public:
    RunLock() = default;
    ~RunLock();
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;
    RunLock(RunLock &&) = delete;
    RunLock &operator=(RunLock &&) = delete;

    /// False when another process holds it, or the folder cannot be written.
    [[nodiscard]] bool take(const QString &spoolDir);

    [[nodiscard]] static bool isHeld(const QString &spoolDir);

private:
    int m_fd = -1;
};

} // namespace slipway
