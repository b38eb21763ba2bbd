// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/gittree.h"

namespace slipway {

inline const QString kOrigin = QStringLiteral("origin");

/// Refuses an address that names a program for git to run, by "ext::" or by a scheme of its own, whatever the
/// person's settings allow, and a branch that no ref can be called. `git` is in any folder.
[[nodiscard]] PublishTry checkNames(const QString &repo, const QString &branch, const GitProgram &git);

/// An empty commit for a repository that has none, so that there is something to be ahead of.
[[nodiscard]] PublishTry firstCommit(const GitProgram &git, QString &commit);
/// Points `ref` at one when the origin, which lacks the branch, has no other either: the first push makes it.
[[nodiscard]] PublishTry beginBranch(const GitProgram &git, const QString &branch, const QString &ref);

} // namespace slipway
