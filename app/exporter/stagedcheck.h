// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/exporter/gittree.h"

namespace slipway {

/// Whether what lies in a tree of ours is what git would publish. Before it is staged: nothing was written
/// into a submodule, whose files git leaves out without a word; what was is removed.
[[nodiscard]] PublishTry checkSubmodules(const GitProgram &git);
/// After: no link of the repository is written over, and every file has the bytes it has in the tree,
/// whatever the repository's .gitattributes make of them.
[[nodiscard]] PublishTry checkStaged(const GitProgram &git, const QString &base);

} // namespace slipway
