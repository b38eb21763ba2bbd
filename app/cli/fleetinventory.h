// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/terminaltext.h"
#include "models/fleet/fleet.h"

namespace slipway::cli {

/// `fleet import`, `fleet list`, `fleet show`, and `fleet rename`, `fleet remove`, `fleet undo`: `arguments`
/// without that word.
int fleetImport(const Context &context, const QStringList &arguments);
int fleetList(const Context &context, const QStringList &arguments);
int fleetShow(const Context &context, const QStringList &arguments);
int fleetRename(const Context &context, const QStringList &arguments);
int fleetRemove(const Context &context, const QStringList &arguments);
int fleetUndo(const Context &context, const QStringList &arguments);

[[nodiscard]] TerminalText hostsText(const Fleet &fleet); ///< a line a host

} // namespace slipway::cli
