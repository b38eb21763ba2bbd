// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/services.h"

#include <functional>
#include <optional>

class QCommandLineParser;

namespace slipway::cli {

constexpr int kNothing = 4; ///< what was asked for is not there, or the archive cannot be used

/// Opens the archive, lets `ask` put its question, and runs until that calls QCoreApplication::exit().
int withServices(const Context &context, const std::function<void(Services &)> &ask);

/// The same for a command that only looks: it makes nothing, and reads what cannot be written too.
int lookWithServices(const Context &context, const std::function<void(Services &)> &ask);

/// Parses a subcommand's arguments. An exit code when that is all there is to do: --help or wrong usage. An
/// empty argument or value is wrong usage, since it comes from a variable that is not set; only the options
/// of `mayBeEmpty` have a meaning for one.
std::optional<int> parse(QCommandLineParser &parser, const QString &command, const QStringList &arguments,
                         const TerminalText &help, qsizetype leastArguments, qsizetype maxArguments,
                         const QStringList &mayBeEmpty = {});

} // namespace slipway::cli
