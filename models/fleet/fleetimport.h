// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

namespace slipway {

enum class FleetFormat { Slipway, TerraformOutput, TerraformState, Doctl, SshConfig, Csv };

[[nodiscard]] QString fleetFormatName(FleetFormat format); ///< as `--format` takes it
[[nodiscard]] QList<FleetFormat> fleetFormats();

/// What came of an import.
struct FleetImport {
    Fleet fleet;
    QStringList notes; ///< what was left out, guessed or is missing, a sentence each
};

/// The format of a file by its content; its name decides between what looks the same. The error names `what`.
Result<FleetFormat> detectFleetFormat(const QByteArray &bytes, const QString &what);

/// Each reads one format (models/fleet/README.md). Errors name `what` and the field or line. The fleet's name
/// is left to the caller.
Result<FleetImport> importTerraformOutput(const QByteArray &bytes, const QString &what);
Result<FleetImport> importTerraformState(const QByteArray &bytes, const QString &what);
Result<FleetImport> importDoctl(const QByteArray &bytes, const QString &what);
Result<FleetImport> importCsv(const QByteArray &bytes, const QString &what);

/// Adds a host to an import after checking it; one whose name is taken already gets its id or a number behind
/// it, and a note. The error is `where` and the field.
Result<void> addImported(FleetImport &import, Host host, const QString &where);
/// A host with the usual paths and the role that its name tells.
[[nodiscard]] Host importedHost(const QString &name);
/// Another name's letters that are not allowed become dashes.
[[nodiscard]] QString plainNameOf(const QString &text);

} // namespace slipway
