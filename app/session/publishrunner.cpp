// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/publishrunner.h"

#include <QDir>

namespace slipway {

namespace {

PublishReport busyReport() {
    PublishReport report;
    report.state = PublishState::Failed;
    report.text = QStringLiteral("Something is being published. Stop it or wait for its end.");
    return report;
}

// On the thread that publishes, since a clone may have to be removed.
GitPublisher publisherIn(const Paths &paths) {
    preparePublishDir(paths);
    return GitPublisher(paths.publishDir());
}

} // namespace

void PublishRunner::publish(const PagesRequest &request, std::function<void(PublishStep, int)> progress,
                            const std::function<void(const PagesPublished &)> &done) {
    const bool started =
        m_work.start([this, request, progress, done](const std::stop_token &stop) -> SoleWork::Ending {
            const auto published = publishPages(
                request, m_archive, publisherIn(m_paths), stop, [&](PublishStep step, int attempt) {
                    m_work.post([progress, step, attempt] { progress(step, attempt); });
                });
            return [done, published] { done(published); };
        });
    if (!started)
        done({busyReport(), {}});
}

void PublishRunner::preview(const PagesRequest &request,
                            const std::function<void(const PagesPublished &)> &done) {
    const bool started = m_work.start([this, request, done](const std::stop_token &stop) -> SoleWork::Ending {
        const auto preview = previewPages(request, m_archive, publisherIn(m_paths), stop);
        return [done, preview] { done(preview); };
    });
    if (!started)
        done({busyReport(), {}});
}

void PublishRunner::write(const PagesRequest &request, bool dryRun,
                          const std::function<void(Result<PagesCount>)> &done) {
    const bool started =
        m_work.start([this, request, dryRun, done](const std::stop_token &stop) -> SoleWork::Ending {
            const auto count = writePages(request, request.repo, dryRun, m_archive, stop);
            return [done, count] { done(count); };
        });
    if (!started)
        done(Error{ErrorCode::AlreadyExists, busyReport().text});
}

void PublishRunner::listSigningKeys(std::function<void(const QStringList &)> done) {
    m_background.ask<QStringList>(
        [] {
            const QDir ssh(QDir::homePath() + QStringLiteral("/.ssh"));
            QStringList keys;
            for (const QString &name : ssh.entryList({QStringLiteral("*.pub")}, QDir::Files, QDir::Name))
                keys << ssh.filePath(name);
            return keys;
        },
        std::move(done));
}

} // namespace slipway
