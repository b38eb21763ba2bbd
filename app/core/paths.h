// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QString>

namespace slipway {

/// Where a data directory keeps what. Directories are 0700, files 0600. A plain value.
struct Paths {
    QString dataDir;
    QString stateDir{}; ///< for what only tells of the past; empty: the data directory
    QString cacheDir{}; ///< for what is made again when it is missing; empty: the data directory

    [[nodiscard]] QString archiveFile() const { return dataDir + QStringLiteral("/archive.sqlite"); }
    [[nodiscard]] QString archiveLock() const { return dataDir + QStringLiteral("/archive.lock"); }
    [[nodiscard]] QString spoolDir(const QString &campaignId) const {
        return dataDir + QStringLiteral("/spools/") + campaignId;
    }
    [[nodiscard]] QString pinFile() const { return dataDir + QStringLiteral("/host-keys"); }
    [[nodiscard]] QString fleetDir() const { return dataDir + QStringLiteral("/fleets"); }
    [[nodiscard]] QString rentalsDir() const { return dataDir + QStringLiteral("/rentals"); }
    [[nodiscard]] QString rentalDir(const QString &fleet) const {
        return rentalsDir() + QLatin1Char('/') + fleet;
    }
    [[nodiscard]] QString publishDir() const {
        return (cacheDir.isEmpty() ? dataDir : cacheDir) + QStringLiteral("/publish");
    }
    [[nodiscard]] QString sandboxDir() const { return dataDir + QStringLiteral("/sandbox"); }
    [[nodiscard]] QString eventLog() const {
        return (stateDir.isEmpty() ? dataDir : stateDir) + QStringLiteral("/slipway.log");
    }
    [[nodiscard]] QString sandboxChoiceFile() const {
        return dataDir + QStringLiteral("/sandbox-server.json");
    }
};

/// The directory named, else $SLIPWAY_DATA_DIR, else $XDG_DATA_HOME/slipway (~/.local/share/slipway), and
/// with the last one $XDG_STATE_HOME/slipway (~/.local/state/slipway) for the event log and
/// $XDG_CACHE_HOME/slipway (~/.cache/slipway) for clones that are published from. Nothing is made, and it
/// need not exist. Refused where no variable names a folder other than "/".
Result<Paths> dataPaths(const QString &dataDirOption);

/// Makes the data directory with mode 0700 when it is missing. Whoever writes into it calls this first, so
/// that a command that has nothing to write leaves none behind.
Result<void> makeDataDir(const Paths &paths);

/// Before something is published: makes the cache directory with mode 0700, and moves the clones there that
/// earlier builds kept in the data directory, once. They stay where the old place is a link, or where there
/// are clones in the new one. Between file systems they are removed, since a publication clones again; that
/// blocks, so this is for a worker.
void preparePublishDir(const Paths &paths);

} // namespace slipway
