// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cloud/rental/belongings.h"

#include <QMap>

namespace slipway {

/// A thing of the account that looks like a fleet's, and whether anybody still needs it.
struct OrphanCandidate {
    enum class Kind { Server, Firewall, Network };
    enum class Claim {
        Nobody,    ///< destroyed when a person says so
        Here,      ///< of a rental that this data directory knows and that has not ended
        Elsewhere, ///< rented from somewhere else, for a time that is not over
        Unclear,   ///< only its range is one that fleets use; shown, never destroyed
        Campaign,  ///< a campaign runs on it right now, from this data directory
        InUse,     ///< a firewall or VPC of a droplet that stays: without it that were open, or it cannot go
    };

    Kind kind = Kind::Server;
    QString id;
    QString name;
    QString fleet; ///< empty: not by its names
    Claim claim = Claim::Nobody;
    QString owner; ///< who rented it; empty when nothing says so
    QDateTime until;
    QDateTime createdAt;
    QString usedBy; ///< with InUse the droplet, with Campaign its id
    QString status; ///< of a droplet; "off" costs like "active"
    Money perHour;
    Money cost; ///< so far
};

/// Everything that carries tags, names or ranges of fleets, ours and the field's ship-gate's. `live` are the
/// names of rentals known here that have not ended; `busy` what campaigns run on, as campaignOn() knows it.
[[nodiscard]] QList<OrphanCandidate> candidates(const Belongings &all, const QStringList &live,
                                                const QMap<QString, QString> &busy, const QDateTime &now);

/// The campaign that runs on a droplet, which `busy` knows by "droplet-4711" or by an address; empty: none.
[[nodiscard]] QString campaignOn(const CloudServer &server, const QMap<QString, QString> &busy);

/// Claims firewalls and VPCs that nobody else does for those droplets of `all` that are not claimed by
/// nobody.
void claimForServers(const Belongings &all, QList<OrphanCandidate> &candidates);

/// Those of `all` that are orphans: claimed by nobody.
[[nodiscard]] Belongings orphansOf(const Belongings &all, const QList<OrphanCandidate> &candidates);

/// The name that cleaning up orphans has where a fleet's would stand; no fleet can have it.
inline const QString kOrphansName = QStringLiteral("*");

[[nodiscard]] QString candidateKindName(OrphanCandidate::Kind kind);
[[nodiscard]] QString
claimText(const OrphanCandidate &candidate); ///< for a person: "nobody", "alice until …"

} // namespace slipway
