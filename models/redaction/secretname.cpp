// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/secretname.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace slipway {

namespace {

constexpr qsizetype kMostName = 96; // characters

const SearchPattern &words() {
    static const SearchPattern pattern(
        "(?i)(?:api|access|secret|private|signing|encryption|master|account|"
        "license|shared|unseal|recovery) key(?: [0-9]{1,3})?|"
        "pass(?:word|wd|phrase|code|wort)?|pswd|pwd|psk|pw|kennwort|wachtwoord|mot de passe|contrasena|"
        "secret|token|credential|creds|key|auth|cookie|sig|"
        "session|sid|jwt|assertion|samlresponse|code|otp");
    return pattern;
}

struct Tail {
    std::string_view word;
    NameKind kind;
    bool isWord; // nothing but a new word may stand before it: "compass" is no "pass"
};

constexpr Tail kTails[] = {
    {"authorization", NameKind::Authorization, false},
    {"cookie", NameKind::Cookie, true},
    {"password", NameKind::Password, false},
    {"passwords", NameKind::Password, false},
    {"passwd", NameKind::Password, false},
    {"passphrase", NameKind::Password, false},
    {"passcode", NameKind::Password, false},
    {"passwort", NameKind::Password, false},
    {"kennwort", NameKind::Password, false},
    {"wachtwoord", NameKind::Password, false},
    {"motdepasse", NameKind::Password, false},
    {"contrasena", NameKind::Password, false},
    {"pswd", NameKind::Password, true},
    {"pwd", NameKind::Password, true},
    {"requirepass", NameKind::Password, true},
    {"userpass", NameKind::Password, true},
    {"sshpass", NameKind::Password, true},
    {"secret", NameKind::Key, false},
    {"secrets", NameKind::Key, true},
    {"secretkeybase", NameKind::Key, false},
    {"secretid", NameKind::Key, true},
    {"token", NameKind::Key, false},
    {"tokens", NameKind::Key, true},
    {"unsealkey", NameKind::Key, true},
    {"recoverykey", NameKind::Key, true},
    {"credential", NameKind::Key, true},
    {"credentials", NameKind::Key, true},
    {"creds", NameKind::Key, true},
    {"apikey", NameKind::Key, false},
    {"apikeys", NameKind::Key, false},
    {"accesskey", NameKind::Key, false},
    {"secretkey", NameKind::Key, false},
    {"privatekey", NameKind::Key, false},
    {"signingkey", NameKind::Key, false},
    {"encryptionkey", NameKind::Key, false},
    {"decryptionkey", NameKind::Key, false},
    {"accountkey", NameKind::Key, false},
    {"sharedkey", NameKind::Key, false},
    {"authkey", NameKind::Key, false},
    {"masterkey", NameKind::Key, true},
    {"servicekey", NameKind::Key, true},
    {"storagekey", NameKind::Key, true},
    {"sshkey", NameKind::Key, true},
    {"appkey", NameKind::Key, true},
    {"applicationkey", NameKind::Key, true},
    {"consumerkey", NameKind::Key, true},
    {"deploykey", NameKind::Key, true},
    {"subscriptionkey", NameKind::Key, true},
    {"licensekey", NameKind::Key, true},
    {"hmackey", NameKind::Key, true},
    {"jwtkey", NameKind::Key, true},
    {"sessionkey", NameKind::Key, true},
    {"webhookkey", NameKind::Key, true},
    {"sessionid", NameKind::Key, false},
    {"sessid", NameKind::Key, false},
    {"psk", NameKind::Key, true},
    {"pass", NameKind::Short, true},
    {"pw", NameKind::Short, true},
    {"auth", NameKind::Short, true},
    {"jwt", NameKind::Short, true},
    {"key", NameKind::Parameter, true},
    {"sig", NameKind::Parameter, true},
    {"signature", NameKind::Parameter, true},
    {"code", NameKind::Parameter, true},
    {"session", NameKind::Parameter, true},
    {"sid", NameKind::Parameter, true},
    {"assertion", NameKind::Parameter, true},
    {"samlresponse", NameKind::Parameter, true},
    {"otp", NameKind::Parameter, true},
};

// Behind the word, and the value is the secret still: DB_PASSWORD_PROD, token2, secretString.
constexpr std::string_view kSuffixes[] = {
    "value",   "text",       "plain",        "plaintext", "cleartext", "base64",    "b64",     "raw",
    "prod",    "production", "dev",          "staging",   "test",      "live",      "old",     "new",
    "current", "confirm",    "confirmation", "main",      "primary",   "secondary", "default", "string"};

// A token of these is none that opens a door: pages, tokenizers, and the launch token of a run, which is
// evidence.
constexpr std::string_view kHarmless[] = {"page",    "next",   "continuation", "cancellation", "cancel",
                                          "fencing", "pad",    "eos",          "bos",          "unk",
                                          "max",     "launch", "mask",         "stop",         "special"};

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

} // namespace

bool isNameOfValue(const TextView &view, qsizetype from, qsizetype to) {
    const Folded name = fold(view, from, std::min(to, from + kMostName));
    return std::find(std::begin(kSuffixes), std::end(kSuffixes), name.text) != std::end(kSuffixes);
}

std::optional<SecretName> SecretNames::nameAround(qsizetype from, qsizetype to) const {
    const qsizetype least = std::max<qsizetype>(0, from - kMostName);
    while (from > least && isNameCharacter(m_view.at(from - 1)))
        --from;
    const qsizetype most = std::min(m_view.size(), to + kMostName);
    while (to < most && isNameCharacter(m_view.at(to)))
        ++to;
    while (to > from && !isAlnum(m_view.at(to - 1)))
        --to;
    SecretName name{from, to};
    name.isFlag = m_view.at(from) == '-';
    while (name.from < to && !isAlnum(m_view.at(name.from)))
        ++name.from;
    Folded folded = fold(m_view, name.from, to);
    if (folded.text.substr(0, 7) == "slipway")
        return std::nullopt;
    dropSuffixes(folded);
    for (const Tail &tail : kTails) {
        if (!endsWith(folded.text, tail.word))
            continue;
        const size_t at = folded.text.size() - tail.word.size();
        if (tail.isWord && !isNewWord(m_view, folded, at))
            continue;
        const std::string_view before(folded.text.data(), at);
        if ((tail.word == "token" || tail.word == "tokens") &&
            std::any_of(std::begin(kHarmless), std::end(kHarmless),
                        [&](std::string_view word) { return endsWith(before, word); }))
            return std::nullopt;
        name.kind = tail.kind;
        return name;
    }
    return std::nullopt;
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
