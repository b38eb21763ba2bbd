// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/judgedfiles.h"
#include "app/git/publishreport.h"

#include <QStringList>

#include <functional>
#include <stop_token>

namespace slipway {

/// What is to be on a branch.
struct Publication {
    QString repo; ///< an address, a bare repository, or a checkout whose "origin" is meant
    QString branch = QStringLiteral("main");
    QString subject; ///< of the commit, one line
    /// Writes it into a tree that is as the branch is, and says what it answers for. Called again after each
    /// lost race: what is there then may have changed, and what it rebuilds from the tree is rebuilt.
    std::function<Result<JudgedFiles>(const QString &tree)> write;
    /// The files that `write` makes out of what is in the tree, so that two changes of them do not conflict.
    QStringList rebuilt;
};

/// Publishes through git: fetch, write, commit, push; when others were faster, all of it again
/// on top of theirs, five times, never by force and without a merge. A commit is pushed only when it, and
/// every clone of it, holds the judged bytes. Works in a tree of its own in `dir`, under a lock, and leaves
/// there where it got to. Blocks; for a thread that may wait. Any number of processes may publish to one
/// repository.
class GitPublisher {
public:
    using Progress = std::function<void(PublishStep step, int attempt)>; ///< on the calling thread

    explicit GitPublisher(QString dir) : m_dir(std::move(dir)) {}

    PublishReport publish(const Publication &publication, const std::stop_token &stop,
                          const Progress &progress = {});
    /// Lets `look` see the tree as the branch is now.
    PublishReport look(const QString &repo, const QString &branch, const std::stop_token &stop,
                       const std::function<Result<void>(const QString &tree)> &look);
    /// How the last publication to this repository from here ended.
    [[nodiscard]] std::optional<PublishReport> last(const QString &repo) const;

private:
    [[nodiscard]] QString folderOf(const QString &repo) const;

    QString m_dir;
};

} // namespace slipway
