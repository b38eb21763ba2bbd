// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/placeholder.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/plausiblename.h"
#include "models/redaction/wordlist.h"

#include <algorithm>
#include <string>

namespace slipway {

namespace {

constexpr size_t kLooked = 256; // characters
constexpr auto kNone = std::string_view::npos;

// One of these within brackets says that the rest is not a secret either.
constexpr std::string_view kStandIns[] = {
    "redacted",   "masked",    "hidden",   "filtered", "secret",  "secrets",    "removed",     "omitted",
    "protected",  "password",  "token",    "key",      "none",    "empty",      "value",       "unset",
    "sensitive",  "encrypted", "censored", "your",     "my",      "undefined",  "default",     "generated",
    "computed",   "passwd",    "pass",     "pwd",      "apikey",  "passphrase", "credentials", "credential",
    "see",        "ask",       "insert",   "enter",    "vault",   "name",       "null",        "nil",
    "scrubbed",   "elided",    "string",   "stripped", "private", "same",       "unchanged",   "unknown",
    "configured", "optional",  "required"};

// What a program names a value by that another part of it has.
constexpr std::string_view kRoots[] = {"process.env.", "os.environ", "var.",     "local.",
                                       "module.",      "data.",      "secrets.", "import.meta.env."};

struct Bracket {
    std::string_view opens;
    std::string_view closes;
};

// The longer one first, as "${" begins "${{".
constexpr Bracket kBrackets[] = {{"${{", "}}"}, {"{{", "}}"}, {"${", "}"}, {"%(", ")s"}};

bool isShouted(std::string_view name) {
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return isUpper(c) || isDigit(c) || c == '_'; });
}

size_t nameLength(std::string_view text, std::string_view others) {
    const auto end = std::find_if(text.begin(), text.end(),
                                  [others](char c) { return !isAlnum(c) && others.find(c) == kNone; });
    return static_cast<size_t>(end - text.begin());
}

// ${NAME:-x}, ${NAME=x} and ${NAME:x} have the secret itself, in case there is no other.
bool hasDefault(std::string_view inner) {
    if (inner.find(":-") != kNone || inner.find('=') != kNone)
        return true;
    const size_t colon = inner.find(':');
    return colon != kNone && isShouted(inner.substr(0, colon)) && inner.substr(colon + 1, 1) != "?" &&
           inner.substr(colon + 1, 1) != ":";
}

size_t bracketLength(std::string_view text, bool isCutOff) {
    for (const Bracket &bracket : kBrackets) {
        if (!text.starts_with(bracket.opens))
            continue;
        const size_t close = text.find(bracket.closes, bracket.opens.size());
        if (close == kNone)
            return isCutOff && isPlausibleName(text.substr(bracket.opens.size())) ? text.size() : 0;
        const std::string_view inner = text.substr(bracket.opens.size(), close - bracket.opens.size());
        const bool isName = isPlausibleName(inner) && !(bracket.opens == "${" && hasDefault(inner));
        return isName ? close + bracket.closes.size() : 0;
    }
    return 0;
}

// $(cat /run/secrets/db), $(NAME) of make. "echo" would have the secret behind it.
size_t commandLength(std::string_view text, bool isCutOff) {
    const std::string_view inner = text.substr(2);
    const size_t command = nameLength(inner, "_-./");
    const std::string_view name = inner.substr(0, command);
    if (isCutOff && command == inner.size())
        return isPlausibleName(name) ? text.size() : 0;
    if (!isPlausibleName(name) || name == "echo" || name == "printf")
        return 0;
    if (inner.substr(command, 1) == ")")
        return command + 3;
    if (inner.substr(command, 1) != " ")
        return 0;
    const size_t close = text.find(')');
    return close == kNone ? text.size() : close + 1; // it may go on in the next line
}

// $NAME, $env:NAME, $1; %NAME% of Windows
size_t variableLength(std::string_view text) {
    const size_t from = text.starts_with("$env:") ? 5 : 1;
    const size_t length = nameLength(text.substr(from), "_");
    const std::string_view name = text.substr(from, length);
    const bool isName = isShouted(name) && isPlausibleName(name);
    if (text.front() == '%')
        return isName && text.substr(from + length, 1) == "%" ? length + 2 : 0;
    const bool isArgument = length == 1 && isDigit(name.front());
    return isName || isArgument ? from + length : 0;
}

// <your key>, [REDACTED], (sensitive value)
size_t standInLength(std::string_view text) {
    const char closes = text.front() == '<' ? '>' : text.front() == '[' ? ']' : ')';
    const size_t close = text.find(closes);
    if (close == kNone || !isPlausibleName(text.substr(1, close - 1)))
        return 0;
    for (size_t i = 1; i < close;) {
        const size_t length = nameLength(text.substr(i, close - i), "");
        std::string word(text.substr(i, length));
        std::transform(word.begin(), word.end(), word.begin(), toLower);
        if (isOneOf(kStandIns, word))
            return close + 1;
        i += std::max<size_t>(length, 1);
    }
    return 0;
}

