// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"
#include "app/core/mailbox.h"
#include "app/core/worker.h"
#include "app/session/services.h"
#include "models/insight/lint.h"

#include <QDir>

namespace slipway {

void Services::loadInsight(const QString &id, std::function<void(Result<QByteArray>)> done) {
    m_archive->ask<QByteArray>([id](CampaignStore &store) { return store.loadInsightEntry(id); },
                               std::move(done));
}

void Services::saveInsight(const QString &id, const QByteArray &base, const QByteArray &entry,
                           std::function<void(Result<QByteArray>)> done) {
    m_archive->ask<QByteArray>(
        [id, base, entry](CampaignStore &store) { return store.saveInsight(id, base, entry); },
        [this, id, done = std::move(done)](const Result<QByteArray> &saved) {
            done(saved);
            if (saved)
                Q_EMIT insightChanged(id);
        });
}

void Services::loadEvidenceNumbers(const QString &id,
                                   std::function<void(Result<std::shared_ptr<const EvidenceNumbers>>)> done) {
    using Numbers = std::shared_ptr<const EvidenceNumbers>;
    loadCampaign(id, [this, done = std::move(done)](const Result<CampaignRecord> &record) {
        if (!record) {
            done(record.error());
            return;
        }
        fileWorker().post([record = *record, done, &mailbox = *m_mailbox] {
            const Numbers numbers = std::make_shared<EvidenceNumbers>(record.files, record.judgement);
            mailbox.post([done, numbers] { done(numbers); });
        });
    });
}

void Services::lintInsight(const Insight &insight, const std::shared_ptr<const EvidenceNumbers> &numbers,
                           bool isOver, std::function<void(const QList<InsightFinding> &)> done) {
    fileWorker().post([insight, numbers, isOver, done = std::move(done), &mailbox = *m_mailbox] {
        const auto findings = insightFindings(insight, *numbers, isOver);
        mailbox.post([done, findings] { done(findings); });
    });
}

void Services::listSigningKeys(std::function<void(const QStringList &)> done) {
    fileWorker().post([done = std::move(done), &mailbox = *m_mailbox] {
        const QDir ssh(QDir::homePath() + QStringLiteral("/.ssh"));
        QStringList keys;
        for (const QString &name : ssh.entryList({QStringLiteral("*.pub")}, QDir::Files, QDir::Name))
            keys << ssh.filePath(name);
        mailbox.post([done, keys] { done(keys); });
    });
}

// Publications, previews and the writing of single files: what waits for git or a disk.
bool Services::startPublishing(std::function<void(std::stop_token)> work) {
    if (m_publishWorker)
        return false;
    m_publishStop = std::stop_source();
    m_publishWorker = std::make_unique<Worker>(QStringLiteral("publish"));
    m_publishWorker->post([work = std::move(work), stop = m_publishStop.get_token()] { work(stop); });
    return true;
}

void Services::publish(const PagesRequest &request, std::function<void(PublishStep, int)> progress,
                       const std::function<void(const PagesPublished &)> &done) {
    const bool started =
        startPublishing([this, request, progress, done, &mailbox = *m_mailbox](const std::stop_token &stop) {
            const auto published =
                publishPages(request, *m_archive, GitPublisher(m_paths.publishDir()), stop,
                             [&](PublishStep step, int attempt) {
                                 mailbox.post([progress, step, attempt] { progress(step, attempt); });
                             });
            mailbox.post([this, done, published] {
                m_publishWorker.reset();
                done(published);
            });
        });
    if (!started)
        done({busyReport(), {}});
}

void Services::previewPublication(const PagesRequest &request,
                                  const std::function<void(const PagesPublished &)> &done) {
    const bool started =
        startPublishing([this, request, done, &mailbox = *m_mailbox](const std::stop_token &stop) {
            const auto preview = previewPages(request, *m_archive, GitPublisher(m_paths.publishDir()), stop);
            mailbox.post([this, done, preview] {
                m_publishWorker.reset();
                done(preview);
            });
        });
    if (!started)
        done({busyReport(), {}});
}

void Services::writePages(const PagesRequest &request, bool dryRun,
                          const std::function<void(Result<PagesCount>)> &done) {
    const bool started =
        startPublishing([this, request, dryRun, done, &mailbox = *m_mailbox](const std::stop_token &stop) {
            const auto count = slipway::writePages(request, request.repo, dryRun, *m_archive, stop);
            mailbox.post([this, done, count] {
                m_publishWorker.reset();
                done(count);
            });
        });
    if (!started)
        done(Error{ErrorCode::AlreadyExists, busyReport().text});
}

void Services::cancelPublication() {
    m_publishStop.request_stop();
}

PublishReport Services::busyReport() {
    PublishReport report;
    report.state = PublishState::Failed;
    report.text = QStringLiteral("Something is being published. Stop it or wait for its end.");
    return report;
}

} // namespace slipway
