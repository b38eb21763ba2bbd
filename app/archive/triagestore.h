// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"
#include "models/core/result.h"

namespace slipway {

class Archive;
class Database;

/// Whose fault failures are, as people noted it. Every change stays; an undo is a change as well.
class TriageStore {
public:
    explicit TriageStore(Archive &archive);

    /// Added to the older ones, of which it takes the place; now, unless it says when. NotFound names the id.
    Result<void> save(const QString &campaign, const Triage &triage);
    /// Takes one change back at each of `campaigns` (none: wherever it was made), by a new entry that repeats
    /// the one before; where something was changed after it, it is left. NotFound when it was made nowhere.
    Result<TriageUndo> undo(const QString &change, const QStringList &campaigns);
    /// CampaignSummary::triage of each that has one.
    Result<void> addTo(QList<CampaignSummary> &list);

private:
    Result<QMap<QString, QList<Triage>>> loadChanges();

    Archive &m_archive;
    Database &m_database;
};

} // namespace slipway