// getenv("NAME"), ENV.fetch('NAME'); os.environ["NAME"], var.db_password
size_t expressionLength(std::string_view text) {
    const size_t length = nameLength(text, "_.:");
    const std::string_view name = text.substr(0, length);
    if (text.substr(length, 1) == "(") {
        const size_t close = text.find(')', length);
        return close != kNone && isReaderOfSecrets(name) ? close + 1 : 0;
    }
    const bool isKnown = std::any_of(std::begin(kRoots), std::end(kRoots),
                                     [name](std::string_view root) { return name.starts_with(root); });
    if (name == "os.environ" ? text.substr(length, 1) != "[" : !isKnown || !isPlausibleName(name))
        return 0;
    const size_t close = text.substr(length, 1) == "[" ? text.find(']', length) : kNone;
    return close == kNone ? length : close + 1;
}

size_t placeholderLength(std::string_view text, bool isCutOff) {
    if (const size_t bracket = bracketLength(text, isCutOff); bracket > 0)
        return bracket;
    switch (text.front()) {
    case '$':
        return text.starts_with("$(") ? commandLength(text, isCutOff) : variableLength(text);
    case '%':
        return text.size() >= 2 && std::string_view("sdvq").find(text[1]) != kNone ? 2 : variableLength(text);
    case '<':
    case '[':
    case '(':
        return standInLength(text);
    case '.':
        return text.starts_with("...") ? 3 : 0;
    case '\xe2':
        return text.starts_with("\xe2\x80\xa6") ? 3 : 0; // the same as one character
    default:
        return isLetter(text.front()) ? expressionLength(text) : 0;
    }
}

bool isHex(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return hexValue(c) >= 0; });
}

bool isBase64(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return isAlnum(c) || c == '+' || c == '/' || c == '='; });
}

struct Digest {
    std::string_view kind;
    size_t bytes;
};

constexpr Digest kDigests[] = {{"md5", 16},    {"sha1", 20},   {"sha224", 28},
                               {"sha256", 32}, {"sha384", 48}, {"sha512", 64}};

constexpr std::string_view kPublicKeys[] = {"ssh-rsa",
                                            "ssh-dss",
                                            "ssh-ed25519",
                                            "ecdsa-sha2-nistp256",
                                            "ecdsa-sha2-nistp384",
                                            "ecdsa-sha2-nistp521",
                                            "sk-ssh-ed25519@openssh.com",
                                            "sk-ecdsa-sha2-nistp256@openssh.com"};

} // namespace

bool isPlaceholder(const TextView &view, const SecretValue &value) {
    const auto length = static_cast<size_t>(value.to - value.from);
    std::string_view text(view.bytes().constData() + value.from,
                          std::min(kLooked, static_cast<size_t>(view.size() - value.from)));
    const auto isOver = [](char c) { return isLineEnd(c) || c == kOuterQuote; };
    text = value.isQuoted
               ? text.substr(0, length)
               : text.substr(
                     0, static_cast<size_t>(std::find_if(text.begin(), text.end(), isOver) - text.begin()));
    // Of letters that stand apart the view ends at a blank.
    const bool isCutOff = !value.isQuoted && value.from + static_cast<qsizetype>(text.size()) == view.size();
    // One behind the other too: ${USER}:${PASSWORD}
    for (size_t at = 0; at < text.size();) {
        const size_t one = placeholderLength(text.substr(at), isCutOff);
        if (one == 0)
            return false;
        at += one;
        if (at >= length)
            return true;
        if (std::string_view(":/-_.@").find(text[at]) != kNone)
            ++at;
    }
    return false;
}

bool isPublicValue(std::string_view text) {
    std::string lower(text.substr(0, kLooked));
    std::transform(lower.begin(), lower.end(), lower.begin(), toLower);
    if (lower.starts_with("-----begin public") || lower.starts_with("-----begin cert"))
        return true;
    const std::string_view kind = std::string_view(lower).substr(0, lower.find(' '));
    if (isOneOf(kPublicKeys, kind))
        return true;
    const size_t sign = lower.find_first_of(":-");
    for (const Digest &digest : kDigests) {
        if (lower.substr(0, sign) != digest.kind || sign == std::string::npos)
            continue;
        const std::string_view value = text.substr(sign + 1);
        const size_t padded = (digest.bytes + 2) / 3 * 4;
        const size_t bare = (digest.bytes * 4 + 2) / 3;
        const bool isPairs = value.size() == digest.bytes * 3 - 1 && value.find(':') == 2;
        return isPairs || (value.size() == digest.bytes * 2 && isHex(value)) ||
               ((value.size() == padded || value.size() == bare) && isBase64(value));
    }
    return false;
}

} // namespace slipway
