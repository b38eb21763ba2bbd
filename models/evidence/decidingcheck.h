// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

namespace slipway {

/// The first check that made the verdict what it is: of the phase that is to blame one that fails, has
/// invalid evidence, has none, or proves too little, whichever the verdict says; else the first that is not a
/// pass. Null when all are. Points into `judgement`.
[[nodiscard]] const Check *decidingCheck(const Judgement &judgement);

} // namespace slipway
