// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter/gittree.h"

#include "app/exporter/gitorigin.h"
#include "app/exporter/gitwords.h"
#include "app/exporter/stagedcheck.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace slipway {

namespace {

// Where the branch was when it was last looked at; a ref of this tree alone, also in a worktree.
const QString kBase = QStringLiteral("refs/worktree/slipway/base");

} // namespace

PublishFailure failureOf(const Error &error) {
    switch (error.code) {
    case ErrorCode::Cancelled:
        return {PublishState::Stopped, {}};
    case ErrorCode::TimedOut:
        return {PublishState::Unreachable, {}};
    case ErrorCode::AlreadyExists: // others' bytes are in the way
        return {PublishState::Conflict, {}, error.text};
    default:
        return {PublishState::Failed, {}, error.text};
    }
}

GitTree::GitTree(QString folder, QString repo, QString branch, std::stop_token stop)
    : m_folder(std::move(folder)), m_repo(std::move(repo)), m_branch(std::move(branch)),
      m_stop(std::move(stop)) {}

PublishTry GitTree::must(const QStringList &arguments) const {
    const auto answer = git().run(arguments);
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{PublishState::Failed, answer->said};
    return std::nullopt;
}

Result<QString> GitTree::head() const {
    const auto answer = git().run({QStringLiteral("rev-parse"), QStringLiteral("HEAD")});
    if (!answer)
        return answer.error();
    return answer->outText();
}

