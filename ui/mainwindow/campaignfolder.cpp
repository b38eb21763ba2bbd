// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/campaignfolder.h"

#include "app/session/campaignqueries.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QUrl>

namespace slipway {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("slipway::CampaignsPage", text);
}

} // namespace

Result<void> openCampaignFolder(const CampaignQueries &queries, const QString &id) {
    if (id.isEmpty())
        return {};
    const QString folder = queries.folder(id);
    if (folder.isEmpty())
        return Error{ErrorCode::NotFound,
                     tr("%1 has no folder on this machine: its evidence is in the archive.").arg(id)};
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        return Error{ErrorCode::CommandFailed,
                     tr("No program of this desktop opens the folder %1.").arg(folder)};
    return {};
}

} // namespace slipway
