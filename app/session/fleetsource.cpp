// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fleetsource.h"

#include "app/cloud/rental/rentaljournal.h"
#include "app/core/inputfile.h"
#include "app/fleet/fleetstore.h"
#include "app/sandbox/sandbox.h"
#include "models/fleet/rentalnames.h"

#include <QFile>

namespace slipway {

namespace {

bool isUp(const Sandbox &sandbox) {
    const auto status = sandbox.status();
    return status && status->state == SandboxStatus::State::Up;
}

} // namespace

Fleet sandboxToBe() {
    Fleet fleet;
    fleet.name = kSandboxFleet;
    for (const QString &name : SandboxPlan::hostNames()) {
        Host host;
        host.name = name;
        host.role = name == QLatin1String("chaos") ? HostRole::Chaos : HostRole::Peer;
        host.address = host.privateAddress = name + QStringLiteral(".known-once-it-is-up");
        host.serverPath = kDefaultServerPath;
        host.workDir = kDefaultWorkDir;
        fleet.hosts << host;
    }
    return fleet;
}

Result<Fleet> lookUpFleet(const QString &name, const Paths &paths) {
    if (name == kSandboxFleet && !isUp(Sandbox(paths)))
        return sandboxToBe();
    return openFleet(name, paths);
}

Result<Fleet> openFleet(const QString &name, const Paths &paths) {
    if (name == kSandboxFleet) {
        Sandbox sandbox(paths);
        // One that is up is taken as it is: whoever brought it up chose its server.
        return isUp(sandbox) ? openFleet(sandbox.fleetFile(), paths) : sandbox.up({});
    }
    if (rentalnames::isLegal(name)) {
        const auto rental = knownRental(paths, name);
        if (rental && rental->state != Rental::State::Ended)
            return Fleet{name, rental->hosts(), {}};
    }
    if (isPlainName(name)) {
        auto stored = FleetStore(paths).load(name);
        if (stored || stored.error().code != ErrorCode::NotFound)
            return stored;
    }
    const auto bytes = readFile(name);
    if (bytes)
        return parseFleet(*bytes, name);
    if (isPlainName(name) && bytes.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound,
                     QStringLiteral("There is no fleet %1, neither in the data directory nor as a file here.")
                         .arg(name)};
    return bytes.error();
}

} // namespace slipway
