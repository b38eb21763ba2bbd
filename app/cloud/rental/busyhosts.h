// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/cloud.h"

#include <QMap>

namespace slipway {

/// The hosts on which some process of this data directory runs a campaign right now: a host's id
/// ("droplet-4711") and addresses to the campaign. Read from the plans next to the spools; blocks.
using BusyHosts = QMap<QString, QString>;
[[nodiscard]] BusyHosts busyHosts(const Paths &paths);

/// The campaign that runs on one of the droplets; empty: none.
[[nodiscard]] QString campaignOn(const QList<CloudServer> &servers, const BusyHosts &busy);

} // namespace slipway
