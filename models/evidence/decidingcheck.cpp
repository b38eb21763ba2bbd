// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/decidingcheck.h"

namespace slipway {

const Check *decidingCheck(const Judgement &judgement) {
    const auto decides = [&](const Check &check) {
        switch (judgement.verdict) {
        case Verdict::Fail:
            return check.outcome == Check::Outcome::Fail;
        case Verdict::InvalidEvidence:
            return check.flaw == Check::Flaw::Invalid;
        case Verdict::Incomplete:
        case Verdict::NoEvidence:
            return check.flaw == Check::Flaw::Missing;
        case Verdict::UnprovenPass:
            return check.flaw == Check::Flaw::Unsupported;
        case Verdict::Proven:
            return false;
        }
        return false;
    };
    const auto blamed = [&](const Check &check) {
        return judgement.blamedPhase == 0 || check.phase == judgement.blamedPhase;
    };
    const Check *first = nullptr;
    for (const Check &check : judgement.checks) {
        if (!blamed(check) || (check.outcome == Check::Outcome::Pass && check.flaw == Check::Flaw::None))
            continue;
        if (decides(check))
            return &check;
        if (!first)
            first = &check;
    }
    return first;
}

} // namespace slipway
