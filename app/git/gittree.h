// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitorigin.h"
#include "app/git/judgedfiles.h"

namespace slipway {

/// A clone of our own to publish from. Of a person's checkout it has the origin, the hooks and the settings
/// that count, and touches nothing. No attribute acts in it, no setting makes it sparse, and nothing is ever
/// merged: what lies in it are the bytes of the branch. Used by one thread of one process at a time.
class GitTree {
public:
    /// `folder` is where the tree is kept between publications.
    GitTree(QString folder, QString repo, QString branch, std::stop_token stop);

    /// Finds where the repository is reached, and who commits. To be called first.
    Result<void, PublishFailure> open();
    /// Whether git knows who commits. A tree that is only looked at needs nobody's name, and is not asked.
    Result<void, PublishFailure> checkCommitter();
    /// As the branch is now, whatever an earlier publication that was killed left here.
    Result<void, PublishFailure> refresh();
    /// A commit of all that was written since, on top of the branch. Its tree holds the judged files byte for
    /// byte, and so will every clone, or it fails. `hasChanges` says whether there is anything to commit.
    Result<void, PublishFailure> commit(const QString &subject, const JudgedFiles &judged, bool &hasChanges);
    Result<void, PublishFailure> push();
    /// After a push that made the first branch of a repository: what is left to do there, so that a clone
    /// checks it out. Empty when there is nothing.
    [[nodiscard]] QString hintForFirstBranch() const;
    /// refresh(), after a push that was too late. `conflicts` are the files that were changed there to
    /// something else than the last commit here makes of them.
    Result<void, PublishFailure> again(QStringList &conflicts);

    [[nodiscard]] QString path() const { return m_folder + QStringLiteral("/tree"); }
    [[nodiscard]] Result<QString> head() const { return commitOf(QStringLiteral("HEAD")); }

private:
    [[nodiscard]] QString scratch() const { return m_folder + QStringLiteral("/plain"); }
    [[nodiscard]] GitProgram git() const { return {path(), m_stop, m_origin.settings}; }
    [[nodiscard]] Result<void, PublishFailure> must(const QStringList &arguments) const;
    [[nodiscard]] Result<QString> commitOf(const QString &name) const;
    [[nodiscard]] Result<QStringList> namesBetween(const QString &one, const QString &other) const;
    [[nodiscard]] bool isOurs() const;
    [[nodiscard]] Result<void, PublishFailure> makeClone() const;
    void dropLocks() const;
    void dropHidingIndex() const;
    [[nodiscard]] Result<void, PublishFailure> fetch() const;
    [[nodiscard]] Result<void, PublishFailure> commitTree(const QString &subject, const QString &tree,
                                                          const JudgedFiles &judged);

    QString m_folder;
    QString m_repo;
    QString m_branch;
    std::stop_token m_stop;
    GitOrigin m_origin;
    bool m_hasCommitter = false;
    mutable bool m_begun = false;
};

} // namespace slipway
