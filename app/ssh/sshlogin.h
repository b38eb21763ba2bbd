// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/hostkeycheck.h"
#include "app/ssh/sshconfig.h"

#include <QList>
#include <QStringList>

namespace slipway {

/// An option of ssh_config(5), its value quoted as a line of ssh_config has to have it.
struct SshOption {
    QString name;
    QString value;

    friend bool operator==(const SshOption &, const SshOption &) = default;
};

/// All that ssh has to know to log in as Slipway does, and to trust the same keys: for `ssh -F none -o …`,
/// and for a Host block. Strict: a key that is not known is refused unasked. Where keys are pinned, by the
/// fleet or by a person, `pinnedKeys` is what prints them: the words of a KnownHostsCommand. Unsupported,
/// with host and option, for a value that ssh_config cannot have. Looks at files.
Result<QList<SshOption>> loginOptions(const SshTarget &target, const HostKeyCheck &check,
                                      const QStringList &pinnedKeys);

} // namespace slipway
