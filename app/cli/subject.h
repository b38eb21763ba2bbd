// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/campaign/campaign.h"

#include <functional>

namespace slipway::cli {

/// Whether the cycles of a folder are read into its record: judging takes them one at a time, and there may
/// be hundreds of megabytes of them.
enum class FolderCycles { Left, Read };

/// Reads what each of `names` means (an id in the archive, or with a slash in it a folder), judges it by
/// today's rules, and returns what `then` makes of them. The archive is opened only when one is in it.
ExitCode withSubjects(const Context &context, const QStringList &names, FolderCycles cycles,
                      const std::function<ExitCode(const QList<CampaignRecord> &)> &then);

} // namespace slipway::cli
