// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archivethread.h"
#include "app/core/mailbox.h"
#include "app/core/worker.h"
#include "app/services.h"

namespace slipway {

void Services::loadInsight(const QString &id, std::function<void(Result<QByteArray>)> done) {
    m_archive->ask<QByteArray>([id](CampaignStore &store) { return store.loadInsightEntry(id); },
                               std::move(done));
}

void Services::saveInsight(const QString &id, const QByteArray &entry,
                           std::function<void(Result<bool>)> done) {
    m_archive->ask<bool>(
        [id, entry](CampaignStore &store) -> Result<bool> {
            const auto saved = store.saveInsight(id, entry);
            return saved ? Result<bool>(true) : saved.error();
        },
        std::move(done));
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
                       std::function<void(const PagesPublished &)> done) {
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
                                  std::function<void(const PagesPublished &)> done) {
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
                          std::function<void(Result<PagesCount>)> done) {
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
