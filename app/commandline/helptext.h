// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commandline/commandspec.h"

#include <QString>
#include <QStringList>

namespace slipway {

/// The lines of a command's --help, at most 80 characters each where a word allows it. `program` comes before
/// the command's name; of the program itself the name is empty.
[[nodiscard]] QStringList helpLines(const QString &program, const CommandSpec &command);
/// "  --set NAME=VALUE  a parameter …": a term and its text, in columns.
[[nodiscard]] QStringList termLines(const QList<QPair<QString, QString>> &rows);
/// Paragraphs, broken into lines.
[[nodiscard]] QStringList wrappedLines(const QString &text, qsizetype indent = 0);
/// "--set NAME=VALUE", "-h, --help"
[[nodiscard]] QString optionTerm(const OptionSpec &option);
/// "slipwayctl fleet create NAME [OPTIONS]": a line for each form.
[[nodiscard]] QStringList usageLines(const QString &program, const CommandSpec &command);
/// The codes that a command ends with: its own row's, else those that every command has.
[[nodiscard]] std::span<const ExitMeaning> exitsOf(const CommandSpec &command);
/// What each exit code means, in columns.
[[nodiscard]] QStringList exitLines(std::span<const ExitMeaning> exits);

} // namespace slipway
