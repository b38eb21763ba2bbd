// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/evidence/verdict.h"

namespace slipway {

/// What a verdict is of, as a sentence that stands next to it: "Claim: At least 0.995 of …" Empty where none
/// is known and nothing passes. `claim` is Judgement::claim.
[[nodiscard]] QString claimSentence(Verdict verdict, const QString &claim);
/// The sentence after `text`, whatever stands there: "TEXT. Claim: …"; where one of the two is empty, the
/// other.
[[nodiscard]] QString withClaim(const QString &text, Verdict verdict, const QString &claim);
/// "PROVEN. Claim: At least 0.995 of …" Every face says a verdict with its claim, so that none is taken for
/// more than it is.
[[nodiscard]] QString verdictWithClaim(Verdict verdict, const QString &claim);

} // namespace slipway
