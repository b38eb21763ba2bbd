// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace slipway::cli {

int runSandbox(const Context &context, const QStringList &arguments);

} // namespace slipway::cli
