// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/terminaltext.h"
#include "app/series/seriesarchive.h"

#include <functional>

namespace slipway::cli {

[[nodiscard]] TerminalText seriesToText(const SeriesJudgement &judged);
/// Prints it, and answers with the code of its verdict.
ExitCode printSeries(const SeriesJudgement &judged, bool json, bool details);

/// Verifies a published report of a series from the published runs next to it, and prints what was found; the
/// code of its verdict.
ExitCode verifyReport(const QString &path, bool json);

/// Opens the archive for `then`: to be read, or also to be written.
ExitCode lookAtSeries(const Context &context, const std::function<ExitCode(SeriesArchive &)> &then);
ExitCode withSeries(const Context &context, const std::function<ExitCode(SeriesArchive &)> &then);
/// A line for each alarm of a series that newer judgements or rules brought.
void printNewAlarms(const SeriesAlarms &alarms);

} // namespace slipway::cli
