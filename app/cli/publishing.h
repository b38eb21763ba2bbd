// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/pages/publish/pagespublish.h"

class QCommandLineParser;

namespace slipway::cli {

/// The request's repo and branch from the options that all that publishes has. A message when they are wrong.
QString takePublishOptions(const QCommandLineParser &parser, PagesRequest &request);

QString takePublishOptions(const QCommandLineParser &parser, ExportOptions &options);

/// The last line of an export that held something back: "2 files were held back: …". Empty when nothing was.
[[nodiscard]] TerminalText heldBackText(const QStringList &files, bool dryRun);
/// Markdown of the badge, where one run was exported; and of each by its id.
[[nodiscard]] TerminalText badgesText(const ExportCount &count);
[[nodiscard]] QJsonObject badgesJson(const ExportCount &count);
[[nodiscard]] ExitCode exitCodeOf(const ExportCount &count); ///< done, not all of it, or held back

[[nodiscard]] TerminalText changesText(const QList<FileChange> &changes); ///< a row each, then their diffs
[[nodiscard]] TerminalText maskedText(const ExportCount &count); ///< what was masked, and the warnings

/// Writes `request` into its folder, or with --push publishes it, says what came of it and
/// exits. With --dry-run only says what would come of it.
ExitCode publishAndExit(const Context &context, const QCommandLineParser &parser,
                        const PagesRequest &request);

} // namespace slipway::cli
