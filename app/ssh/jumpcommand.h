// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"

#include <QStringList>

#include <array>

namespace slipway {

struct JumpOption {
    const char *name;
    const char *value;
};

/// How a jump host is connected to, whatever the person's config says: strict, since nobody is there to be
/// asked and a changed key does not get in.
inline constexpr std::array<JumpOption, 7> kStrictJump{{{"BatchMode", "yes"},
                                                        {"StrictHostKeyChecking", "yes"},
                                                        {"NoHostAuthenticationForLocalhost", "no"},
                                                        {"VerifyHostKeyDNS", "no"},
                                                        {"ConnectTimeout", "10"},
                                                        {"ControlPath", "none"},
                                                        {"LogLevel", "ERROR"}}};

/// "[user@]host[:port]" as options of ssh and a plain name: not every ssh takes an IPv6 address in an
/// "ssh://" address.
[[nodiscard]] QStringList jumpDestination(const QString &jump);

/// A ProxyCommand that leads through the target's jump hosts as Slipway goes, each of them strict; empty
/// where there is none.
[[nodiscard]] QString jumpCommand(const SshTarget &target);

} // namespace slipway
