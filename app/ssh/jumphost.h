// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"
#include "app/ssh/sshhandles.h"

#include <QProcess>

#include <memory>

namespace slipway {

/// A way to a host through its jump hosts: `ssh -W`, which checks their keys strictly, asks nothing and uses
/// the person's config and agent. The process lives as long as this does.
class JumpHost {
public:
    /// Our end is a non-blocking, close-on-exec stream socket, given away by takeSocket().
    static Result<std::unique_ptr<JumpHost>> start(const SshTarget &target);
    ~JumpHost();
    JumpHost(const JumpHost &) = delete;
    JumpHost &operator=(const JumpHost &) = delete;
    JumpHost(JumpHost &&) = delete;
    JumpHost &operator=(JumpHost &&) = delete;

    [[nodiscard]] FileDescriptor takeSocket() { return std::move(m_socket); }
    /// Why there is no way; waits up to a second for ssh to say it.
    [[nodiscard]] QString complaint();

private:
    JumpHost() = default;

    FileDescriptor m_socket;
    QProcess m_process;
};

} // namespace slipway
