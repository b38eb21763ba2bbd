// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitprogram.h"
#include "app/git/judgedfiles.h"
#include "app/git/publishfailure.h"

namespace slipway {

/// Whether what lies in a tree of ours is what git would publish. Before it is staged: nothing was written
/// into a submodule, whose files git leaves out without a word; what was is removed.
[[nodiscard]] Result<void, PublishFailure> checkSubmodules(const GitProgram &git);
/// After: no link of the repository is written over, and what differs from `base` are judged files alone.
[[nodiscard]] Result<void, PublishFailure> checkStaged(const GitProgram &git, const QString &base,
                                                       const JudgedFiles &judged);
/// Every judged file lies in `tree` (a tree object or a commit) with the bytes that were judged.
[[nodiscard]] Result<void, PublishFailure> checkJudged(const GitProgram &git, const QString &tree,
                                                       const JudgedFiles &judged);
/// What became of a commit whose tree was to be `tree` on top of `base`: a hook may have changed it.
[[nodiscard]] Result<void, PublishFailure> checkCommitted(const GitProgram &git, const QString &base,
                                                          const QString &tree, const QString &hooks);

} // namespace slipway
