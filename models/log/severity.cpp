// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/severity.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 512;

constexpr std::array kErrors{"error",          "fatal",  "panic",     "failed",
                             "did not answer", "cannot", "no answer", "never struck"};
constexpr std::array kWarnings{"warn", "killed", "not exercised", "retry", "ended with", "stopped"};

template <size_t N>
bool holdsAny(const QByteArray &line, const std::array<const char *, N> &words) {
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return line.contains(word); });
}

} // namespace

Severity severityOf(QByteArrayView line) {
    const QByteArray lower = line.first(std::min(line.size(), kLooked)).toByteArray().toLower();
    if (holdsAny(lower, kErrors))
        return Severity::Error;
    return holdsAny(lower, kWarnings) ? Severity::Warning : Severity::Normal;
}

QString errorPattern() {
    QStringList words;
    for (const char *word : kErrors)
        words << QString::fromLatin1(word);
    return words.join(QLatin1Char('|'));
}

} // namespace slipway