// Not whether some repository is around it: the data directory may lie in one.
bool GitTree::isOurs() const {
    if (!QFileInfo::exists(path() + QStringLiteral("/.git")))
        return false;
    const auto top = git().run({QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel")});
    return top && top->ok() &&
           QFileInfo(top->outText()).canonicalFilePath() == QFileInfo(path()).canonicalFilePath();
}

PublishTry GitTree::make() const {
    if (QFileInfo(path()).exists() && !QDir(path()).removeRecursively())
        return PublishFailure{PublishState::Failed, {}, QStringLiteral("%1 cannot be removed.").arg(path())};
    if (!QFileInfo(m_repo).isDir())
        return makeClone();
    const GitProgram there(m_repo, m_stop);
    const auto any = there.run({QStringLiteral("rev-parse"), QStringLiteral("--git-dir")});
    const auto top = there.run({QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel")});
    if (!any || !top)
        return failureOf(any ? top.error() : any.error());
    if (!any->ok())
        return PublishFailure{
            PublishState::Failed, any->said,
            QStringLiteral(
                "%1 is a folder that git does not take for a repository. Nothing was published. Name "
                "a checkout, or write into the folder without a push.")
                .arg(m_repo)};
    if (!top->ok())
        return makeClone(); // a bare one
    if (QFileInfo(top->outText()).canonicalFilePath() != QFileInfo(m_repo).canonicalFilePath())
        return PublishFailure{
            PublishState::Failed,
            {},
            QStringLiteral("%1 is a folder in the checkout %2. Nothing was published. Name the checkout.")
                .arg(m_repo, top->outText())};
    return makeWorktree(there);
}

PublishTry GitTree::makeWorktree(const GitProgram &there) const {
    const auto remote =
        there.run({QStringLiteral("remote"), QStringLiteral("get-url"), QStringLiteral("--push"), kOrigin});
    if (!remote)
        return failureOf(remote.error());
    if (!remote->ok())
        return PublishFailure{PublishState::NoBranch, remote->said,
                              QStringLiteral("The checkout %1 has no remote \"origin\" to push to. "
                                             "git remote add origin ADDRESS gives it one.")
                                  .arg(m_repo)};
    QStringList add{QStringLiteral("worktree"),
                    QStringLiteral("add"),
                    QStringLiteral("--detach"),
                    QStringLiteral("--no-checkout"),
                    QStringLiteral("--force"),
                    QStringLiteral("--"),
                    path()};
    const auto head = there.run({QStringLiteral("rev-parse"), QStringLiteral("--quiet"),
                                 QStringLiteral("--verify"), QStringLiteral("HEAD")});
    if (!head)
        return failureOf(head.error());
    if (!head->ok()) { // no commit yet
        QString first;
        if (auto failure = firstCommit(there, first))
            return failure;
        add << first;
    }
    const auto added = there.run(add);
    if (!added)
        return failureOf(added.error());
    if (!added->ok())
        return PublishFailure{PublishState::Failed, added->said};
    return std::nullopt;
}

PublishTry GitTree::makeClone() const {
    // Beside its place, so that a clone that was cut off is never taken for one.
    const QString fresh = m_folder + QStringLiteral("/tree.new");
    QDir(fresh).removeRecursively();
    const auto cloned =
        GitProgram(m_folder, m_stop)
            .run({QStringLiteral("clone"), QStringLiteral("--quiet"), QStringLiteral("--no-checkout"),
                  QStringLiteral("--no-tags"), QStringLiteral("--origin=") + kOrigin, QStringLiteral("--"),
                  m_repo, fresh});
    if (!cloned)
        return failureOf(cloned.error());
    if (!cloned->ok())
        return PublishFailure{meaningOfFetch(*cloned), cloned->said};
    if (!QDir().rename(fresh, path()))
        return PublishFailure{PublishState::Failed, {}, QStringLiteral("%1 cannot be made.").arg(path())};
    return std::nullopt;
}

// Of a git that was killed. Nobody else works in this tree: the publisher holds its lock.
void GitTree::dropLocks() const {
    const auto answer = git().run({QStringLiteral("rev-parse"), QStringLiteral("--absolute-git-dir")});
    if (!answer || !answer->ok())
        return;
    const QString gitDir = answer->outText();
    const QStringList locks{QStringLiteral("*.lock")};
    for (const QString &name : QDir(gitDir).entryList(locks, QDir::Files))
        QFile::remove(gitDir + QLatin1Char('/') + name);
    QDirIterator refs(gitDir + QStringLiteral("/refs"), locks, QDir::Files, QDirIterator::Subdirectories);
    while (refs.hasNext())
        QFile::remove(refs.next());
}

PublishTry GitTree::fetch() const {
    // Into a ref of our own: those of the checkout have locks that others may hold.
    const auto answer =
        git().run({QStringLiteral("fetch"), QStringLiteral("--quiet"), QStringLiteral("--no-tags"),
                   QStringLiteral("--no-write-fetch-head"), QStringLiteral("--refmap="), QStringLiteral("--"),
                   kOrigin, QStringLiteral("+refs/heads/%1:%2").arg(m_branch, kBase)});
    if (!answer)
        return failureOf(answer.error());
    if (answer->ok())
        return std::nullopt;
    const PublishState state = meaningOfFetch(*answer);
    return state == PublishState::NoBranch ? beginBranch(git(), m_branch, kBase)
                                           : PublishFailure{state, answer->said};
}

PublishTry GitTree::refresh() {
    if (auto failure = checkNames(m_repo, m_branch, GitProgram(m_folder, m_stop)))
        return failure;
    if (!isOurs()) {
        if (auto failure = make())
            return failure;
    }
    dropLocks();
    if (auto failure = fetch())
        return failure;
    giveUp();
    if (auto failure = must({QStringLiteral("checkout"), QStringLiteral("--quiet"), QStringLiteral("--force"),
                             QStringLiteral("--detach"), kBase}))
        return failure;
    if (auto failure = must({QStringLiteral("reset"), QStringLiteral("--quiet"), QStringLiteral("--hard")}))
        return failure;
    return must({QStringLiteral("clean"), QStringLiteral("--quiet"), QStringLiteral("-ffdx")});
}

Result<bool> GitTree::hasStaged(const QString &against) const {
    const auto answer = git().run({QStringLiteral("diff"), QStringLiteral("--cached"),
                                   QStringLiteral("--quiet"), QStringLiteral("--no-ext-diff"), against});
    if (!answer)
        return answer.error();
    return answer->exitCode != 0;
}

PublishTry GitTree::commit(const QString &subject, bool &hasChanges) {
    if (auto failure = checkSubmodules(git()))
        return failure;
    // Ignored or not: all that lies here was written to be published.
    if (auto failure = must({QStringLiteral("add"), QStringLiteral("--all"), QStringLiteral("--force"),
                             QStringLiteral("--"), QStringLiteral(".")}))
        return failure;
    if (auto failure = checkStaged(git(), kBase))
        return failure;
    const auto beyondBranch = hasStaged(kBase);
    const auto beyondHead = hasStaged(QStringLiteral("HEAD"));
    if (!beyondBranch || !beyondHead)
        return failureOf(beyondBranch ? beyondHead.error() : beyondBranch.error());
    hasChanges = *beyondBranch;
    if (!hasChanges || !*beyondHead)
        return std::nullopt;
    // On top of the branch again, when an earlier commit of this publication is there.
    if (auto failure =
            must({QStringLiteral("reset"), QStringLiteral("--quiet"), QStringLiteral("--soft"), kBase}))
        return failure;
    const auto answer = git().run(
        {QStringLiteral("commit"), QStringLiteral("--quiet"), QStringLiteral("--message=") + subject});
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{meaningOfCommit(*answer), answer->said};
    return std::nullopt;
}

PublishTry GitTree::push() {
    const auto answer =
        git().run({QStringLiteral("push"), QStringLiteral("--porcelain"), QStringLiteral("--"), kOrigin,
                   QStringLiteral("HEAD:refs/heads/") + m_branch});
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{
            meaningOfPush(*answer),
            withoutCredentials(QString::fromUtf8(answer->out).trimmed() + QLatin1Char('\n') + answer->said)
                .trimmed()};
    return std::nullopt;
}

PublishTry GitTree::rebase(QStringList &conflicts) {
    conflicts.clear();
    if (auto failure = fetch())
        return failure;
    const auto answer = git().run({QStringLiteral("rebase"), QStringLiteral("--quiet"), kBase});
    if (!answer)
        return failureOf(answer.error());
    if (answer->ok())
        return std::nullopt;
    const auto unmerged = git().run({QStringLiteral("diff"), QStringLiteral("--name-only"),
                                     QStringLiteral("--diff-filter=U"), QStringLiteral("-z")});
    if (!unmerged)
        return failureOf(unmerged.error());
    for (const QByteArray &name : unmerged->out.split('\0')) {
        if (!name.isEmpty() && !conflicts.contains(QString::fromUtf8(name)))
            conflicts << QString::fromUtf8(name);
    }
    if (conflicts.isEmpty())
        return PublishFailure{PublishState::Failed, answer->said};
    // While rebasing, "ours" is the branch. A file that is gone there has no such side.
    for (const QString &name : std::as_const(conflicts)) {
        const auto taken =
            git().run({QStringLiteral("checkout"), QStringLiteral("--ours"), QStringLiteral("--"), name});
        if (!taken)
            return failureOf(taken.error());
        if (!taken->ok())
            QFile::remove(path() + QLatin1Char('/') + name);
    }
    return std::nullopt;
}

PublishTry GitTree::settle() {
    if (auto failure = must({QStringLiteral("add"), QStringLiteral("--all"), QStringLiteral("--force"),
                             QStringLiteral("--"), QStringLiteral(".")}))
        return failure;
    const auto staged = hasStaged(QStringLiteral("HEAD"));
    if (!staged)
        return failureOf(staged.error());
    return must(
        {QStringLiteral("rebase"), *staged ? QStringLiteral("--continue") : QStringLiteral("--skip")});
}

void GitTree::giveUp() const {
    (void)git().run({QStringLiteral("rebase"), QStringLiteral("--quit")}); // says so where there is none
}

} // namespace slipway
