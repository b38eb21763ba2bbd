// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

#include <QStringList>

namespace slipway {

/// A judged campaign as workflow commands of GitHub Actions, a line each: the verdict, the check that
/// decided, then the others that do not hold, with the file and line that each was read from, below
/// `runs/ID/` as it is published. At most 10, which is what GitHub shows of a step. Escaped as the runner
/// reads them (docs.github.com, "Workflow commands"), so that a text from outside neither ends a command nor
/// begins one; secrets are not masked here.
[[nodiscard]] QStringList githubAnnotations(const CampaignRecord &record);

} // namespace slipway
