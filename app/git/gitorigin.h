// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitprogram.h"
#include "app/git/publishfailure.h"

namespace slipway {

inline const QString kOrigin = QStringLiteral("origin");

/// Refuses an address that names a program for git to run, by "ext::" or by a scheme of its own, whatever the
/// person's settings allow, and a branch that no ref can be called. `git` is in any folder.
[[nodiscard]] Result<void, PublishFailure> checkNames(const QString &repo, const QString &branch,
                                                      const GitProgram &git);

/// Whether a branch can be called so, as git itself says.
[[nodiscard]] Result<void> checkBranchName(const QString &branch, const GitProgram &git);

/// Where a repository that was named is reached, and what counts of the person's settings there.
struct GitOrigin {
    QString address; ///< what is fetched from and pushed to
    GitSettings settings;
};

/// Of a checkout, its "origin" with the checkout's settings and hooks; of an address or a bare repository
/// itself with the person's. `folder` is one of ours outside of any repository.
[[nodiscard]] Result<void, PublishFailure> findOrigin(const QString &repo, const QString &folder,
                                                      const std::stop_token &stop, GitOrigin &origin);

/// Whether git knows who makes a commit.
[[nodiscard]] Result<void, PublishFailure> checkIdentity(const GitProgram &git);

/// A commit with what a site needs for a repository that has none, so that there is something to
/// be ahead of: nothing in it passes through Jekyll, and its first page leads to the runs.
[[nodiscard]] Result<void, PublishFailure> firstCommit(const GitProgram &git, QString &commit);
/// Points `ref` at one when the origin, which lacks the branch, has no other either: the first push makes it.
[[nodiscard]] Result<void, PublishFailure> beginBranch(const GitProgram &git, const QString &branch,
                                                       const QString &ref);

} // namespace slipway
