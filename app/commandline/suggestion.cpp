// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline/suggestion.h"

#include <algorithm>
#include <vector>

namespace slipway {

namespace {

constexpr qsizetype kLongestWord = 40; // bounds the time

// How many letters were left out, added, changed or swapped with their neighbour.
qsizetype slips(const QString &from, const QString &to) {
    const auto columns = static_cast<std::size_t>(to.size()) + 1;
    std::vector<qsizetype> beforeLast(columns);
    std::vector<qsizetype> last(columns);
    std::vector<qsizetype> row(columns);
    for (std::size_t at = 0; at < columns; ++at)
        last[at] = static_cast<qsizetype>(at);
    for (qsizetype i = 1; i <= from.size(); ++i) {
        row[0] = i;
        for (qsizetype j = 1; j <= to.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const bool isSame = from.at(i - 1) == to.at(j - 1);
            row[at] = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + (isSame ? 0 : 1)});
            if (i > 1 && j > 1 && from.at(i - 1) == to.at(j - 2) && from.at(i - 2) == to.at(j - 1))
                row[at] = std::min(row[at], beforeLast[at - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[columns - 1];
}

} // namespace

QString suggestionText(const QString &word, const QStringList &names) {
    if (word.size() > kLongestWord)
        return {};
    QString best;
    qsizetype fewest = std::max<qsizetype>(1, word.size() / 3) + 1;
    for (const QString &name : names) {
        const qsizetype count = name.startsWith(word) ? 1 : slips(word, name);
        if (count < fewest) {
            fewest = count;
            best = name;
        }
    }
    return best.isEmpty() ? QString() : QStringLiteral("; did you mean %1?").arg(best);
}

} // namespace slipway
