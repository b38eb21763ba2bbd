// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"
#include "app/core/builtinprotocols.h"
#include "app/core/mailbox.h"
#include "app/core/runlock.h"
#include "app/core/worker.h"
#include "app/session/services.h"
#include "models/campaign/judgerecord.h"

namespace slipway {

namespace {

constexpr int kHits = 100;

Result<bool> judgeAgain(CampaignStore &store, const QString &id, bool onlyOlder) {
    const auto record = store.loadEvidence(id);
    if (!record)
        return record.error();
    const Judgement judgement = judgeRecord(*record, builtInProtocols());
    const bool running = record->summary.state == RunState::Running || record->files.isEmpty();
    const int judgedBy = record->history.isEmpty() ? 0 : record->history.constLast().rulesVersion;
    if (onlyOlder && (running || judgedBy >= judgement.rulesVersion))
        return false;
    CampaignSummary summary = record->summary;
    setJudgement(summary, judgement);
    const auto saved = store.together([&]() -> Result<void> {
        if (auto kept = store.saveJudgement(id, judgement); !kept)
            return kept;
        return store.updateCampaign(summary);
    });
    if (!saved)
        return saved.error();
    return true;
}

Result<qint64> judgeAgain(CampaignStore &store, QStringList ids) {
    const bool all = ids.isEmpty();
    if (all) {
        const auto list = store.listCampaigns();
        if (!list)
            return list.error();
        for (const CampaignSummary &summary : *list)
            ids << summary.id;
    }
    qint64 judged = 0;
    for (const QString &id : ids) {
        const auto done = judgeAgain(store, id, all);
        if (!done)
            return done.error();
        judged += *done ? 1 : 0;
    }
    return judged;
}

// A campaign that is noted as running and that nobody runs was cut off with its dashboard.
void correctState(const Paths &paths, CampaignSummary &summary) {
    if (summary.state != RunState::Running || RunLock::isHeld(paths.spoolDir(summary.id)))
        return;
    summary.state = RunState::Lost;
    summary.reason =
        QStringLiteral("its dashboard ended before the campaign did; slipwayctl resume %1 takes it up")
            .arg(summary.id);
}

} // namespace

void Services::listCampaigns(std::function<void(Result<QList<CampaignSummary>>)> done) {
    m_archive->ask<QList<CampaignSummary>>(
        [](CampaignStore &store) { return store.listCampaigns(); },
        [this, done = std::move(done)](Result<QList<CampaignSummary>> list) {
            if (list) {
                for (CampaignSummary &summary : *list)
                    correctState(m_paths, summary);
            }
            done(std::move(list));
        });
}

void Services::loadCampaign(const QString &id, std::function<void(Result<CampaignRecord>)> done) {
    m_archive->ask<CampaignRecord>([id](CampaignStore &store) { return store.loadCampaign(id); },
                                   [this, done = std::move(done)](Result<CampaignRecord> record) {
                                       if (record)
                                           correctState(m_paths, record->summary);
                                       done(record);
                                   });
}

void Services::judgeCampaign(const QString &id, std::function<void(Result<CampaignRecord>)> done) {
    m_archive->ask<CampaignRecord>(
        [id](CampaignStore &store) -> Result<CampaignRecord> {
            auto record = store.loadEvidence(id);
            if (record) {
                setJudgement(*record, judgeRecord(*record, builtInProtocols()));
                record->observations.clear();
            }
            return record;
        },
        [this, done = std::move(done)](Result<CampaignRecord> record) {
            if (record) {
                CampaignSummary summary = record->summary;
                correctState(m_paths, summary);
                record->summary.state = summary.state;
            }
            done(std::move(record));
        });
}

void Services::loadTrace(const QString &id, const QString &fault, int cycle,
                         std::function<void(Result<CycleTrace>)> done) {
    m_archive->ask<CycleTrace>(
        [id, fault, cycle](CampaignStore &store) { return store.loadTrace(id, fault, cycle); },
        std::move(done));
}

void Services::loadSettling(const QString &id, std::function<void(Result<Settling>)> done) {
    m_archive->ask<Settling>([id](CampaignStore &store) { return store.loadSettling(id); }, std::move(done));
}

void Services::rejudge(const QStringList &ids, std::function<void(Result<qint64>)> done) {
    m_archive->ask<qint64>([ids](CampaignStore &store) { return judgeAgain(store, ids); },
                           [this, done = std::move(done)](const Result<qint64> &judged) {
                               done(judged);
                               Q_EMIT campaignListChanged();
                           });
}

// Standings are computed where the list is read: of ten thousand campaigns they take longer than a frame.
void Services::listEntries(std::function<void(Result<QList<CampaignEntry>>)> done) {
    m_archive->ask<QList<CampaignEntry>>(
        [paths = m_paths](CampaignStore &store) -> Result<QList<CampaignEntry>> {
            auto list = store.listCampaigns();
            if (!list)
                return list.error();
            for (CampaignSummary &summary : *list)
                correctState(paths, summary);
            return entriesOf(*list);
        },
        std::move(done));
}

void Services::change(std::function<Result<void>(CampaignStore &)> write,
                      std::function<void(Result<void>)> done) {
    m_archive->ask<bool>(
        [write = std::move(write)](CampaignStore &store) -> Result<bool> {
            if (const auto written = store.together([&] { return write(store); }); !written)
                return written.error();
            return true;
        },
        [this, done = std::move(done)](const Result<bool> &written) {
            done(written ? Result<void>() : Result<void>(written.error()));
            if (written)
                Q_EMIT campaignListChanged();
        });
}

void Services::setRemoved(const QStringList &ids, bool removed, std::function<void(Result<void>)> done) {
    change(
        [ids, removed](CampaignStore &store) -> Result<void> {
            for (const QString &id : ids) {
                if (auto saved = store.setRemoved(id, removed); !saved)
                    return saved;
            }
            return {};
        },
        std::move(done));
}

void Services::saveTriage(const QMap<QString, Triage> &triages, std::function<void(Result<void>)> done) {
    change(
        [triages](CampaignStore &store) -> Result<void> {
            for (auto it = triages.constBegin(); it != triages.constEnd(); ++it) {
                if (auto saved = store.saveTriage(it.key(), it.value()); !saved)
                    return saved;
            }
            return {};
        },
        std::move(done));
}

void Services::undoTriage(const QString &change, const QStringList &ids,
                          std::function<void(Result<TriageUndo>)> done) {
    m_archive->ask<TriageUndo>([change, ids](CampaignStore &store) { return store.undoTriage(change, ids); },
                               [this, done = std::move(done)](const Result<TriageUndo> &undone) {
                                   done(undone);
                                   if (undone)
                                       Q_EMIT campaignListChanged();
                               });
}

void Services::search(const QString &words, std::function<void(Result<QList<SearchHit>>)> done) {
    m_archive->ask<QList<SearchHit>>([words](CampaignStore &store) { return store.search(words, kHits); },
                                     std::move(done));
}

void Services::importPages(const QString &path, std::function<void(const ImportCount &)> progress,
                           std::function<void(Result<ImportCount>)> done) {
    if (m_importWorker) {
        done(Error{ErrorCode::AlreadyExists,
                   QStringLiteral("An import is running. Stop it or wait for its end.")});
        return;
    }
    m_importStop = std::stop_source();
    m_importWorker = std::make_unique<Worker>(QStringLiteral("import"));
    m_importWorker->post([this, path, progress = std::move(progress), done = std::move(done),
                          stop = m_importStop.get_token(), &mailbox = *m_mailbox] {
        const auto count = slipway::importPages(path, *m_archive, stop, [&](const ImportCount &soFar) {
            mailbox.post([progress, soFar] { progress(soFar); });
        });
        mailbox.post([this, done, count] {
            m_importWorker.reset();
            done(count);
            Q_EMIT campaignListChanged();
        });
    });
}

void Services::cancelImport() {
    m_importStop.request_stop();
}

void Services::exportPages(const ExportRequest &request, std::function<void(const ExportProgress &)> progress,
                           std::function<void(Result<ExportCount>)> done) {
    if (m_exportWorker) {
        done(Error{ErrorCode::AlreadyExists,
                   QStringLiteral("An export is running. Stop it or wait for its end.")});
        return;
    }
    m_exportStop = std::stop_source();
    m_exportWorker = std::make_unique<Worker>(QStringLiteral("export"));
    m_exportWorker->post([this, request, progress = std::move(progress), done = std::move(done),
                          stop = m_exportStop.get_token(), &mailbox = *m_mailbox] {
        const auto count = slipway::exportPages(request, *m_archive, stop, [&](const ExportProgress &soFar) {
            mailbox.post([progress, soFar] { progress(soFar); });
        });
        mailbox.post([this, done, count] {
            m_exportWorker.reset();
            done(count);
        });
    });
}

void Services::cancelExport() {
    m_exportStop.request_stop();
}

} // namespace slipway
