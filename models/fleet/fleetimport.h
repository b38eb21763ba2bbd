// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/fleet/fleet.h"

namespace slipway {

enum class FleetFormat {
    Slipway,
    TerraformOutput,
    TerraformState,
    Doctl,
    SshConfig,
    Csv,
    Ansible,
    Cloud,
    Hosts
};

[[nodiscard]] QString fleetFormatName(FleetFormat format); ///< as `--format` takes it
[[nodiscard]] QList<FleetFormat> fleetFormats();

/// What came of an import.
struct FleetImport {
    Fleet fleet;
    QStringList
        notes; ///< what was left out, guessed or is missing, a sentence each with its place; at most 500
};

/// The format of a file by its content; its name decides between what looks the same. The error names `what`.
Result<FleetFormat> detectFleetFormat(const QByteArray &bytes, const QString &what);

/// Each reads one format (models/fleet/README.md), UTF-8 or UTF-16, with a byte order mark or without. An
/// entry that cannot be taken is left out with a note that names it and its place, and ends nothing; where no
/// host remains, that is an error with those notes. Errors name `what`. The fleet's name is left to the
/// caller.
Result<FleetImport> importTerraformOutput(const QByteArray &bytes, const QString &what);
Result<FleetImport> importTerraformState(const QByteArray &bytes, const QString &what);
Result<FleetImport> importDoctl(const QByteArray &bytes, const QString &what);
Result<FleetImport> importCsv(const QByteArray &bytes, const QString &what);
Result<FleetImport> importAnsible(const QByteArray &bytes, const QString &what);
Result<FleetImport> importCloud(const QByteArray &bytes, const QString &what);
Result<FleetImport> importHosts(const QByteArray &bytes, const QString &what);

/// Adds a host to an import after checking it; one whose name is taken already gets its id or a number behind
/// it, and a note. The error is `where` and the field.
Result<void> addImported(FleetImport &import, Host host, const QString &where);
/// The same, and one that is not right is left out with a note.
void takeImported(FleetImport &import, const Host &host, const QString &where);
void addNote(FleetImport &import, const QString &note);
/// "WHERE: WHY; left out."
void leaveOut(FleetImport &import, const QString &where, const QString &why);
/// The import, or where it has no host an error of `none` and what was left out.
Result<FleetImport> finished(FleetImport import, const QString &none);
/// A host with the default paths and the role that its name implies.
[[nodiscard]] Host importedHost(const QString &name);
/// Another name's letters that are not allowed become dashes.
[[nodiscard]] QString plainNameOf(const QString &text);

} // namespace slipway
