// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/terminaltext.h"
#include "models/fleet/fleet.h"

namespace slipway::cli {

/// `fleet import`, `fleet list`, `fleet show`, and `fleet rename`, `fleet remove`, `fleet undo`: `arguments`
/// without that word.
ExitCode fleetImport(const Context &context, const QCommandLineParser &parser);
ExitCode fleetList(const Context &context, const QCommandLineParser &parser);
ExitCode fleetShow(const Context &context, const QCommandLineParser &parser);
ExitCode fleetRename(const Context &context, const QCommandLineParser &parser);
ExitCode fleetRemove(const Context &context, const QCommandLineParser &parser);
ExitCode fleetUndo(const Context &context, const QCommandLineParser &parser);

[[nodiscard]] TerminalText hostsText(const Fleet &fleet); ///< a line a host

} // namespace slipway::cli
