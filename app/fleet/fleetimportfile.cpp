// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetimportfile.h"

#include "app/fleet/sshconfigimport.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace slipway {

namespace {

constexpr qint64 kLimit = qint64(16) * 1024 * 1024;

Result<QByteArray> readWhole(const QString &path) {
    QFile file(path);
    const bool piped = path == QLatin1String("-");
    if (!piped && (!QFileInfo::exists(path) || QFileInfo(path).isDir())) // a pipe of the shell is good
        return Error{ErrorCode::NotFound, QStringLiteral("%1 is no file.").arg(path)};
    if (piped ? !file.open(stdin, QIODevice::ReadOnly) : !file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString())};
    QByteArray bytes;
    while (bytes.size() <= kLimit) {
        const QByteArray part = file.read(kLimit + 1 - bytes.size());
        if (part.isEmpty())
            return bytes;
        bytes += part;
    }
    return Error{ErrorCode::InvalidInput, QStringLiteral("%1 is larger than 16 MiB: no fleet is.").arg(path)};
}

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
    const auto bytes = readWhole(path);
    if (!bytes)
        return bytes.error();
    const QString what = path == QLatin1String("-") ? QStringLiteral("standard input") : path;
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
        import->fleet.name = *format == FleetFormat::SshConfig ? QStringLiteral("ssh-config")
                                                               : plainNameOf(QFileInfo(path).baseName());
    if (!isPlainName(import->fleet.name) || import->fleet.name == kSandboxFleet)
        return Error{
            ErrorCode::InvalidInput,
            QStringLiteral("\"%1\" cannot be a fleet's name: 1 to 64 letters, digits, dots, dashes and "
                           "underscores, and not \"sandbox\". Give one with --name.")
                .arg(import->fleet.name)};
    return import;
}

} // namespace slipway
