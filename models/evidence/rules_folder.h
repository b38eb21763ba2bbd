// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/judgeevidence.h"

namespace slipway::rules {

/// A folder with a plan: what is derived is there and is what follows from the observations, nothing on top
/// looks like evidence, plan, manifest and folder name one campaign, and the manifest says what is true.
void judgeFolder(const QList<EvidenceFile> &files, const Derivation &derived, const JudgeContext &context,
                 QList<Check> &checks);

/// A folder without one: it is a claim, of one campaign, and no rule overlooks a file that looks like
/// evidence.
void judgeFolderOfClaims(const QList<EvidenceFile> &files, const JudgeContext &context, QList<Check> &checks);

} // namespace slipway::rules
