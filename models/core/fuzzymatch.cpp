// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/fuzzymatch.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMaxText = 400;    // what is longer is matched by its beginning
constexpr qsizetype kMinToForgive = 4; // a shorter word would fit nearly anything
enum Fit { Same, Begins, Within, LettersLeftOut, Mistyped };

QStringList partsOf(const QString &text) {
    QStringList parts;
    QString part;
    for (const QChar c : text) {
        if (c.isLetterOrNumber()) {
            part += c;
        } else if (!part.isEmpty()) {
            parts << part;
            part.clear();
        }
    }
    if (!part.isEmpty())
        parts << part;
    return parts;
}

// Its letters stand in the part in this order, the first one first.
bool isLeftOutOf(const QString &word, const QString &part) {
    if (word.isEmpty() || part.isEmpty() || word.front() != part.front())
        return false;
    qsizetype at = 0;
    for (const QChar c : word) {
        at = part.indexOf(c, at);
        if (at < 0)
            return false;
        ++at;
    }
    return true;
}

// The part begins as the word does but for one letter: another one, one too many, or two that are swapped.
bool isMistyped(const QString &word, const QString &part) {
    const auto mismatch = std::mismatch(word.begin(), word.end(), part.begin(), part.end());
    const QString restOfWord = word.mid(mismatch.first - word.begin());
    const QString restOfPart = part.mid(mismatch.second - part.begin());
    if (restOfWord.isEmpty() || restOfPart.isEmpty())
        return restOfWord.size() <= 1;
    const bool swapped = restOfWord.size() > 1 && restOfPart.size() > 1 &&
                         restOfWord.at(0) == restOfPart.at(1) && restOfWord.at(1) == restOfPart.at(0) &&
                         restOfPart.mid(2).startsWith(restOfWord.mid(2));
    return swapped || restOfPart.mid(1).startsWith(restOfWord.mid(1)) ||
           restOfPart.startsWith(restOfWord.mid(1));
}

std::optional<int> fitOf(const QString &word, const QString &text, const QStringList &parts) {
    std::optional<int> best;
    const auto take = [&](int fit) { best = std::min(best.value_or(fit), fit); };
    for (const QString &part : parts) {
        if (part == word)
            take(Same);
        else if (part.startsWith(word))
            take(Begins);
        else if (word.size() >= kMinToForgive && isLeftOutOf(word, part))
            take(LettersLeftOut);
        else if (word.size() >= kMinToForgive && isMistyped(word, part))
            take(Mistyped);
    }
    if (text == word)
        take(Same);
    else if (text.contains(word))
        take(Within);
    return best;
}

} // namespace

std::optional<int> fuzzyScore(const QStringList &words, const QString &text) {
    const QString folded = text.left(kMaxText).toCaseFolded();
    const QStringList parts = partsOf(folded);
    int score = 0;
    for (const QString &word : words) {
        const auto fit = fitOf(word.toCaseFolded(), folded, parts);
        if (!fit)
            return std::nullopt;
        score += *fit;
    }
    return score;
}

} // namespace slipway
