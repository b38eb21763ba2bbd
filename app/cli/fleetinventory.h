// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace slipway::cli {

/// `fleet import`, `fleet list` and `fleet show`: `arguments` without that word.
int fleetImport(const Context &context, const QStringList &arguments);
int fleetList(const Context &context, const QStringList &arguments);
int fleetShow(const Context &context, const QStringList &arguments);

} // namespace slipway::cli
