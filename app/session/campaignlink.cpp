// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/campaignlink.h"

#include "models/core/plaintext.h"
#include "models/fleet/host.h"

namespace slipway {

namespace {

constexpr qsizetype kShown = 100;

} // namespace

Result<QString> linkedCampaign(const QString &link) {
    const QString begin = QStringLiteral("slipway://campaign/");
    const QString id = link.mid(begin.size());
    if (link.startsWith(begin, Qt::CaseInsensitive) && isPlainName(id))
        return id;
    return Error{
        ErrorCode::InvalidInput,
        QStringLiteral(
            "\"%1\" is not a link to a campaign, which is slipway://campaign/ID, with an id of 1 to 64 "
            "letters, digits, dots, dashes and underscores.")
            .arg(plainText(link.left(kShown)))};
}

} // namespace slipway
