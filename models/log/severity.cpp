// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/severity.h"

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 512;

template <size_t N>
bool holdsAny(const QByteArray &line, const std::array<const char *, N> &words) {
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return line.contains(word); });
}

} // namespace

Severity severityOf(const QByteArray &line) {
    static constexpr std::array kErrors{"error",          "fatal",  "panic",     "failed",
                                        "did not answer", "cannot", "no answer", "never struck"};
    static constexpr std::array kWarnings{"warn",  "killed",     "not exercised",
                                          "retry", "ended with", "stopped"};
    const QByteArray lower = line.left(kLooked).toLower();
    if (holdsAny(lower, kErrors))
        return Severity::Error;
    return holdsAny(lower, kWarnings) ? Severity::Warning : Severity::Normal;
}

} // namespace slipway
