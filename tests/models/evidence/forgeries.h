// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/observation/evidencefile.h"

#include <QList>

#include <functional>

namespace slipway::test {

/// A folder with one fact changed.
struct Forgery {
    QString what; ///< for a person: the file, the place in it, and what was done to it
    QList<EvidenceFile> files;
};

/// Calls `take` with one forgery of the folder after the other: every leaf of every JSON file deleted, null,
/// of another type, sign, value or case; every line dropped, doubled or swapped; every file deleted, renamed,
/// copied, emptied or cut. Of long files, some `maxLines` lines spread over them. Compressed files
/// are changed inside. None is equal to the folder.
void forEachForgery(const QList<EvidenceFile> &folder, qsizetype maxLines, qint64 stride,
                    const std::function<void(const Forgery &)> &take);

} // namespace slipway::test
