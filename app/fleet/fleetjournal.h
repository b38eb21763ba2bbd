// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/fleet/fleetstore.h"

namespace slipway {

/// The last changes of the named fleets, for an undo: a file each in the store's ".undo", the newest 20. Used
/// under the store's lock alone. Blocks: never on the GUI thread.
class FleetJournal {
public:
    explicit FleetJournal(const QString &fleetDir) : m_dir(fleetDir + QStringLiteral("/.undo")) {}

    Result<void> append(const QList<FleetChange> &changes) const;
    /// The newest; NotFound when there is none.
    [[nodiscard]] Result<QList<FleetChange>> last() const;
    void dropLast() const;

private:
    [[nodiscard]] QStringList files() const; ///< oldest first

    QString m_dir;
};

} // namespace slipway
