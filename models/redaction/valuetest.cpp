// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/valuetest.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/placeholder.h"
#include "models/redaction/plausiblename.h"
#include "models/redaction/wordlist.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 256; // characters of a value that are looked at
constexpr int kMaxHumps = 3;
constexpr int kProse = 6;       // words in small letters make a sentence; fewer may be a passphrase
constexpr int kPhrase = 4;      // words make a passphrase, when no word of a sentence is among them
constexpr int kSeed = 12;       // words at least of a wallet's seed
constexpr qsizetype kHash = 16; // characters of a hash at least

// What stands where a secret could, and is none.
constexpr std::string_view kNoSecrets[] = {
    "true",    "false",   "null",  "none",     "nil",      "undefined", "string", "str",
    "bool",    "boolean", "text",  "number",   "integer",  "int",       "object", "array",
    "any",     "varchar", "char",  "required", "optional", "redacted",  "masked", "hidden",
    "omitted", "removed", "unset", "empty",    "n/a",      "default"};

// Words that follow such a name in a sentence or a log.
constexpr std::string_view kProseWords[] = {"is",        "was",
                                            "are",       "were",
                                            "to",        "and",
                                            "or",        "for",
                                            "the",       "a",
                                            "an",        "in",
                                            "on",        "with",
                                            "from",      "of",
                                            "by",        "as",
                                            "at",        "it",
                                            "if",        "not",
                                            "no",        "yes",
                                            "must",      "may",
                                            "can",       "has",
                                            "will",      "this",
                                            "option",    "flag",
                                            "argument",  "authentication",
                                            "auth",      "changed",
                                            "expired",   "invalid",
                                            "valid",     "wrong",
                                            "incorrect", "missing",
                                            "failed",    "accepted",
                                            "rejected",  "denied",
                                            "found",     "ok",
                                            "error",     "set",
                                            "present",   "absent",
                                            "unknown",   "prompt",
                                            "file",      "auditing",
                                            "rotated",   "refused",
                                            "enabled",   "disabled",
                                            "on",        "off",
                                            "pass",      "fail",
                                            "passed",    "skipped",
                                            "header",    "value",
                                            "done",      "partial",
                                            "complete",  "success"};

// Words of three letters and more that a sentence is made with, and hardly a passphrase.
constexpr std::string_view kSmallWords[] = {
    "the",   "and",  "for",   "with",  "from",  "not",    "was",        "are",      "were",   "has",
    "have",  "had",  "will",  "this",  "that",  "may",    "can",        "must",     "should", "shall",
    "per",   "its",  "your",  "when",  "once",  "than",   "more",       "less",     "least",  "been",
    "each",  "any",  "which", "both",  "only",  "then",   "but",        "asked",    "used",   "needed",
    "given", "see",  "ask",   "enter", "after", "before", "passphrase", "password", "during", "entered",
    "until", "into", "again", "here",  "there", "what",   "who",        "how",      "does",   "did"};

std::string lowered(const TextView &view, qsizetype from, qsizetype to) {
    std::string text;
    for (qsizetype i = from; i < std::min(to, from + kLooked); ++i)
        text += toLower(view.at(i));
    return text;
}

bool all(const TextView &view, qsizetype from, qsizetype to, bool (*holds)(char)) {
    for (qsizetype i = from; i < std::min(to, from + kLooked); ++i) {
        if (!holds(view.at(i)))
            return false;
    }
    return true;
}

bool isNumeral(char c) {
    return isDigit(c) || c == '.' || c == '-' || c == '+';
}

// /run/secrets/db, ~/.ssh/id_ed25519: two segments at least, in small letters.
bool isPath(std::string_view text) {
    const size_t first = text.find('/');
    if (first == std::string_view::npos || (first > 0 && text.front() != '~' && text.front() != '.'))
        return false;
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char c) {
        return isLower(c) || isDigit(c) || c == '/' || c == '.' || c == '_' || c == '-' || c == '~';
    });
    return isPlain && std::any_of(text.begin(), text.end(), isLower);
}

int wordsIn(const TextView &view, const SecretValue &value) {
    int words = 1;
    for (qsizetype i = value.from; i < std::min(value.to, value.from + kLooked); ++i) {
        const char c = view.at(i);
        if (c == ' ')
            ++words;
        else if (!isLetter(c) && c != ',' && c != '.' && c != '\'' && c != '-' && c != ';' && c != ':')
            return 1; // no word of a sentence
    }
    return words;
}

bool isLineOver(const TextView &view, qsizetype at) {
    while (at < view.size() && (isBlank(view.at(at)) || view.at(at) == ',' || view.at(at) == ';'))
        ++at;
    const char c = view.at(at);
    return at >= view.size() || isLineEnd(c) || c == '"' || c == '\'' || c == kOuterQuote || c == '<' ||
           c == '}' || c == ')' || c == ']' ||
           (c == '\\' && (view.at(at + 1) == 'n' || view.at(at + 1) == '"'));
}

// Unquoted behind a colon or a blank, where a sentence may go on as well.
bool isWordOfSentence(const TextView &view, const SecretValue &value, std::string_view text,
                      Separator separator) {
    if (isOneOf(kProseWords, text))
        return true;
    const bool isWord =
        all(view, value.from + 1, value.to, [](char c) { return isLower(c) || c == '-' || c == '/'; }) &&
        isLetter(view.at(value.from));
    if (separator == Separator::Flag)
        return false;
    return isWord && (separator == Separator::Blank || !isLineOver(view, value.to));
}

