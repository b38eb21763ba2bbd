// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/git/judgedfiles.h"
#include "app/pages/write/filechange.h"
#include "models/core/result.h"
#include "models/observation/evidencefile.h"

#include <QStringList>

namespace slipway {

class TreeWriter;

/// What a site needs around its runs, so that they reach readers byte for byte: `runs/.gitattributes`, which
/// holds clones to the bytes, and `.nojekyll` at the root of a tree that is begun.
struct PagesSite {
    QList<FileChange> changes;
    QStringList warnings; ///< sentences
    JudgedFiles judged;
    bool isBuiltByJekyll = false; ///< as far as can be seen: nothing says that it is not
};

/// Whether the build of GitHub Pages (Jekyll) changes the bytes of such a file: it begins with a line "---",
/// which is front matter to it.
[[nodiscard]] bool isChangedByJekyll(const EvidenceFile &file);

/// `.gitattributes` of a folder whose files are to come out of a clone byte for byte.
[[nodiscard]] QByteArray plainAttributes();

/// Writes what is missing, or says what it would write where there is no writer. What somebody else put there
/// stays.
Result<PagesSite> settleSite(const QString &tree, TreeWriter *writer);

} // namespace slipway
