// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminaltext.h"
#include "app/commandline/commandcontext.h"
#include "app/commandline/exitcode.h"
#include "models/core/result.h"

#include <QString>

class QCommandLineParser;

namespace slipway::cli {

using Context = CommandContext;

// Whatever ends a command badly is printed by one of these. Where --json was given and nothing was printed
// yet, the same is printed as {"error": …} at the end of the program.

/// Prints the error to stderr, and returns `code`.
ExitCode fail(const Error &error, ExitCode code);
ExitCode fail(const QString &message, ExitCode code);
ExitCode fail(const TerminalText &lines, ExitCode code);
/// Wrong usage: the message, a pointer to --help, and ExitCode::Usage.
ExitCode failUsage(const Context &context, const QString &message);
/// One line to stderr that ends nothing: a note, a question's background.
void printNote(const QString &message);

void print(const TerminalText &text);
void print(OwnWords words);

/// Leaves the event loop; the program ends with this code.
void exitWith(ExitCode code);
/// Runs the event loop until exitWith().
[[nodiscard]] ExitCode runLoop();

} // namespace slipway::cli
