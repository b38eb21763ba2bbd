// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/secretname.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/secretwords.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

namespace {

constexpr qsizetype kMaxName = 96; // characters

const SearchPattern &words() {
    static const SearchPattern pattern(
        "(?i)(?:seed|recovery|backup|mnemonic|secret)[ "
        "_-]?phrase|(?:api|access|secret|private|signing|encryption|master|account|"
        "license|shared|unseal|recovery) key(?: [0-9]{1,3})?|"
        "pass(?:word|wd|phrase|code|wort)?|pswd|pwd|psk|pw|kennwort|wachtwoord|mot de passe|contrasena|"
        "secret|token|credential|creds|key|auth|cookie|sig|"
        "session|sid|jwt|assertion|samlresponse|code|otp|pin|"
        "(?:seed|recovery|mnemonic)[ _-]?words|mnemonic|seed|salt|pepper");
    return pattern;
}

// A name as one word in small letters, and where each letter stands.
struct Folded {
    std::string text;
    std::vector<qsizetype> places;
};

bool endsWith(std::string_view text, std::string_view tail) {
    return text.size() >= tail.size() && text.substr(text.size() - tail.size()) == tail;
}

Folded fold(const TextView &view, qsizetype from, qsizetype to) {
    Folded folded;
    for (qsizetype i = from; i < to; ++i) {
        if (isAlnum(view.at(i))) {
            folded.text += toLower(view.at(i));
            folded.places.push_back(i);
        }
    }
    return folded;
}

void dropSuffixes(Folded &name) {
    for (bool changed = true; changed;) {
        changed = false;
        if (!name.text.empty() && isDigit(name.text.back())) {
            name.text.pop_back();
            changed = true;
        }
        for (const std::string_view suffix : kSuffixes) {
            if (name.text.size() > suffix.size() && endsWith(name.text, suffix)) {
                name.text.resize(name.text.size() - suffix.size());
                changed = true;
            }
        }
    }
    name.places.resize(name.text.size());
}

// "db_pass", "dbPass" and "pass" have the word by itself, "compass" has not.
bool isNewWord(const TextView &view, const Folded &name, size_t at) {
    if (at == 0)
        return true;
    const qsizetype place = name.places[at];
    const char before = view.at(place - 1);
    return !isAlnum(before) || isDigit(before) || (isLower(before) && isUpper(view.at(place)));
}

// The last word of the name's that a table has; nothing when it is of no secret.
const Tail *tailOf(const TextView &view, const Folded &name) {
    for (const Tail &tail : kTails) {
        if (!endsWith(name.text, tail.word))
            continue;
        const size_t at = name.text.size() - tail.word.size();
        if (tail.isWord && !isNewWord(view, name, at))
            continue;
        const std::string_view before(name.text.data(), at);
        const bool isHarmless = (tail.word == "token" || tail.word == "tokens") &&
                                std::any_of(std::begin(kHarmless), std::end(kHarmless),
                                            [&](std::string_view word) { return endsWith(before, word); });
        return isHarmless ? nullptr : &tail;
    }
    return nullptr;
}

bool isOfSecret(const TextView &view, Folded folded, SecretName &name) {
    dropSuffixes(folded);
    const auto hash = std::find_if(std::begin(kHashes), std::end(kHashes),
                                   [&](std::string_view word) { return endsWith(folded.text, word); });
    const bool isHash = hash != std::end(kHashes);
    if (isHash) {
        folded.text.resize(folded.text.size() - hash->size());
        folded.places.resize(folded.text.size());
    }
    const Tail *tail = tailOf(view, folded);
    if (tail == nullptr && endsWith(folded.text, "s")) { // "passphrases"
        folded.text.pop_back();
        folded.places.pop_back();
        tail = tailOf(view, folded);
        const bool isPlural =
            tail != nullptr && (tail->kind == NameKind::Password || tail->kind == NameKind::Key);
        tail = isPlural ? tail : nullptr;
    }
    const bool isOfPassword =
        tail != nullptr && (tail->kind == NameKind::Password || tail->kind == NameKind::ShortPassword);
    if (tail == nullptr || (isHash && !isOfPassword))
        return false;
    name.kind = isHash ? NameKind::Hash : tail->kind;
    name.isPhrase = tail->word.find("phrase") != std::string_view::npos ||
                    tail->word.find("mnemonic") != std::string_view::npos ||
                    tail->word.find("seed") != std::string_view::npos || tail->word == "recoverywords";
    return true;
}

// "password_for_db", "tokenOfNode"; "password_root", when the value looks like one: a word that is none of
// kAbout stands behind it.
bool isOfSecretFor(const TextView &view, const Folded &whole, SecretName &name) {
    constexpr std::string_view kWords[] = {"password", "passphrase", "token", "secret"};
    size_t begin = std::string::npos;
    std::string_view kind;
    for (size_t i = 0; i < std::size(kWords) && begin == std::string::npos; ++i) {
        kind = kWords[i];
        begin = whole.text.find(kind);
    }
    if (begin == std::string::npos)
        return false;
    const bool isPassword = kind.front() == 'p';
    const size_t end = begin + kind.size();
    for (size_t at = end; at < whole.text.size();) {
        if (!isNewWord(view, whole, at))
            return false; // "passwordless"
        size_t next = at + 1;
        while (next < whole.text.size() && !isNewWord(view, whole, next))
            ++next;
        const std::string_view word = std::string_view(whole.text).substr(at, next - at);
        if (std::find(std::begin(kAbout), std::end(kAbout), word) != std::end(kAbout))
            return false;
        if (at == end && (word == "for" || word == "of")) {
            name.kind = isPassword ? NameKind::Password : NameKind::Key;
            return true;
        }
        at = next;
    }
    name.kind = NameKind::Key;
    name.isGuess = true;
    return isPassword;
}

} // namespace

