// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/archive/archivethread.h"
#include "models/campaign/triage.h"

#include <QMap>
#include <QObject>
#include <QStringList>

namespace slipway {

/// What a person changes about campaigns that have ended: judgements by newer rules, removal, triage. Lives
/// on the owner's thread; answers come there.
class CampaignChanges final : public QObject {
    Q_OBJECT
public:
    template <typename T>
    using Done = std::function<void(Result<T>)>;

    explicit CampaignChanges(ArchiveThread &archive) : m_archive(archive) {}

    /// Judges archived evidence anew and keeps the judgement next to the older ones. Empty `ids`: all that
    /// newer rules have not judged yet. Answers with how many were.
    void rejudge(const QStringList &ids, Done<qint64> done);
    /// Takes campaigns out of lists and searches, or back; all or none.
    void setRemoved(const QStringList &ids, bool removed, Done<void> done);
    /// By campaign; all or none.
    void saveTriage(const QMap<QString, Triage> &triages, Done<void> done);
    /// Takes a change back at `ids` (none: wherever it was made) where nothing was changed after it.
    void undoTriage(const QString &change, const QStringList &ids, Done<TriageUndo> done);

Q_SIGNALS:
    void campaignListChanged(); ///< after each of these that changed something

private:
    void change(std::function<Result<void>(Archive &)> write, Done<void> done);

    ArchiveThread &m_archive;
};

} // namespace slipway
