// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/recoveredarchive.h"

#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/changedunits.h"
#include "app/archive/database.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/observationstore.h"
#include "app/archive/observationstreams.h"
#include "app/archive/pagesalvage.h"
#include "app/archive/rowtext.h"
#include "app/archive/sealedrow.h"
#include "app/core/builtinprotocols.h"
#include "models/campaign/judgerecord.h"
#include "models/evidence/recoveryfindings.h"

#include <utility>

namespace slipway {

namespace {

constexpr qsizetype kLost = 100;

// What people noted about a campaign, and what is noted of a series, is not evidence of a campaign.
bool isEvidence(const QString &table) {
    return table != QLatin1String("triage") && table != QLatin1String("removal") &&
           table != QLatin1String("series_entry");
}

// For a person: "phase2.json, revision 1", "stream x".
} // namespace

void RecoveredArchive::lose(const QString &what) {
    if (m_recovery.lost.size() < kLost)
        m_recovery.lost << what;
}

void RecoveredArchive::loseOf(const QString &campaign, const QString &what, const QString &why) {
    lose(QStringLiteral("%1 of %2: %3").arg(what, campaign, why));
    if (QStringList &losses = m_losses[campaign]; losses.size() < kLost)
        losses << QStringLiteral("%1: %2").arg(what, why);
}

bool RecoveredArchive::isChanged(const QString &table, const QString &subject, const QString &campaign) {
    m_read.insert(table + subject + campaign);
    if (!m_changed.contains(table, subject, campaign))
        return false;
    const bool wasRecorded = m_changed.wasRecorded(table, subject, campaign);
    const QString why =
        wasRecorded ? QStringLiteral("it is not what was recorded") : QStringLiteral("it was never recorded");
    if (wasRecorded && isEvidence(table))
        loseOf(campaign, unitText(table, subject), why);
    else
        lose(QStringLiteral("%1 of %2: %3").arg(unitText(table, subject), campaign, why));
    return true;
}

// What the chain names and nobody found, on no page either. What is made anew from other rows is not lost.
void RecoveredArchive::loseMissing() {
    for (const UnitName &unit : m_changed.missing()) {
        if (m_read.contains(unit.table + unit.subject + unit.campaign) ||
            unit.table.startsWith(QLatin1String("salient")))
            continue;
        const QString why = QStringLiteral("it was recorded and is missing");
        if (isEvidence(unit.table) && !unit.campaign.isEmpty())
            loseOf(unit.campaign, unitText(unit.table, unit.subject), why);
        else
            lose(QStringLiteral("%1 of %2: %3").arg(unitText(unit.table, unit.subject), unit.campaign, why));
    }
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
    auto made = CampaignStore(m_to).create(record);
    if (made) {
        noteCampaign(campaign);
        loseOf(campaign, QStringLiteral("the row"), QStringLiteral("it was made again from what is left"));
    }
    return made;
}

Result<void> RecoveredArchive::keepStream(const QString &campaign, const EndedStream &stream,
                                          const QString &sha256) {
    if (m_streams.contains(campaign + QLatin1Char('/') + stream.name) ||
        isChanged(QStringLiteral("observation_stream"), unitSubject({stream.name}), campaign))
        return {};
    if (sha256Text(stream.compressed) != sha256) {
        loseOf(campaign, stream.name, QStringLiteral("its bytes are not those that were recorded"));
        return {};
    }
    TRY(ensure(campaign));
    auto kept = ObservationStore(m_to).save(campaign, stream);
    if (kept) {
        m_streams.insert(campaign + QLatin1Char('/') + stream.name);
        m_recovery.observations += stream.lines;
    }
    return kept;
}

Result<void> RecoveredArchive::keepFile(const SalvagedFile &file) {
    const QString place =
        file.campaign + QLatin1Char('/') + file.name + QLatin1Char('#') + QString::number(file.revision);
    if (m_files.contains(place))
        return {};
    if (isChanged(file.campaign.isEmpty() ? QStringLiteral("document") : QStringLiteral("evidence_file"),
                  unitSubject({file.name, file.revision}), file.campaign))
        return {};
    if (sha256Text(file.bytes) != file.sha256) {
        const QString why =
            QStringLiteral("its bytes are not those that were recorded (revision %1)").arg(file.revision);
        if (file.campaign.isEmpty())
            lose(QStringLiteral("%1: %2").arg(file.name, why));
        else
            loseOf(file.campaign, file.name, why);
        return {};
    }
    TRY(file.campaign.isEmpty() ? Result<void>() : ensure(file.campaign));
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

// After those of earlier recoveries.
Result<void> RecoveredArchive::saveFindings(const QString &campaign) {
    const auto record = CampaignReader(m_to).load(campaign);
    if (!record)
        return record.error();
    QList<Finding> findings = recoveryFindingsIn(record->files);
    for (const QString &loss : m_losses.value(campaign))
        findings.append({QStringLiteral("archive.recovered"),
                         QStringLiteral("the archive was damaged, and %1").arg(loss)});
    const auto saved =
        EvidenceStore(m_to).save(campaign, {kRecoveryFindings, recoveryFindingsBytes(findings)});
    return saved ? Result<void>() : saved.error();
}

Result<void> RecoveredArchive::judgeAnew() {
    loseMissing();
    for (const QString &id : m_losses.keys()) {
        TRY(ensure(id));
        TRY(saveFindings(id));
        const auto record = CampaignReader(m_to).loadEvidence(id);
        if (!record)
            return record.error();
        const Judgement judgement = judgeRecord(*record, builtInProtocols());
        CampaignSummary summary = record->summary;
        setJudgement(summary, judgement);
        TRY(JudgementStore(m_to).save(id, judgement));
        TRY(CampaignStore(m_to).update(summary));
    }
    return {};
}

} // namespace slipway
