// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QList>
#include <QString>

namespace slipway {

/// A directory tree that runs are published into: a Pages repo, or a worktree of one. Everything appears
/// whole: a folder is staged next to its place and then takes it, a file is written aside and renamed. Names
/// are opened relative to the tree and links are never followed, since the tree is often somebody else's
/// clone. Holds the lock of its folder (`runs/`) as long as it lives, so that two exports do not mix.
/// Synchronous; one thread.
class TreeWriter {
public:
    /// Makes the folder where it is missing. AlreadyExists: another export is at work on it.
    static Result<TreeWriter> open(const QString &tree, const QString &folder = QStringLiteral("runs"));
    ~TreeWriter();
    TreeWriter(TreeWriter &&other) noexcept;
    TreeWriter &operator=(TreeWriter &&other) noexcept;
    TreeWriter(const TreeWriter &) = delete;
    TreeWriter &operator=(const TreeWriter &) = delete;

    /// AlreadyExists, by its name, when something that is not ours has the place in which it is staged.
    /// `<folder>/<id>` holds these files and no others afterwards; before, it is as it was. Unchanged files
    /// keep their inode.
    Result<void> replaceRun(const QString &id, const QList<EvidenceFile> &files);
    /// A file right in the folder.
    Result<void> replaceFile(const QString &name, const QByteArray &bytes);

private:
    explicit TreeWriter(int runsFd, QString path) : m_runs(runsFd), m_path(std::move(path)) {}

    int m_runs = -1;
    QString m_path; ///< of the folder, for errors
};

} // namespace slipway
