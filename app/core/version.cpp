// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/version.h"

#include "slipwayrevision.h" // made by packaging/cmake/Revision.cmake

namespace slipway {

QString versionText() {
    const QString revision = QStringLiteral(SLIPWAY_REVISION);
    const QString version = QStringLiteral(SLIPWAY_VERSION);
    return revision.isEmpty() ? version : QStringLiteral("%1 (git %2)").arg(version, revision);
}

QString versionDate() {
    return QStringLiteral(SLIPWAY_REVISION_DATE);
}

} // namespace slipway
