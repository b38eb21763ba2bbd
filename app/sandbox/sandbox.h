// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "app/sandbox/sandboxchoice.h"
#include "app/sandbox/sandboxparts.h"
#include "app/sandbox/sandboxplan.h"
#include "models/fleet/fleet.h"

#include <QList>
#include <QString>

namespace slipway {

/// Which server under test the hosts have. With nothing set it is the one chosen last, at first the reference
/// node.
struct SandboxOptions {
    QString server;         ///< choose this program
    bool reference = false; ///< choose the reference node next to this program
    bool lie = false;       ///< the chosen server acknowledges writes that it then loses
};

struct SandboxStatus {
    enum class State {
        Down,    ///< nothing runs
        Partial, ///< something is missing; up() repairs it
        Up,
    };

    State state = State::Down;
    bool namespaces = false; ///< hosts have networks of their own, so packet filters can be used on them
    SandboxServer server;
    QList<SandboxHostStatus> hosts; ///< empty when Down
};

/// A fleet in a box on this machine: node-a, node-b, node-c and chaos, each with its own SSH server, host key
/// and file tree. As root each is a machine of its own to the programs on it (network, processes, mounts,
/// name); otherwise four SSH servers of this user on loopback addresses. One sandbox per data directory, any
/// number on a machine.
///
/// Every call blocks, up() for about a second and 20 s at worst: call it on a thread of its own, never on the
/// GUI thread. Safe from several threads and processes at once; they wait for each other.
class Sandbox {
public:
    explicit Sandbox(const Paths &paths);

    /// Brings the fleet up, repairs it, or finds it healthy and leaves it alone. The fleet is also in
    /// fleetFile(). The hosts outlive this process.
    Result<Fleet> up(const SandboxOptions &options);
    /// Removes everything but the choice of the server: processes, networks, files. Not an error when nothing
    /// is there.
    Result<void> down();
    Result<SandboxStatus> status() const;

    [[nodiscard]] QString fleetFile() const { return m_layout.fleetFile(); }
    /// The one link that a sandbox with namespaces adds to this machine's network.
    [[nodiscard]] QString link() const { return m_parts.link(); }

private:
    [[nodiscard]] Result<SandboxChoice> choiceOf(const SandboxOptions &options) const;

    QString m_dataDir;
    SandboxLayout m_layout;
    QString m_mark; ///< what this sandbox's processes and link are known by
    SandboxParts m_parts;
};

} // namespace slipway
