// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminaltext.h"

#include <QString>
#include <QStringList>

namespace slipway::cli {

/// What every subcommand gets.
struct Context {
    QString dataDir; ///< --data-dir, may be empty
};

/// One subcommand. `run` gets the arguments after its name and returns the exit code: 0 done, 2 wrong usage,
/// others as the subcommand's help says.
struct Command {
    const char *name;
    const char *summary;
    int (*run)(const Context &context, const QStringList &arguments);
};

/// Prints one line to stderr, or several, and returns `exitCode`.
int fail(const QString &message, int exitCode);
int fail(const TerminalText &lines, int exitCode);
/// Wrong usage: the message, a pointer to --help, and 2.
int failUsage(const QString &command, const QString &message);
void print(const TerminalText &text);
void print(OwnWords words);

} // namespace slipway::cli
