// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace slipway {

enum class HostRole { Peer, Chaos };

[[nodiscard]] QString hostRoleName(HostRole role); ///< "peer", "chaos"

/// One machine with SSH. `name` is what people and evidence call it ([A-Za-z0-9._-]{1,64}); `address` is
/// where control goes, `privateAddress` where the servers under test talk to each other.
struct Host {
    QString name;
    HostRole role = HostRole::Peer;
    QString id; ///< what stays when its address changes ("droplet-4711"): host keys are pinned to it; may be
                ///< empty
    QString address;        ///< or a name that ssh_config knows
    quint16 port = 0;       ///< 0: as ssh_config says, 22 where it is silent
    QString user;           ///< empty: as ssh_config says, the person's own name where it is silent
    QString privateAddress; ///< same as address where there is one network only
    QString identityFile;   ///< private key; empty means ssh-agent and the keys of ssh_config
    QString sshConfig;      ///< an ssh_config file, or "none"; empty means the person's own
    QStringList hostKeys;   ///< pinned public keys, "ssh-ed25519 AAAA…"; empty means known_hosts decides
    QString serverPath;     ///< the server under test on this host
    QString workDir;        ///< where phases may write on this host
    QString group;          ///< what people put it under ("nyc3"); may be empty
    QStringList tags;       ///< what people find it by

    friend bool operator==(const Host &, const Host &) = default;
};

inline const QString kDefaultServerPath = QStringLiteral("/usr/local/bin/ai-memory");
inline const QString kDefaultWorkDir = QStringLiteral("/tmp");

struct HostProblem {
    QString field; ///< as the fleet file names it
    QString why;   ///< "is neither a host name nor an IP address"
};

/// The first field of a host that is not what it must be. Nothing that passes can be taken for an option, a
/// path elsewhere or a word of a shell's program.
[[nodiscard]] std::optional<HostProblem> hostProblem(const Host &host);

/// An IPv4 or IPv6 literal.
[[nodiscard]] bool isIpAddress(const QString &text);

/// True for [A-Za-z0-9._-]{1,64} that begins with a letter or digit: safe as a file name and as a word on a
/// host.
[[nodiscard]] bool isPlainName(const QString &name);

} // namespace slipway
