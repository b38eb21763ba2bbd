// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/gitprogram.h"
#include "app/git/judgedfiles.h"
#include "app/git/publishfailure.h"

namespace slipway {

/// What attributes make evidence stay as it is wherever it is checked out: a line for .gitattributes without
/// its pattern. See gitattributes(5); an unset working-tree-encoding is an error to git, so it is
/// unspecified.
inline const QByteArray kPlainAttributes =
    QByteArrayLiteral("-text !eol -ident -filter !working-tree-encoding -export-subst -export-ignore");

/// Makes git check files out of the repository at `tree` as they are in it, whatever its own attributes say:
/// these stand above every .gitattributes.
[[nodiscard]] Result<void> switchAttributesOff(const QString &tree);

/// Whether a plain clone on another machine, with the repository's own .gitattributes and nobody's settings,
/// holds the bytes that are staged in `tree`, and an archive of it (git archive) too. The failure names file,
/// line and what to do. `scratch` is a folder for a repository without any settings or attributes, which
/// shares the index and objects of `tree`.
[[nodiscard]] Result<void, PublishFailure> checkClone(const GitProgram &tree, const QString &scratch,
                                                      const JudgedFiles &judged);

} // namespace slipway
