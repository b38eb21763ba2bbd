// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

namespace slipway {

/// What becomes of one host where a fleet takes the place of another.
struct HostChange {
    enum class Kind { Same, Added, Removed, Changed };
    Kind kind = Kind::Same;
    QString name;
    QStringList fields; ///< "address: 203.0.113.11 → 203.0.113.51", where it changed
};
[[nodiscard]] QString hostChangeName(HostChange::Kind kind); ///< "same", "added", "removed", "changed"

/// Host by host: those of `after` in their order, then those that are gone. Hosts are one by their id, else
/// by their name. Pure.
[[nodiscard]] QList<HostChange> fleetChanges(const Fleet &before, const Fleet &after);

/// An inventory that was imported again, with what people set on the fleet and the inventory does not say:
/// users, keys, paths, groups, tags, roles, parameters. Pinned keys stay with a machine that stayed: one with
/// the same id, or, without ids, the same address. Pure.
[[nodiscard]] Fleet updatedFleet(const Fleet &present, const Fleet &imported);

} // namespace slipway
