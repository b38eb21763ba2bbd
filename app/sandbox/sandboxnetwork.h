// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

#include <optional>

namespace slipway {

/// A lock of the kernel on something that exists anyway (a folder, a namespace): no file is left behind, and
/// it ends with the process that holds it, however that ends.
class KernelLock {
public:
    /// Waits up to a minute. TimedOut says what is held.
    static Result<KernelLock> take(const QString &path);

    KernelLock(KernelLock &&other) noexcept;
    KernelLock &operator=(KernelLock &&other) = delete;
    KernelLock(const KernelLock &) = delete;
    KernelLock &operator=(const KernelLock &) = delete;
    ~KernelLock();

private:
    explicit KernelLock(int fd) : m_fd(fd) {}
    int m_fd;
};

/// The path whose lock covers every sandbox that shares this process's network.
[[nodiscard]] QString networkLockPath();

/// The third number of a 10.250.x.0/24 that no route of this machine touches: `preferred` when free.
/// Unsupported when none is.
Result<int> freeSubnet(const QByteArray &routeTable, int preferred);
[[nodiscard]] QByteArray routeTable(); ///< /proc/net/route

/// True once a link of that name exists here and has the address.
[[nodiscard]] bool linkHasAddress(const QString &link, const QString &address);
/// Deletes the link when it is there and waits until it is not.
Result<void> removeLink(const QString &link);

/// True when an SSH server greets at that place within `timeoutMs`. Blocks.
[[nodiscard]] bool greets(const QString &address, quint16 port, int timeoutMs);
/// True when a server could listen there.
[[nodiscard]] bool canListen(const QString &address, quint16 port);

} // namespace slipway
