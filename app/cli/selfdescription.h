// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace slipway::cli {

// Commands about the program itself, made from its table.
ExitCode help(const Context &context, const QCommandLineParser &parser);
ExitCode version(const Context &context, const QCommandLineParser &parser);
ExitCode completions(const Context &context, const QCommandLineParser &parser);
ExitCode complete(const Context &context, const QCommandLineParser &parser);

/// The --help of a row.
[[nodiscard]] TerminalText helpText(const CommandSpec &command);

} // namespace slipway::cli
