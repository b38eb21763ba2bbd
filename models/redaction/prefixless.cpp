// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/prefixless.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuetest.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kNextToId = 200; // characters between an id of AWS and its secret
constexpr qsizetype kAwsSecret = 40;

bool isWordCharacter(char c) {
    return isAlnum(c) || c == '_' || c == '-';
}

// Digits, capitals and small letters: no hash, no word, no path.
bool isMixed(const TextView &view, qsizetype from, qsizetype to) {
    const auto begin = view.bytes().begin() + from;
    const auto end = view.bytes().begin() + to;
    return std::any_of(begin, end, isDigit) && std::any_of(begin, end, isUpper) &&
           std::any_of(begin, end, isLower);
}

// 123456789:AA… and three parts, of which the first is a number in base64.
void findBotTokens(const TextView &view, FoundSecrets &found) {
    static const SearchPattern pattern("[0-9]{8,10}:AA[A-Za-z0-9_-]{32,33}|"
                                       "[MNO][A-Za-z0-9_-]{17,27}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,40}");
    qsizetype from = 0;
    while (const auto hit = pattern.next(view.bytes(), from)) {
        const bool isTelegram = isDigit(view.at(hit->from));
        const bool isWhole =
            !isWordCharacter(view.at(hit->to)) &&
            (isTelegram ? !isDigit(view.at(hit->from - 1))
                        : !isWordCharacter(view.at(hit->from - 1)) && view.at(hit->from - 1) != '.');
        if (isWhole && isMixed(view, hit->from, hit->to))
            found.push_back({hit->from, hit->to, isTelegram ? "Telegram token" : "Discord token"});
        from = hit->to;
    }
}

void findAwsSecrets(const TextView &view, FoundSecrets &found) {
    static const SearchPattern ids("A(?:KIA|SIA)[A-Z0-9]{16}");
    const auto isLetter64 = [](char c) { return isAlnum(c) || c == '+' || c == '/'; };
    qsizetype over = 0;
    qsizetype from = 0;
    while (const auto hit = ids.next(view.bytes(), from)) {
        from = hit->to;
        const qsizetype max = std::min(view.size(), hit->to + kNextToId);
        for (qsizetype i = std::max({over, hit->from - kNextToId, qsizetype(0)}); i < max;) {
            qsizetype end = i;
            while (end < max + kAwsSecret && isLetter64(view.at(end)))
                ++end;
            const bool isWhole = end - i == kAwsSecret && !isLetter64(view.at(i - 1)) && view.at(end) != '=';
            if (isWhole && isMixed(view, i, end))
                found.push_back({i, end, "AWS secret key"});
            i = std::max(i + 1, end);
            over = i;
        }
    }
}

void findPasswordFiles(const TextView &view, FoundSecrets &found) {
    static const SearchPattern pattern("(?m)^[A-Za-z0-9.*_-]{1,253}:(?:[0-9]{4,5}|\\*):[A-Za-z0-9.*_-]{1,63}:"
                                       "[A-Za-z0-9.*_-]{1,63}:");
    qsizetype from = 0;
    while (const auto hit = pattern.next(view.bytes(), from)) {
        from = hit->to;
        qsizetype end = hit->to;
        while (end < view.size() && !isSpaceOrControl(view.at(end)) && view.at(end) != '"')
            ++end;
        const bool isLineOver = end >= view.size() || isLineEnd(view.at(end)) || view.at(end) == kOuterQuote;
        const SecretName name{hit->from, hit->to, NameKind::Password};
        if (isLineOver && isSecretValue(view, name, {hit->to, end}, Separator::Blank))
            found.push_back({hit->to, end, "password of a file", {}, true});
    }
}

// As PostgreSQL and MySQL keep them: they are as good as the password for who guesses.
void findPasswordHashes(const TextView &view, FoundSecrets &found) {
    static const SearchPattern pattern("md5[0-9a-f]{32}|\\*[0-9A-F]{40}");
    qsizetype from = 0;
    while (const auto hit = pattern.next(view.bytes(), from)) {
        from = hit->to;
        const auto begin = view.bytes().begin();
        const bool isWhole = !isWordCharacter(view.at(hit->from - 1)) && !isWordCharacter(view.at(hit->to)) &&
                             view.at(hit->from - 1) != '*' && view.at(hit->to) != '.';
        if (isWhole && std::any_of(begin + hit->from + 3, begin + hit->to, isDigit))
            found.push_back({hit->from, hit->to, "password hash"});
    }
}

} // namespace

void findPrefixlessSecrets(const TextView &view, FoundSecrets &found) {
    findBotTokens(view, found);
    findAwsSecrets(view, found);
    findPasswordFiles(view, found);
    findPasswordHashes(view, found);
}

} // namespace slipway
