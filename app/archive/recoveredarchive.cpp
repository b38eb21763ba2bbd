// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/recoveredarchive.h"

#include "app/archive/campaignstore.h"
#include "app/archive/changedunits.h"
#include "app/archive/database.h"
#include "app/archive/observationstreams.h"
#include "app/archive/pagesalvage.h"
#include "app/archive/rowtext.h"
#include "app/core/builtinprotocols.h"
#include "models/campaign/judgerecord.h"

#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kLost = 100;

} // namespace

void RecoveredArchive::lose(const QString &what) {
    if (m_recovery.lost.size() < kLost)
        m_recovery.lost << what;
}

bool RecoveredArchive::isChanged(const QString &table, const QString &subject, const QString &campaign) {
    if (!m_changed.contains(table, subject, campaign))
        return false;
    const QString what = subject == QLatin1String("[]") ? table : table + QLatin1Char(' ') + subject;
    lose(QStringLiteral("%1 of %2: it is not what was recorded").arg(what, campaign));
    m_anew.insert(campaign);
    return true;
}

void RecoveredArchive::noteCampaign(const QString &id) {
    m_campaigns.insert(id);
    ++m_recovery.campaigns;
}

Result<void> RecoveredArchive::ensure(const QString &campaign) {
    if (m_campaigns.contains(campaign))
        return {};
    CampaignRecord record;
    record.summary.id = campaign;
    record.summary.source = kImported;
    record.summary.state = RunState::Lost;
    auto made = m_to.createCampaign(record);
    if (made) {
        noteCampaign(campaign);
        m_anew.insert(campaign);
        lose(QStringLiteral("the row of campaign %1; it was made again from its files").arg(campaign));
    }
    return made;
}

Result<void> RecoveredArchive::keepStream(const QString &campaign, const EndedStream &stream,
                                          const QString &sha256) {
    if (m_streams.contains(campaign + QLatin1Char('/') + stream.name) ||
        isChanged(QStringLiteral("observation_stream"), QStringLiteral("[\"%1\"]").arg(stream.name),
                  campaign))
        return {};
    if (sha256Text(stream.compressed) != sha256) {
        lose(QStringLiteral("%1 of %2: its bytes are not those that were recorded")
                 .arg(stream.name, campaign));
        m_anew.insert(campaign);
        return {};
    }
    if (auto there = ensure(campaign); !there)
        return there;
    auto kept = m_to.saveObservations(campaign, stream);
    if (kept) {
        m_streams.insert(campaign + QLatin1Char('/') + stream.name);
        m_recovery.observations += stream.lines;
    }
    return kept;
}

Result<void> RecoveredArchive::keepFile(const SalvagedFile &file) {
    const QString name = file.campaign + QLatin1Char('/') + file.name;
    const QString place = QStringLiteral("%1#%2").arg(name).arg(file.revision);
    if (m_files.contains(place))
        return {};
    if (isChanged(file.campaign.isEmpty() ? QStringLiteral("document") : QStringLiteral("evidence_file"),
                  QStringLiteral("[\"%1\",%2]").arg(file.name).arg(file.revision), file.campaign))
        return {};
    if (sha256Text(file.bytes) != file.sha256) {
        lose(QStringLiteral("%1 of %2, revision %3: its bytes are not those that were recorded")
                 .arg(file.name, file.campaign)
                 .arg(file.revision));
        m_anew.insert(file.campaign);
        return {};
    }
    if (auto there = file.campaign.isEmpty() ? Result<void>() : ensure(file.campaign); !there)
        return there;
    auto insert = m_to.database().prepare(file.campaign.isEmpty()
                                              ? "INSERT INTO document(name, revision, saved_at, sha256, "
                                                "problem, bytes) VALUES (?2,?3,?4,?5,?6,?8)"
                                              : "INSERT INTO evidence_file(campaign, name, revision, "
                                                "saved_at, sha256, problem, removed, bytes) "
                                                "VALUES (?1,?2,?3,?4,?5,?6,?7,?8)");
    if (!insert)
        return insert.error();
    if (!file.campaign.isEmpty())
        insert->bind(1, file.campaign).bind(7, qint64(file.removed ? 1 : 0));
    insert->bind(2, file.name).bind(3, file.revision).bind(4, file.savedAt).bind(5, file.sha256);
    insert->bind(6, file.problem).bind(8, file.bytes);
    auto kept = m_to.database().run(*insert, QStringLiteral("keeping %1").arg(place));
    if (kept) {
        m_files.insert(place);
        ++m_recovery.files;
    }
    return kept;
}

Result<void> RecoveredArchive::judgeAnew() {
    for (const QString &id : std::as_const(m_anew)) {
        if (!m_campaigns.contains(id))
            continue;
        const auto record = m_to.loadEvidence(id);
        if (!record)
            return record.error();
        const Judgement judgement = judgeRecord(*record, builtInProtocols());
        CampaignSummary summary = record->summary;
        setJudgement(summary, judgement);
        if (auto saved = m_to.saveJudgement(id, judgement); !saved)
            return saved;
        if (auto saved = m_to.updateCampaign(summary); !saved)
            return saved;
    }
    return {};
}

} // namespace slipway
