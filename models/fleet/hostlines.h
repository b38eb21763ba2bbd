// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace slipway {

/// Every line that is not a comment holds an address, or is a DNS name: a plain list, /etc/hosts, `tailscale
/// status`, `doctl --no-header`.
[[nodiscard]] bool areHostLines(const QString &text);

/// "node-[01:03]" or "node-[a-c,x]" as Ansible, pdsh and clush write several names; at most 1,000, else the
/// pattern itself.
[[nodiscard]] QStringList expandedNames(const QString &pattern);

} // namespace slipway
