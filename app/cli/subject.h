// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "models/campaign/campaign.h"

#include <functional>

namespace slipway::cli {

/// Reads what each of `names` means (an id in the archive, or with a slash in it a folder), judges it by
/// today's rules, and returns what `then` makes of them. The archive is opened only when one is in it.
int withSubjects(const Context &context, const QStringList &names,
                 const std::function<int(const QList<CampaignRecord> &)> &then);

} // namespace slipway::cli
