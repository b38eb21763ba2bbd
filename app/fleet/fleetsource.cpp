// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetsource.h"

#include "app/fleet/sandbox.h"

#include <QFile>

namespace slipway {

Result<Fleet> openFleet(const QString &name, const Paths &paths) {
    if (name == QLatin1String("sandbox"))
        return Sandbox(paths).up({});
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io,
                     QStringLiteral("The fleet file %1 cannot be read: %2").arg(name, file.errorString())};
    return parseFleet(file.readAll(), name);
}

} // namespace slipway
