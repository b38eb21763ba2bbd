// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/provider.h"

#include <QJsonObject>

namespace slipway {

/// The body that makes a firewall. Servers are named by tag and by the network's range, since it is not
/// documented whether tags cover private addresses.
[[nodiscard]] QJsonObject firewallRules(const FirewallRequest &request);

} // namespace slipway
