// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/verdictclaim.h"

namespace slipway {

QString claimSentence(Verdict verdict, const QString &claim) {
    if (!claim.isEmpty())
        return QStringLiteral("Claim: ") + claim;
    return verdict == Verdict::Proven || verdict == Verdict::UnprovenPass
               ? QStringLiteral("Claim: not recorded; judging it again tells.")
               : QString();
}

QString withClaim(const QString &text, Verdict verdict, const QString &claim) {
    const QString sentence = claimSentence(verdict, claim);
    return sentence.isEmpty() ? text : text.isEmpty() ? sentence : text + QStringLiteral(". ") + sentence;
}

QString verdictWithClaim(Verdict verdict, const QString &claim) {
    return withClaim(verdictName(verdict), verdict, claim);
}

} // namespace slipway
