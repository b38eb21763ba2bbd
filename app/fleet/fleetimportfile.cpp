// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetimportfile.h"

#include "app/core/inputfile.h"
#include "app/fleet/sshconfigimport.h"
#include "models/fleet/inventorytext.h"

#include <QDir>
#include <QFileInfo>

namespace slipway {

namespace {

constexpr qint64 kLimit = qint64(16) * 1024 * 1024;

Result<FleetImport> importAs(FleetFormat format, const QByteArray &bytes, const QString &path,
                             const QString &what) {
    switch (format) {
    case FleetFormat::Slipway: {
        auto fleet = parseFleet(bytes, what);
        if (!fleet)
            return fleet.error();
        return FleetImport{std::move(*fleet), {}};
    }
    case FleetFormat::TerraformOutput:
        return importTerraformOutput(bytes, what);
    case FleetFormat::TerraformState:
        return importTerraformState(bytes, what);
    case FleetFormat::Doctl:
        return importDoctl(bytes, what);
    case FleetFormat::Csv:
        return importCsv(bytes, what);
    case FleetFormat::Ansible:
        return importAnsible(bytes, what);
    case FleetFormat::Cloud:
        return importCloud(bytes, what);
    case FleetFormat::Hosts:
        return importHosts(bytes, what);
    case FleetFormat::SshConfig:
        if (path == QLatin1String("-"))
            return Error{ErrorCode::InvalidInput,
                         QStringLiteral("An ssh_config must be a file: hosts go on to name it.")};
        return importSshConfig(bytes, path, QDir::homePath());
    }
    return Error{ErrorCode::Internal, QStringLiteral("no such format")};
}

} // namespace

Result<FleetImport> readFleetImport(const QString &path, std::optional<FleetFormat> format,
                                    const QString &name) {
    const bool isStandard = path == QLatin1String("-");
    if (!isStandard && QFileInfo(path).isDir())
        return Error{ErrorCode::NotFound, QStringLiteral("%1 is a folder; name a file in it.").arg(path)};
    const auto read = readInput(path, kLimit);
    if (!read)
        return read.error();
    const QString what = isStandard ? QStringLiteral("standard input") : path;
    const auto bytes = inventoryText(*read, what);
    if (!bytes)
        return bytes.error();
    if (!format) {
        const auto found = detectFleetFormat(*bytes, what);
        if (!found)
            return found.error();
        format = *found;
    }
    auto import = importAs(*format, *bytes, path, what);
    if (!import)
        return import;
    if (!name.isEmpty())
        import->fleet.name = name;
    else if (import->fleet.name.isEmpty())
        import->fleet.name = plainNameOf(QFileInfo(path).completeBaseName());
    if (!isPlainName(import->fleet.name) || import->fleet.name == kSandboxFleet)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" cannot be a fleet's name: 1 to 64 letters, digits, dots, dashes and "
                           "underscores, and not \"sandbox\". Give one with --name.")
                .arg(import->fleet.name)};
    return import;
}

} // namespace slipway
