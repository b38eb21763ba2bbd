// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace slipway {

/// Lets as many connections be made at once as this process has descriptors for: each needs about a dozen
/// for its `ssh -G`, its `ssh-keygen` and its agent, and one when it is made. At most 64.
class ConnectGate {
public:
    /// Waits for its turn; not admitted once `givenUp` says so. Blocks.
    explicit ConnectGate(const std::function<bool()> &givenUp);
    ~ConnectGate();
    ConnectGate(const ConnectGate &) = delete;
    ConnectGate &operator=(const ConnectGate &) = delete;
    ConnectGate(ConnectGate &&) = delete;
    ConnectGate &operator=(ConnectGate &&) = delete;

    [[nodiscard]] bool admitted() const { return m_admitted; }

private:
    bool m_admitted = false;
};

} // namespace slipway
