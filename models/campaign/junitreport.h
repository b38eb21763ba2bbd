// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/campaign/campaign.h"

namespace slipway {

/// A judged campaign as JUnit XML, in the shape that Jenkins, GitLab and GitHub's actions read: a suite for
/// each phase and one for the campaign as a whole, a test case for each check. A check that fails is a
/// failure. One that has no evidence, invalid evidence or too little of it is an error, never skipped:
/// readers count a skipped case as good. The first case is the verdict, which is a failure unless the
/// campaign is PROVEN. Control characters are blanks; secrets are not masked here.
[[nodiscard]] QString junitReport(const CampaignRecord &record);

} // namespace slipway