// "DB_PASS=hunter", "pw=hunter", "?pass=hunter"; "pass=hunter" may count what passed.
bool isAssignedPassword(const TextView &view, const SecretName &name, std::string_view original) {
    const bool isPass = name.to - name.from == 4 && toLower(view.at(name.from)) == 'p';
    const char before = view.at(name.from - 1);
    return !isPass || before == '&' || before == '?' || !isPlausibleName(original);
}

bool isPin(const TextView &view, const SecretValue &value) {
    const qsizetype length = value.to - value.from;
    return length >= 4 && length <= 12 && all(view, value.from, value.to, isDigit);
}

} // namespace

// "correct horse battery staple": words of three letters and more, and none that only sentences have. Lists
// of words for seeds have some of those; there nothing else has twelve words without a shorter one.
bool isPhrase(const TextView &view, qsizetype from, qsizetype to) {
    constexpr size_t kShortest = 3;
    constexpr size_t kLongest = 12;
    constexpr qsizetype kMaxLetters = 512;
    if (to - from > kMaxLetters)
        return false;
    int words = 0;
    bool hasSmallWord = false;
    std::string word;
    for (qsizetype i = from; i <= to; ++i) {
        if (i < to && isAlnum(view.at(i))) {
            word += toLower(view.at(i));
            continue;
        }
        if ((i < to && view.at(i) != ' ') || word.size() > kLongest ||
            (!word.empty() && (word.size() < kShortest || !isPlausibleWord(word))))
            return false;
        words += word.empty() ? 0 : 1;
        hasSmallWord = hasSmallWord || isOneOf(kSmallWords, word);
        word.clear();
    }
    return words >= (hasSmallWord ? kSeed : kPhrase);
}

bool isMaskedText(const TextView &view, qsizetype from, qsizetype to) {
    for (qsizetype i = from; i < to; ++i) {
        if (view.at(i) != '*' && !isSpaceOrControl(view.at(i)))
            return false;
    }
    return true;
}

bool isWords(const TextView &view, qsizetype from, qsizetype to) {
    int humps = 0; // a capital behind a small letter; names have few
    for (qsizetype i = from; i < to; ++i) {
        const char c = view.at(i);
        if (!isLetter(c) && c != '_' && c != '-' && c != ' ')
            return false;
        humps += i > from && isUpper(c) && isLower(view.at(i - 1)) ? 1 : 0;
    }
    return humps <= kMaxHumps;
}

bool looksRandom(const TextView &view, qsizetype from, qsizetype to) {
    bool digit = false;
    bool letter = false;
    for (qsizetype i = from; i < std::min(to, from + kLooked); ++i) {
        digit = digit || isDigit(view.at(i));
        letter = letter || isLetter(view.at(i));
    }
    return digit && letter && to - from >= 8;
}

bool isSecretValue(const TextView &view, const SecretName &name, const SecretValue &value,
                   Separator separator) {
    if (value.to <= value.from || isMaskedText(view, value.from, value.to))
        return false;
    const std::string text = lowered(view, value.from, value.to);
    const std::string_view original(view.bytes().constData() + value.from, text.size());
    if (isOneOf(kNoSecrets, text) || isPlaceholder(view, value) || isPublicValue(original))
        return false;
    if (text.size() <= 3 && std::none_of(text.begin(), text.end(), isAlnum)) // a block of YAML or code begins
        return false;
    const bool isOddWord =
        text.size() >= 8 && std::all_of(text.begin(), text.end(), isLetter) && !isPlausibleName(original);
    if (name.isGuess && !isOddWord && !looksRandom(view, value.from, value.to))
        return false;
    if (name.kind == NameKind::Pin)
        return isPin(view, value);
    if (name.kind == NameKind::Seed)
        return value.isQuoted && wordsIn(view, value) >= kSeed && isPhrase(view, value.from, value.to);
    if (name.kind == NameKind::Hash && value.to - value.from < kHash) // the name of one
        return false;
    const bool isPassword = name.kind == NameKind::Password;
    const std::string_view written(view.bytes().constData() + name.from,
                                   static_cast<size_t>(name.to - name.from));
    const bool isFolder = (written == "PWD" || written == "OLDPWD" || written == "pwd" || written == "cwd") &&
                          text.front() == '/';
    if (isFolder || (!isPassword && isPath(text)))
        return false;
    if (all(view, value.from, value.to, isNumeral)) // a count, an offset; a password may be a number
        return isPassword ? value.to - value.from >= 3 : value.to - value.from >= 10;
    if (name.isShort()) {
        const bool isShouted = written == "PASS" && separator != Separator::Equals;
        const bool isClear = value.isQuoted || separator == Separator::Flag || isOddWord ||
                             looksRandom(view, value.from, value.to) ||
                             (separator == Separator::Equals && name.kind == NameKind::ShortPassword &&
                              isAssignedPassword(view, name, original));
        if (isShouted || !isClear)
            return false;
        if (isOneOf(kProseWords, text))
            return false;
    }
    if (name.kind == NameKind::Parameter && value.to - value.from < 8)
        return false;
    if (value.isQuoted)
        return wordsIn(view, value) < kProse || isPhrase(view, value.from, value.to);
    if (separator == Separator::Colon || separator == Separator::Blank || separator == Separator::Flag)
        return !isWordOfSentence(view, value, text, separator);
    return true;
}

} // namespace slipway
