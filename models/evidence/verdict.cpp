// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/verdict.h"

#include <algorithm>
#include <array>
#include <utility>

namespace slipway {

namespace {

const std::array<std::pair<Verdict, QLatin1String>, 6> kNames{{
    {Verdict::Proven, QLatin1String("PROVEN")},
    {Verdict::UnprovenPass, QLatin1String("UNPROVEN PASS")},
    {Verdict::Fail, QLatin1String("FAIL")},
    {Verdict::InvalidEvidence, QLatin1String("INVALID EVIDENCE")},
    {Verdict::Incomplete, QLatin1String("INCOMPLETE")},
    {Verdict::NoEvidence, QLatin1String("NO EVIDENCE")},
}};

} // namespace

QString verdictName(Verdict verdict) {
    return std::find_if(kNames.begin(), kNames.end(),
                        [&](const auto &entry) { return entry.first == verdict; })
        ->second;
}

std::optional<Verdict> verdictFromName(const QString &name) {
    const auto it =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto &entry) { return entry.second == name; });
    return it == kNames.end() ? std::nullopt : std::optional(it->first);
}

int verdictExitCode(Verdict verdict) {
    switch (verdict) {
    case Verdict::Proven:
        return 0;
    case Verdict::Fail:
        return 1;
    case Verdict::UnprovenPass:
        return 3;
    case Verdict::InvalidEvidence:
    case Verdict::Incomplete:
    case Verdict::NoEvidence:
        break;
    }
    return 4;
}

} // namespace slipway