bool isNameOfValue(const TextView &view, qsizetype from, qsizetype to) {
    const Folded name = fold(view, from, std::min(to, from + kMaxName));
    return std::find(std::begin(kSuffixes), std::end(kSuffixes), name.text) != std::end(kSuffixes);
}

std::optional<SecretName> SecretNames::nameAround(qsizetype from, qsizetype to) const {
    const qsizetype min = std::max<qsizetype>(0, from - kMaxName);
    while (from > min && isNameCharacter(m_view.at(from - 1)))
        --from;
    // A line end of JSON before the name: \nSLIPWAY_TOKEN, \tPASS
    const char first = m_view.at(from);
    if (m_view.at(from - 1) == '\\' &&
        (first == 'n' || first == 'r' || (first == 't' && isUpper(m_view.at(from + 1)))))
        ++from;
    const qsizetype max = std::min(m_view.size(), to + kMaxName);
    while (to < max && isNameCharacter(m_view.at(to)))
        ++to;
    while (to > from && !isAlnum(m_view.at(to - 1)))
        --to;
    SecretName name{from, to};
    name.isFlag = m_view.at(from) == '-';
    while (name.from < to && !isAlnum(m_view.at(name.from)))
        ++name.from;
    const Folded folded = fold(m_view, name.from, to);
    if (folded.text.substr(0, 7) == "slipway")
        return std::nullopt;
    const bool isSecret = isOfSecret(m_view, folded, name) || isOfSecretFor(m_view, folded, name);
    return isSecret ? std::optional(name) : std::nullopt;
}

std::optional<SecretName> SecretNames::next() {
    while (const auto hit = words().next(m_view.bytes(), m_at)) {
        const auto name = nameAround(hit->from, hit->to);
        m_at = name ? std::max(hit->to, name->to) : hit->to;
        if (name)
            return name;
    }
    m_at = m_view.size();
    return std::nullopt;
}

} // namespace slipway
