// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"
#include "app/ssh/sshhandles.h"

#include <QProcess>
#include <QTemporaryFile>

#include <memory>

namespace slipway {

/// A way to a host through a program of its own on a socket: `ssh -W` through jump hosts, which checks their
/// keys strictly, asks nothing and uses the person's config and agent; or the ProxyCommand of ssh_config,
/// which a shell runs, as ssh has it run. The process lives as long as this does.
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
    /// Why there is no way, empty when nobody says it; waits up to a second for the program to end.
    [[nodiscard]] QString complaint();

private:
    JumpHost() = default;
    Result<void> writeConfig(const Host &host);

    FileDescriptor m_socket;
    QTemporaryFile m_config; ///< of `ssh -W` and of each ssh that it starts
    QProcess m_process;
};

} // namespace slipway
