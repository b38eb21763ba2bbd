// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace slipway::cli {

ExitCode sandboxUp(const Context &context, const QCommandLineParser &parser);
ExitCode sandboxStatus(const Context &context, const QCommandLineParser &parser);
ExitCode sandboxDown(const Context &context, const QCommandLineParser &parser);

} // namespace slipway::cli
