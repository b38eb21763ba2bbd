// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archiveversion.h"

#include "app/archive/archive.h"
#include "app/archive/database.h"

#include <QFile>

namespace slipway {

namespace {

constexpr qint64 kNoArchive = -1;

} // namespace

// An archive that is not there yet is in memory until somebody writes. Where another process did, an empty
// transaction takes its file up.
Result<qint64> archiveVersion(Archive &archive, const QString &file) {
    if (!archive.database().isMade()) {
        if (!QFile::exists(file))
            return kNoArchive;
        TRY(archive.database().transaction([] { return Result<void>(); }));
    }
    auto select = archive.database().prepare("PRAGMA data_version");
    if (!select)
        return select.error();
    if (!select->next())
        return archive.database().error(QStringLiteral("asking who wrote"));
    return select->integer(0);
}

} // namespace slipway
