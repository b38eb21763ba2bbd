// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/git/gittree.h"

#include "app/git/clonecheck.h"
#include "app/git/gitwords.h"
#include "app/git/stagedcheck.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

namespace slipway {

namespace {

// Where the branch was when it was last looked at; a ref that no push touches.
const QString kBase = QStringLiteral("refs/slipway/base");

// For a commit that is looked at and never pushed.
GitProgram asNobody(const GitProgram &git) {
    const QString nobody = QStringLiteral("nobody");
    return git.with(QStringLiteral("GIT_AUTHOR_NAME"), nobody)
        .with(QStringLiteral("GIT_AUTHOR_EMAIL"), nobody)
        .with(QStringLiteral("GIT_COMMITTER_NAME"), nobody)
        .with(QStringLiteral("GIT_COMMITTER_EMAIL"), nobody);
}

} // namespace

GitTree::GitTree(QString folder, QString repo, QString branch, std::stop_token stop)
    : m_folder(std::move(folder)), m_repo(std::move(repo)), m_branch(std::move(branch)),
      m_stop(std::move(stop)) {}

Result<void, PublishFailure> GitTree::must(const QStringList &arguments) const {
    const auto answer = git().run(arguments);
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{PublishState::Failed, answer->said};
    return {};
}

Result<QString> GitTree::commitOf(const QString &name) const {
    const auto answer = git().run({QStringLiteral("rev-parse"), QStringLiteral("--verify"), name});
    if (!answer)
        return answer.error();
    if (!answer->ok())
        return Error{ErrorCode::CommandFailed, answer->said};
    return answer->outText();
}

Result<QStringList> GitTree::namesBetween(const QString &one, const QString &other) const {
    const auto answer =
        git().run({QStringLiteral("diff-tree"), QStringLiteral("-r"), QStringLiteral("--name-only"),
                   QStringLiteral("--no-renames"), QStringLiteral("-z"), one, other});
    if (!answer)
        return answer.error();
    if (!answer->ok())
        return Error{ErrorCode::CommandFailed, answer->said};
    QStringList names;
    for (const QByteArray &name : answer->out.split('\0')) {
        if (!name.isEmpty())
            names << QString::fromUtf8(name);
    }
    return names;
}

Result<void, PublishFailure> GitTree::open() {
    TRY(checkNames(m_repo, m_branch, GitProgram(m_folder, m_stop, GitSettings())));
    return findOrigin(m_repo, m_folder, m_stop, m_origin);
}

Result<void, PublishFailure> GitTree::checkCommitter() {
    const auto known = checkIdentity(GitProgram(m_folder, m_stop, m_origin.settings));
    m_hasCommitter = known.ok();
    return known;
}

// Not whether some repository is around it: the data directory may lie in one.
bool GitTree::isOurs() const {
    if (!QFileInfo(path() + QStringLiteral("/.git")).isDir())
        return false;
    const auto top = git().run({QStringLiteral("rev-parse"), QStringLiteral("--show-toplevel")});
    return top && top->ok() &&
           QFileInfo(top->outText()).canonicalFilePath() == QFileInfo(path()).canonicalFilePath();
}

Result<void, PublishFailure> GitTree::makeClone() const {
    if (QFileInfo(path()).exists() && !QDir(path()).removeRecursively())
        return PublishFailure{PublishState::Failed, {}, QStringLiteral("%1 cannot be removed.").arg(path())};
    QDir(scratch()).removeRecursively(); // the next repository may name its objects otherwise
    // Next to its place, so that a clone that was cut off is never taken for one.
    const QString fresh = m_folder + QStringLiteral("/tree.new");
    QDir(fresh).removeRecursively();
    const GitProgram here(m_folder, m_stop, m_origin.settings);
    const auto cloned =
        here.run({QStringLiteral("clone"), QStringLiteral("--quiet"), QStringLiteral("--no-checkout"),
                  QStringLiteral("--no-tags"), QStringLiteral("--template="),
                  QStringLiteral("--origin=") + kOrigin, QStringLiteral("--"), m_origin.address, fresh});
    if (!cloned)
        return failureOf(cloned.error());
    if (!cloned->ok())
        return PublishFailure{meaningOfFetch(*cloned), cloned->said};
    // The address is said anew each time, and may hold a password.
    const auto forgotten =
        GitProgram(fresh, m_stop, m_origin.settings)
            .run({QStringLiteral("config"), QStringLiteral("--local"), QStringLiteral("--remove-section"),
                  QStringLiteral("remote.") + kOrigin});
    if (!forgotten)
        return failureOf(forgotten.error());
    if (!forgotten->ok() || !QDir().rename(fresh, path()))
        return PublishFailure{PublishState::Failed, forgotten->said,
                              QStringLiteral("%1 cannot be made.").arg(path())};
    return {};
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

Result<void, PublishFailure> GitTree::fetch() const {
    // Into a ref of our own: those of the checkout have locks that others may hold.
    const auto answer =
        git().run({QStringLiteral("fetch"), QStringLiteral("--quiet"), QStringLiteral("--no-tags"),
                   QStringLiteral("--no-write-fetch-head"), QStringLiteral("--refmap="), QStringLiteral("--"),
                   kOrigin, QStringLiteral("+refs/heads/%1:%2").arg(m_branch, kBase)});
    if (!answer)
        return failureOf(answer.error());
    if (answer->ok())
        return {};
    const PublishState state = meaningOfFetch(*answer);
    if (state != PublishState::NoBranch)
        return PublishFailure{state, answer->said};
    m_begun = true;
    return beginBranch(m_hasCommitter ? git() : asNobody(git()), m_branch, kBase);
}

// A hook may have made git ignore files (skip-worktree, assume-unchanged).
void GitTree::dropHidingIndex() const {
    const auto answer = git().run({QStringLiteral("ls-files"), QStringLiteral("-v"), QStringLiteral("-z")});
    const QByteArrayList entries = answer ? answer->out.split('\0') : QByteArrayList();
    if (std::any_of(entries.begin(), entries.end(),
                    [](const QByteArray &entry) { return !entry.isEmpty() && !entry.startsWith("H "); }))
        QFile::remove(path() + QStringLiteral("/.git/index"));
}

Result<void, PublishFailure> GitTree::refresh() {
    if (!isOurs()) {
        TRY(makeClone());
    }
    dropLocks();
    if (const auto off = switchAttributesOff(path()); !off)
        return failureOf(off.error());
    TRY(fetch());
    dropHidingIndex();
    TRY(must({QStringLiteral("checkout"), QStringLiteral("--quiet"), QStringLiteral("--force"),
              QStringLiteral("--detach"), kBase}));
    TRY(must({QStringLiteral("reset"), QStringLiteral("--quiet"), QStringLiteral("--hard")}));
    return must({QStringLiteral("clean"), QStringLiteral("--quiet"), QStringLiteral("-ffdx")});
}

Result<void, PublishFailure> GitTree::again(QStringList &conflicts) {
    const auto ours = head();
    const auto before = commitOf(kBase);
    if (!ours || !before)
        return failureOf(ours ? before.error() : ours.error());
    TRY(refresh());
    const auto theirs = namesBetween(*before, kBase);
    const auto mine = namesBetween(*before, *ours);
    const auto different = namesBetween(kBase, *ours);
    if (!theirs || !mine || !different)
        return failureOf(!theirs ? theirs.error() : !mine ? mine.error() : different.error());
    const QSet<QString> changedThere(theirs->begin(), theirs->end());
    const QSet<QString> otherwise(different->begin(), different->end());
    conflicts.clear();
    for (const QString &name : *mine) {
        if (changedThere.contains(name) && otherwise.contains(name))
            conflicts << name;
    }
    return {};
}

Result<void, PublishFailure> GitTree::commit(const QString &subject, const JudgedFiles &judged,
                                             bool &hasChanges) {
    TRY(checkSubmodules(git()));
    // Ignored or not: all that lies here was written to be published.
    TRY(must({QStringLiteral("add"), QStringLiteral("--all"), QStringLiteral("--force"), QStringLiteral("--"),
              QStringLiteral(".")}));
    TRY(checkStaged(git(), kBase, judged));
    const auto tree = git().run({QStringLiteral("write-tree")});
    if (!tree)
        return failureOf(tree.error());
    if (!tree->ok())
        return PublishFailure{PublishState::Failed, tree->said};
    TRY(checkJudged(git(), tree->outText(), judged));
    TRY(checkClone(git(), scratch(), judged));
    const auto before = commitOf(kBase + QStringLiteral("^{tree}"));
    if (!before)
        return failureOf(before.error());
    hasChanges = *before != tree->outText();
    return hasChanges ? commitTree(subject, tree->outText(), judged) : Result<void, PublishFailure>();
}

Result<void, PublishFailure> GitTree::commitTree(const QString &subject, const QString &tree,
                                                 const JudgedFiles &judged) {
    const auto answer = git().withHooks().run(
        {QStringLiteral("commit"), QStringLiteral("--quiet"), QStringLiteral("--message=") + subject});
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{meaningOfCommit(*answer), answer->said};
    TRY(checkCommitted(git(), kBase, tree, m_origin.settings.hooks));
    return checkJudged(git(), QStringLiteral("HEAD"), judged);
}

QString GitTree::hintForFirstBranch() const {
    if (!m_begun)
        return {};
    const auto head = git().run({QStringLiteral("ls-remote"), QStringLiteral("--symref"),
                                 QStringLiteral("--"), kOrigin, QStringLiteral("HEAD")});
    // A HEAD that names a branch which is not there is not listed at all.
    if (!head || !head->ok() || head->out.contains("\tHEAD"))
        return {};
    return QStringLiteral(
               "The HEAD of the repository names another branch, which is not there, so a clone checks "
               "out nothing: make %1 its default branch (git symbolic-ref HEAD refs/heads/%1 in it, or "
               "the settings of its site).")
        .arg(m_branch);
}

Result<void, PublishFailure> GitTree::push() {
    const auto commit = head(); // by its name: a hook may move HEAD
    if (!commit)
        return failureOf(commit.error());
    const auto answer =
        git().withHooks().run({QStringLiteral("push"), QStringLiteral("--porcelain"), QStringLiteral("--"),
                               kOrigin, *commit + QStringLiteral(":refs/heads/") + m_branch});
    if (!answer)
        return failureOf(answer.error());
    if (!answer->ok())
        return PublishFailure{
            meaningOfPush(*answer),
            withoutCredentials(QString::fromUtf8(answer->out).trimmed() + QLatin1Char('\n') + answer->said)
                .trimmed()};
    return {};
}

} // namespace slipway
