// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"
#include "models/core/result.h"

#include <QStringList>

class QCommandLineParser;

namespace slipway {

/// A row of the table, and what was given to it.
struct FoundCommand {
    const CommandSpec *command = nullptr;
    QStringList arguments;
};

/// Finds the command that `words` name, below `root`. Options may stand before it; they are handed on to it.
/// The error names the unknown word, and what may have been meant.
[[nodiscard]] Result<FoundCommand> findCommand(const CommandSpec &root, const QStringList &words);

/// Parses a command's arguments by its row. The error says what is wrong with them. An empty argument or
/// value is wrong, since it comes from a variable that is not set; but for options that have a meaning for
/// one. Where help is asked for, nothing else is checked.
[[nodiscard]] Result<void> parseArguments(QCommandLineParser &parser, const CommandSpec &command,
                                          const QStringList &arguments);

} // namespace slipway
