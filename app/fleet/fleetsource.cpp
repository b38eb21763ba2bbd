// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetsource.h"

#include "app/fleet/sandbox.h"

#include <QFile>

namespace slipway {

Result<Fleet> openFleet(const QString &name, const Paths &paths) {
    if (name == QLatin1String("sandbox")) {
        Sandbox sandbox(paths);
        const auto status = sandbox.status();
        // One that is up is taken as it is: whoever brought it up chose its server.
        if (!status || status->state != SandboxStatus::State::Up)
            return sandbox.up({});
        return openFleet(sandbox.fleetFile(), paths);
    }
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io,
                     QStringLiteral("The fleet file %1 cannot be read: %2").arg(name, file.errorString())};
    return parseFleet(file.readAll(), name);
}

} // namespace slipway
