// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/gitprogram.h"
#include "app/exporter/publishreport.h"

#include <optional>

namespace slipway {

/// Why a step did not work.
struct PublishFailure {
    PublishState state = PublishState::Failed;
    QString said;
    QString text{}; ///< instead of the general advice
};
using PublishTry = std::optional<PublishFailure>; ///< nothing: it worked

/// A tree of our own to publish from: of a person's checkout a worktree, with its remote, settings and hooks
/// and without touching its files, branches or index; of anything else (an address, a bare repository) a
/// clone. Used by one thread of one process at a time.
class GitTree {
public:
    /// `folder` is where the tree is kept between publications.
    GitTree(QString folder, QString repo, QString branch, std::stop_token stop);

    /// As the branch is now, whatever an earlier publication that was killed left here.
    PublishTry refresh();
    /// A commit of all that is in the tree, on top of the branch: the only one, however often it is called.
    /// `hasChanges` tells whether there is any.
    PublishTry commit(const QString &subject, bool &hasChanges);
    PublishTry push();
    /// Moves the commit to where the branch is now. `conflicts` are the files that were changed there too,
    /// with the branch's bytes in the tree; settle() goes on from there, giveUp() does not.
    PublishTry rebase(QStringList &conflicts);
    PublishTry settle();
    void giveUp() const;

    [[nodiscard]] QString path() const { return m_folder + QStringLiteral("/tree"); }
    [[nodiscard]] Result<QString> head() const;

private:
    [[nodiscard]] GitProgram git() const { return {path(), m_stop}; }
    [[nodiscard]] PublishTry must(const QStringList &arguments) const;
    [[nodiscard]] bool isOurs() const;
    [[nodiscard]] PublishTry make() const;
    [[nodiscard]] PublishTry makeWorktree(const GitProgram &there) const;
    [[nodiscard]] PublishTry makeClone() const;
    void dropLocks() const;
    [[nodiscard]] PublishTry fetch() const;
    [[nodiscard]] Result<bool> hasStaged(const QString &against) const;

    QString m_folder;
    QString m_repo;
    QString m_branch;
    std::stop_token m_stop;
};

[[nodiscard]] PublishFailure failureOf(const Error &error);

} // namespace slipway
