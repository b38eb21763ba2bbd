// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleetimport.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace slipway;

// The first byte chooses the reader, so that none depends on what the others let through.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0)
        return 0;
    using Importer = Result<FleetImport> (*)(const QByteArray &, const QString &);
    constexpr Importer kImporters[] = {importTerraformOutput, importTerraformState, importDoctl, importCsv,
                                       importAnsible,         importCloud,          importHosts};
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    const QString what = QStringLiteral("given");
    (void)detectFleetFormat(bytes, what);
    const auto import = kImporters[data[0] % std::size(kImporters)](bytes, what);
    if (!import)
        return import.error().text.isEmpty() ? (std::abort(), 0) : 0;
    // Whatever is taken has passed the checks of a fleet file.
    for (const Host &host : import->fleet.hosts) {
        if (hostProblem(host))
            std::abort();
    }
    Fleet fleet = import->fleet;
    fleet.name = QStringLiteral("gate");
    if (fleet.hosts.isEmpty() || !parseFleet(fleetToJson(fleet), what))
        std::abort();
    return 0;
}
