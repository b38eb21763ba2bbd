// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/plausiblename.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/wordlist.h"

#include <algorithm>
#include <string>
#include <vector>

namespace slipway {

namespace {

constexpr size_t kMaxDigits = 3;       // behind a word, as in "sha256"
constexpr int kMaxConsonants = 5;      // in a row; random letters soon have more
constexpr size_t kLettersACapital = 3; // at least, where small letters stand between capitals

// The first or the last word of a function that reads what is elsewhere.
constexpr std::string_view kReading[] = {"get",     "getenv",  "env",      "environ", "read",    "load",
                                         "fetch",   "lookup",  "find",     "ask",     "input",   "prompt",
                                         "getpass", "secret",  "vault",    "keyring", "resolve", "config",
                                         "param",   "require", "generate", "random",  "setting", "file"};

// The last word of a function that makes a value of the text it is given.
constexpr std::string_view kMaking[] = {"new",    "from",   "of",   "some", "wrap", "parse",
                                        "encode", "decode", "hash", "trim", "set",  "format"};

// "os.environ.get", "readPassword": its words in small letters.
std::vector<std::string> wordsOf(std::string_view name) {
    std::vector<std::string> words;
    char before = '\0';
    for (const char c : name) {
        const bool begins = !isAlnum(before) || (isLower(before) && isUpper(c));
        if (isAlnum(c) && (begins || words.empty()))
            words.emplace_back();
        if (isAlnum(c))
            words.back() += toLower(c);
        before = c;
    }
    return words;
}

} // namespace

bool isPlausibleWord(std::string_view word) {
    const auto digits = std::find_if(word.begin(), word.end(), [](char c) { return !isLetter(c); });
    const std::string_view letters = word.substr(0, static_cast<size_t>(digits - word.begin()));
    if (!std::all_of(digits, word.end(), isDigit) || word.size() - letters.size() > kMaxDigits)
        return false;
    const auto capitals = static_cast<size_t>(std::count_if(letters.begin(), letters.end(), isUpper));
    if (capitals != letters.size() && capitals * kLettersACapital > letters.size())
        return false;
    int consonants = 0;
    for (const char c : letters) {
        const bool isVowel = std::string_view("aeiouy").find(toLower(c)) != std::string_view::npos;
        consonants = isVowel ? 0 : consonants + 1;
        if (consonants > kMaxConsonants)
            return false;
    }
    return true;
}

bool isPlausibleName(std::string_view text) {
    bool hasWord = false;
    for (size_t i = 0; i < text.size();) {
        size_t end = i;
        while (end < text.size() && isAlnum(text[end]))
            ++end;
        if (end > i && !isPlausibleWord(text.substr(i, end - i)))
            return false;
        hasWord = hasWord || (end > i && isLetter(text[i]));
        i = std::max(end, i + 1);
    }
    return hasWord;
}

bool isReaderOfSecrets(std::string_view function) {
    const std::vector<std::string> words = wordsOf(function);
    if (words.empty() || !isPlausibleName(function) || isOneOf(kMaking, words.back()))
        return false;
    const bool isType = isUpper(function.front()); // Secret("x") is made of its text
    const bool isDotted = function.find('.') != std::string_view::npos;
    return isDotted || (isOneOf(kReading, words.front()) && !(isType && words.front() == "secret")) ||
           (words.size() > 1 && isOneOf(kReading, words.back()) && !isType);
}

bool isReaderOfEnvironment(std::string_view function) {
    const std::vector<std::string> words = wordsOf(function);
    return std::any_of(words.begin(), words.end(), [](const std::string &word) {
        return word == "env" || word == "getenv" || word == "environ";
    });
}

} // namespace slipway
