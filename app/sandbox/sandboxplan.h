// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sandbox/sandboxserver.h"
#include "models/fleet/fleet.h"

#include <QStringList>

namespace slipway {

/// What a sandbox is made of, as plan.json in its folder keeps it. A plain value.
struct SandboxPlan {
    bool namespaces = false; ///< false: SSH servers of this user on loopback addresses
    int subnet = 0;          ///< of 10.250.x.0/24 with namespaces, of 127.250.x.0/24 without
    QString user;            ///< who logs in
    SandboxServer server;

    [[nodiscard]] static QStringList hostNames(); ///< three peers, then chaos
    [[nodiscard]] QString address(const QString &host) const;
    [[nodiscard]] QString gateway() const; ///< this machine's own address in the subnet
    [[nodiscard]] quint16 port() const;

    friend bool operator==(const SandboxPlan &, const SandboxPlan &) = default;
};

/// Where a sandbox keeps what, below one folder (0700). A host's tree is hosts/NAME/fs.
struct SandboxLayout {
    QString dir;

    [[nodiscard]] QString planFile() const { return dir + QStringLiteral("/plan.json"); }
    [[nodiscard]] QString fleetFile() const { return dir + QStringLiteral("/fleet.json"); }
    [[nodiscard]] QString script() const { return dir + QStringLiteral("/part.sh"); }
    [[nodiscard]] QString serverDir() const { return dir + QStringLiteral("/server"); }
    [[nodiscard]] QString clientKey() const { return dir + QStringLiteral("/key"); }
    [[nodiscard]] QString switchLog() const { return dir + QStringLiteral("/switch.log"); }
    [[nodiscard]] QString hostDir(const QString &host) const {
        return dir + QStringLiteral("/hosts/") + host;
    }
    [[nodiscard]] QString hostRoot(const QString &host) const {
        return hostDir(host) + QStringLiteral("/fs");
    }
    [[nodiscard]] QString hostLog(const QString &host) const {
        return hostDir(host) + QStringLiteral("/host.log");
    }
    [[nodiscard]] QString hostSshDir(const QString &host) const {
        return hostRoot(host) + QStringLiteral("/etc/ssh");
    }
    [[nodiscard]] QString hostKey(const QString &host) const {
        return hostSshDir(host) + QStringLiteral("/ssh_host_ed25519_key");
    }
};

/// NotFound when there is none; Corrupt when it is not one.
Result<SandboxPlan> readPlan(const SandboxLayout &layout);
Result<void> writePlan(const SandboxLayout &layout, const SandboxPlan &plan);

/// Makes what is missing of keys, and writes the hosts' SSH set-up and the set-up script. `mark` is what the
/// processes of the sandbox are known by. Blocks.
Result<void> prepareFiles(const SandboxLayout &layout, const SandboxPlan &plan, const QString &mark);

/// The fleet that the plan makes; host keys are read from the files.
Result<Fleet> sandboxFleet(const SandboxLayout &layout, const SandboxPlan &plan);

} // namespace slipway
