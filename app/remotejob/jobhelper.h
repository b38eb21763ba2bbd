// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/remotejob/jobspec.h"
#include "app/ssh/remoteshell.h"

namespace slipway {

class JobStreams;

/// The helper program on a host (README.md), as it is called about one job. Each call begins a command on the
/// shell, which must be open, and reads nothing of its answer. On the shell's thread.
class JobHelper {
public:
    JobHelper(RemoteShell &shell, QString id) : m_shell(shell), m_id(std::move(id)) {}

    /// Puts the helper there, or verifies it; answers "ready". `before`: what is to run first.
    RemoteCommand *install(const QByteArray &before);
    RemoteCommand *start(const JobSpec &spec);
    /// The SHA-256 of as many bytes of both streams as have arrived.
    RemoteCommand *sum(const JobStreams &arrived);
    /// What comes after those that have arrived, as frames with this nonce, to the job's end.
    RemoteCommand *follow(const JobStreams &arrived, const QByteArray &nonce);
    RemoteCommand *cancel();
    RemoteCommand *sayEnough(const QString &part);
    RemoteCommand *remove(); ///< the folder of a job that has ended

private:
    RemoteCommand *run(const QByteArray &verb, const QByteArray &arguments, int timeoutMs);

    RemoteShell &m_shell;
    QString m_id;
};

} // namespace slipway
