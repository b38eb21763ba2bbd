// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignchanges.h"

#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/triagestore.h"
#include "app/core/builtinprotocols.h"
#include "models/campaign/judgerecord.h"

namespace slipway {

namespace {

Result<bool> judgeAgain(Archive &archive, const QString &id, bool onlyOlder) {
    const auto record = CampaignReader(archive).loadEvidence(id);
    if (!record)
        return record.error();
    const Judgement judgement = judgeRecord(*record, builtInProtocols());
    const bool running = record->summary.state == RunState::Running || record->files.isEmpty();
    const int judgedBy = record->history.isEmpty() ? 0 : record->history.constLast().rulesVersion;
    if (onlyOlder && (running || judgedBy >= judgement.rulesVersion))
        return false;
    CampaignSummary summary = record->summary;
    setJudgement(summary, judgement);
    const auto saved = archive.transaction([&]() -> Result<void> {
        TRY(JudgementStore(archive).save(id, judgement));
        return CampaignStore(archive).update(summary);
    });
    if (!saved)
        return saved.error();
    return true;
}

Result<qint64> judgeAgain(Archive &archive, QStringList ids) {
    const bool all = ids.isEmpty();
    if (all) {
        const auto list = CampaignReader(archive).list();
        if (!list)
            return list.error();
        for (const CampaignSummary &summary : *list)
            ids << summary.id;
    }
    qint64 judged = 0;
    for (const QString &id : ids) {
        const auto done = judgeAgain(archive, id, all);
        if (!done)
            return done.error();
        judged += *done ? 1 : 0;
    }
    return judged;
}

} // namespace

void CampaignChanges::rejudge(const QStringList &ids, Done<qint64> done) {
    m_archive.ask<qint64>([ids](Archive &archive) { return judgeAgain(archive, ids); },
                          [this, done = std::move(done)](const Result<qint64> &judged) {
                              done(judged);
                              Q_EMIT campaignListChanged();
                          });
}

void CampaignChanges::change(std::function<Result<void>(Archive &)> write, Done<void> done) {
    m_archive.ask<bool>(
        [write = std::move(write)](Archive &archive) -> Result<bool> {
            TRY(archive.transaction([&] { return write(archive); }));
            return true;
        },
        [this, done = std::move(done)](const Result<bool> &written) {
            done(written ? Result<void>() : Result<void>(written.error()));
            if (written)
                Q_EMIT campaignListChanged();
        });
}

void CampaignChanges::setRemoved(const QStringList &ids, bool removed, Done<void> done) {
    change(
        [ids, removed](Archive &archive) -> Result<void> {
            for (const QString &id : ids) {
                TRY(CampaignStore(archive).setRemoved(id, removed));
            }
            return {};
        },
        std::move(done));
}

void CampaignChanges::saveTriage(const QMap<QString, Triage> &triages, Done<void> done) {
    change(
        [triages](Archive &archive) -> Result<void> {
            for (auto it = triages.constBegin(); it != triages.constEnd(); ++it) {
                TRY(TriageStore(archive).save(it.key(), it.value()));
            }
            return {};
        },
        std::move(done));
}

void CampaignChanges::undoTriage(const QString &change, const QStringList &ids, Done<TriageUndo> done) {
    m_archive.ask<TriageUndo>(
        [change, ids](Archive &archive) { return TriageStore(archive).undo(change, ids); },
        [this, done = std::move(done)](const Result<TriageUndo> &undone) {
            done(undone);
            if (undone)
                Q_EMIT campaignListChanged();
        });
}

} // namespace slipway
