// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/paths.h"
#include "models/fleet/fleet.h"

#include <functional>
#include <optional>

namespace slipway {

/// A fleet file of the store; one that cannot be read is listed with why, never left out.
struct StoredFleet {
    QString name;
    QString file;
    Result<Fleet> fleet;
};

/// What becomes of a name: `before` is what the writer knows, `after` what shall be; nothing means no such
/// fleet.
struct FleetChange {
    QString name;
    std::optional<Fleet> before;
    std::optional<Fleet> after;
};

/// The named fleets of a data directory: a file each (models/fleet/README.md), `fleets/NAME.json`, replaced
/// whole. Any thread and process; a kernel lock lets one write at a time. Blocks: never on the GUI thread.
class FleetStore {
public:
    explicit FleetStore(const Paths &paths) : m_dir(paths.fleetDir()) {}

    [[nodiscard]] QList<StoredFleet> list() const; ///< by name
    Result<Fleet> load(const QString &name) const; ///< NotFound when there is none
    /// All or none: refused with AlreadyExists when what is stored is not what the writer knows, so that two
    /// who edit the same fleet cannot undo each other's work unseen.
    Result<void> write(const QList<FleetChange> &changes) const;
    /// Takes the last write back, whoever made it; refused where a fleet is not as that write left it.
    /// Answers with what it took back. `dryRun`: only that.
    Result<QList<FleetChange>> undo(bool dryRun) const;
    [[nodiscard]] QString fileOf(const QString &name) const;

private:
    Result<void> check(const FleetChange &change) const;
    Result<void> locked(const std::function<Result<void>()> &body) const;
    Result<void> putAll(const QList<FleetChange> &changes) const; ///< all or none
    Result<void> put(const FleetChange &change) const;

    QString m_dir;
};

} // namespace slipway
