// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/services.h"

class QCommandLineParser;

namespace slipway::cli {

/// --to, --push, --branch, --dry-run, --diff, --replace and --json, which all that publishes has.
void addPublishOptions(QCommandLineParser &parser);
/// The request's repo and branch from them. A message when they are wrong.
QString takePublishOptions(const QCommandLineParser &parser, PagesRequest &request);

QString takePublishOptions(const QCommandLineParser &parser, ExportOptions &options);

[[nodiscard]] TerminalText changesText(const QList<FileChange> &changes); ///< a row each, then their diffs
[[nodiscard]] TerminalText maskedText(const ExportCount &count); ///< what was masked, and the warnings

/// Writes `request` into its folder, or with --push publishes it, says what came of it and exits: 0 done, 4
/// not done, 5 stopped. With --dry-run only says what would come of it.
int publishAndExit(const Context &context, const QCommandLineParser &parser, const PagesRequest &request);

extern const OwnWords kPublishHelp; ///< what --push means

} // namespace slipway::cli
