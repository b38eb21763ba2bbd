// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QByteArray>
#include <QString>

namespace slipway {

/// What something in a tree has to be, where it is there at all.
enum class TreeEntry { File, Folder };

/// Whether `name` may be written as `as` in a tree that is somebody else's: it is that or nothing yet, and
/// all on the way to it are folders. A link is neither. AlreadyExists: something else is there, which only a
/// person may take away.
Result<void> checkTreePath(const QString &tree, const QString &name, TreeEntry as);

/// Whether a file of a run may be called so: a path that stays below its folder and means nothing to git or
/// to this program.
[[nodiscard]] bool isPublishable(const QByteArray &name);

/// A file of such a tree; empty when it is not there. Links are not followed. `name` is ours.
Result<QByteArray> readTreeFile(const QString &tree, const QString &name);
/// Writes it whole or not at all, and not when it is as it was; true when it changed. Makes its folder.
Result<bool> writeTreeFile(const QString &tree, const QString &name, const QByteArray &bytes);

} // namespace slipway
