// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitprogram.h"
#include "app/git/publishreport.h"

namespace slipway {

/// What a `git fetch`, `clone` or `ls-remote` that failed means.
[[nodiscard]] PublishState meaningOfFetch(const GitAnswer &answer);
/// What a `git push --porcelain` that failed means; Raced: the branch is not any more where it was.
[[nodiscard]] PublishState meaningOfPush(const GitAnswer &answer);
/// What a `git commit` that failed means.
[[nodiscard]] PublishState meaningOfCommit(const GitAnswer &answer);
/// What a person reads of a state, with what to do; of a look that was to push nothing, without `pushes`.
[[nodiscard]] QString adviceFor(PublishState state, PublishStep step, const QString &branch,
                                bool pushes = true);

} // namespace slipway
