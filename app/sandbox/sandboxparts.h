// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxplan.h"
#include "app/sandbox/sandboxprocesses.h"

#include <QString>
#include <QStringList>

namespace slipway {

struct SandboxHostStatus {
    QString name;
    QString address;
    quint16 port = 0;
    qint64 pid = 0;           ///< the process that holds the host, as this machine sees it; 0: none
    QString networkNamespace; ///< "net:[…]"; empty when the host shares this machine's network
    bool answers = false;     ///< an SSH server greets at its address

    [[nodiscard]] bool healthy() const { return pid != 0 && answers; }
};

/// What of a sandbox runs: the switch, where hosts have networks of their own, and the four hosts, each a
/// process that is known by the sandbox's mark. Starts what is missing, and looks at it. Blocks.
class SandboxParts {
public:
    SandboxParts(SandboxLayout layout, const QString &mark);

    /// Brings up what does not run, or does not answer, of a plan; its subnet is chosen here where there is a
    /// switch. Writes the plan and the hosts' files.
    Result<void> start(SandboxPlan &plan) const;
    /// Ends every process, and removes the link.
    Result<void> end() const;

    [[nodiscard]] bool isAnythingThere() const;
    [[nodiscard]] bool switchHealthy(const SandboxPlan &plan) const;
    [[nodiscard]] SandboxHostStatus lookAt(const SandboxPlan &plan, const QString &host) const;
    /// The one link that a sandbox with namespaces adds to this machine's network.
    [[nodiscard]] QString link() const;
    [[nodiscard]] const SandboxProcesses &processes() const { return m_processes; }

private:
    Result<void> startSwitch(SandboxPlan &plan) const;
    Result<void> startPart(const QString &part, const QStringList &arguments, const QString &log) const;
    Result<void> startHost(const SandboxPlan &plan, const QString &host) const;
    Result<void> waitForHosts(const SandboxPlan &plan) const;

    SandboxLayout m_layout;
    QString m_mark; ///< what this sandbox's processes and link are known by
    SandboxProcesses m_processes;
};

} // namespace slipway
