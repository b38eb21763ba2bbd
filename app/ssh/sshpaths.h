// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace slipway {

/// Paths as ssh_config writes them. The person's home is that of the account, as for ssh, not $HOME.

/// Text that is the same again when it is turned back into bytes; nothing for bytes that are not UTF-8, which
/// would become another name or another path.
[[nodiscard]] std::optional<QString> exactText(const QByteArray &bytes);

/// "~/…" and "~NAME/…" with the account's home folder.
[[nodiscard]] QString withHome(const QString &path);

/// Whether there is anything at `path`. An error when that cannot be known: a folder that may not be entered,
/// a loop of links.
Result<bool> isThere(const QString &path);

/// Whether a key file is one of those that ssh tries when none is named (~/.ssh/id_ed25519 and its like).
[[nodiscard]] bool isDefaultIdentity(const QString &path);

/// Whether a path holds tokens or ${VARIABLES}, which only ssh knows all of.
[[nodiscard]] bool needsSsh(const QString &path);

/// All of `paths` as one quoted word of ssh_config, to be expanded by ssh at once.
Result<QString> wordForExpansion(const QStringList &paths);
/// What `ssh -G` made of that word as the value of UserKnownHostsFile. An error for paths that are not UTF-8.
Result<QStringList> expandedFrom(const QByteArray &answer);

/// Whether an IdentityAgent is a path, not "none", "SSH_AUTH_SOCK" or "$VARIABLE".
[[nodiscard]] bool isAgentPath(const QString &agent);
/// The socket of an IdentityAgent, or of the environment where ssh_config is silent; empty for none.
[[nodiscard]] QString agentSocket(const QString &agent);

} // namespace slipway
