// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archiveversion.h"

#include "app/archive/campaignstore.h"
#include "app/archive/database.h"

#include <QFile>

namespace slipway {

namespace {

constexpr qint64 kNoArchive = -1;

} // namespace

// An archive that is not there yet is in memory until somebody writes. Where another process did, an empty
// transaction takes its file up.
Result<qint64> archiveVersion(CampaignStore &store, const QString &file) {
    if (!store.database().isMade()) {
        if (!QFile::exists(file))
            return kNoArchive;
        TRY(store.database().transaction([] { return Result<void>(); }));
    }
    auto select = store.database().prepare("PRAGMA data_version");
    if (!select)
        return select.error();
    if (!select->next())
        return store.database().error(QStringLiteral("asking who wrote"));
    return select->integer(0);
}

} // namespace slipway
