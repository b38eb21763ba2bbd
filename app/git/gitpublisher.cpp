// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gitpublisher.h"

#include "app/core/runlock.h"
#include "app/git/gittree.h"
#include "app/git/gitwords.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace slipway {

namespace {

constexpr int kAttempts = 6; // a push, and five more after lost races
constexpr int kFirstPauseMs = 100;

// False when it was stopped.
bool pause(int milliseconds, const std::stop_token &stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any never;
    never.wait_for(lock, stop, std::chrono::milliseconds(milliseconds), [] { return false; });
    return !stop.stop_requested();
}

// Twice as long each time, and no two writers alike.
int pauseBefore(int attempt) {
    const int longest = kFirstPauseMs << attempt;
    return longest / 2 + QRandomGenerator::global()->bounded(longest / 2);
}

// One publication, from step to step.
class Publishing {
public:
    Publishing(const Publication &publication, QString folder, std::stop_token stop,
               GitPublisher::Progress progress)
        : m_publication(publication), m_folder(std::move(folder)), m_stop(std::move(stop)),
          m_progress(std::move(progress)), m_tree(m_folder, publication.repo, publication.branch, m_stop) {
        m_report.repo = withoutCredentials(publication.repo);
        m_report.subject = publication.subject;
    }

    PublishReport run() {
        const auto done = runSteps();
        if (!done) {
            m_report.state = m_stop.stop_requested() ? PublishState::Stopped : done.error().state;
            m_report.said = done.error().said;
        }
        m_report.text = !done && !done.error().text.isEmpty()
                            ? done.error().text
                            : adviceFor(m_report.state, m_report.step, m_publication.branch);
        if (m_report.state == PublishState::Published)
            m_report.text = (m_report.text + QLatin1Char(' ') + m_tree.hintForFirstBranch()).trimmed();
        note(m_report.state);
        return m_report;
    }

    PublishReport look(const std::function<Result<void>(const QString &tree)> &look) {
        const auto looked = lookAtBranch(look);
        if (looked) {
            m_report.state = PublishState::Nothing;
            return m_report;
        }
        m_report.state = m_stop.stop_requested() ? PublishState::Stopped : looked.error().state;
        m_report.said = looked.error().said;
        m_report.text = looked.error().text.isEmpty()
                            ? adviceFor(m_report.state, PublishStep::Fetch, m_publication.branch, false)
                            : looked.error().text;
        return m_report;
    }

private:
    Result<void, PublishFailure> lookAtBranch(const std::function<Result<void>(const QString &tree)> &look) {
        TRY(lock());
        TRY(m_tree.open());
        TRY(m_tree.refresh());
        if (const auto looked = look(m_tree.path()); !looked)
            return failureOf(looked.error());
        return {};
    }

    // Waits for another publication from here to the same repository.
    Result<void, PublishFailure> lock() {
        if (!QDir().mkpath(m_folder))
            return PublishFailure{
                PublishState::Failed, {}, QStringLiteral("%1 cannot be made.").arg(m_folder)};
        if (!QFileInfo(m_folder).isWritable())
            return PublishFailure{
                PublishState::Failed, {}, QStringLiteral("%1 cannot be written.").arg(m_folder)};
        constexpr int kLookMs = 100;
        do {
            m_lock = std::make_unique<RunLock>();
            if (m_lock->take(m_folder))
                return {};
        } while (pause(kLookMs, m_stop));
        return PublishFailure{PublishState::Stopped, {}};
    }

    Result<void, PublishFailure> runSteps() {
        TRY(lock());
        begin(PublishStep::Fetch);
        TRY(m_tree.open());
        TRY(m_tree.checkCommitter());
        TRY(m_tree.refresh());
        bool hasChanges = false;
        TRY(writeAndCommit(hasChanges));
        for (m_report.attempts = 0; hasChanges;) {
            ++m_report.attempts;
            begin(PublishStep::Push);
            const auto pushed = m_tree.push();
            if (pushed)
                break;
            if (pushed.error().state != PublishState::Raced || m_report.attempts == kAttempts)
                return pushed;
            if (!pause(pauseBefore(m_report.attempts), m_stop))
                return PublishFailure{PublishState::Stopped, {}};
            begin(PublishStep::Rebase);
            TRY(onTopOfTheirs());
            TRY(writeAndCommit(hasChanges));
        }
        const auto head = m_tree.head();
        if (!head)
            return failureOf(head.error());
        m_report.commit = *head;
        m_report.state = hasChanges ? PublishState::Published : PublishState::Nothing;
        return {};
    }

    Result<void, PublishFailure> writeAndCommit(bool &hasChanges) {
        begin(PublishStep::Write);
        const auto written = m_publication.write(m_tree.path());
        if (!written)
            return failureOf(written.error());
        begin(PublishStep::Commit);
        return m_tree.commit(m_publication.subject, *written, hasChanges);
    }

    // A file that is rebuilt from the tree is made right by the writing that follows.
    Result<void, PublishFailure> onTopOfTheirs() {
        QStringList conflicts;
        TRY(m_tree.again(conflicts));
        conflicts.removeIf([&](const QString &name) { return m_publication.rebuilt.contains(name); });
        if (conflicts.isEmpty())
            return {};
        return PublishFailure{PublishState::Conflict,
                              QStringLiteral("changed by both: ") + conflicts.join(QStringLiteral(", "))};
    }

    void begin(PublishStep step) {
        m_report.step = step;
        note(PublishState::Interrupted);
        if (m_progress)
            m_progress(step, m_report.attempts);
    }

    // A report that cannot be kept stops nothing: it is returned to the caller anyway.
    void note(PublishState state) {
        PublishReport kept = m_report;
        kept.state = state;
        m_report.at = kept.at = QDateTime::currentDateTimeUtc();
        if (state == PublishState::Interrupted)
            kept.text = adviceFor(state, kept.step, m_publication.branch);
        (void)savePublishReport(m_folder, kept).ok();
    }

    const Publication &m_publication;
    QString m_folder;
    std::stop_token m_stop;
    GitPublisher::Progress m_progress;
    std::unique_ptr<RunLock> m_lock;
    GitTree m_tree;
    PublishReport m_report;
};

// git works in another folder than this program.
Publication withWholePath(Publication publication) {
    if (QFileInfo(publication.repo).isDir())
        publication.repo = QFileInfo(publication.repo).canonicalFilePath();
    return publication;
}

} // namespace

QString GitPublisher::folderOf(const QString &repo) const {
    const QByteArray hash = QCryptographicHash::hash(repo.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_dir + QLatin1Char('/') + QString::fromLatin1(hash.left(16));
}

PublishReport GitPublisher::publish(const Publication &publication, const std::stop_token &stop,
                                    const Progress &progress) {
    const Publication whole = withWholePath(publication);
    return Publishing(whole, folderOf(whole.repo), stop, progress).run();
}

PublishReport GitPublisher::look(const QString &repo, const QString &branch, const std::stop_token &stop,
                                 const std::function<Result<void>(const QString &tree)> &look) {
    const Publication whole = withWholePath({repo, branch, {}, {}, {}});
    return Publishing(whole, folderOf(whole.repo), stop, {}).look(look);
}

std::optional<PublishReport> GitPublisher::last(const QString &repo) const {
    return loadPublishReport(folderOf(withWholePath({repo, {}, {}, {}, {}}).repo));
}

} // namespace slipway
