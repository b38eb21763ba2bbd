// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/pairedvalue.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <string_view>

namespace slipway {

namespace {

constexpr qsizetype kMostBetween = 80; // characters between a name and its value
constexpr qsizetype kMostHeaders = 320;
constexpr qsizetype kLongestName = 40;
constexpr int kMostMembers = 6; // between a value and its name

constexpr std::string_view kNames[] = {"name", "key", "id", "field", "header", "variable", "label", "option"};

qsizetype skipSpace(const TextView &view, qsizetype at) {
    const qsizetype most = std::min(view.size(), at + kMostBetween);
    while (at < most && isSpaceOrControl(view.at(at)) && view.at(at) != kOuterQuote)
        ++at;
    return at;
}

// Behind the name of a member: its value, of JSON when the name has quotes.
std::optional<SecretValue> memberValue(const TextView &view, ValueReader &values, qsizetype at) {
    const bool isQuoted = values.isQuote(at);
    at = values.skipBlanks(isQuoted ? at + 1 : at);
    const char sign = view.at(at);
    if (sign != ':' && sign != '=')
        return std::nullopt;
    at = values.skipBlanks(at + 1);
    return isQuoted && sign == ':' ? values.readMember(at) : values.read(at, false);
}

// name: DB_PASSWORD, value: x; {"name":"DB_PASSWORD","value":"x"}; key="Password" value="x"
std::optional<SecretValue> nextMember(const TextView &view, ValueReader &values, const SecretName &name) {
    qsizetype at = name.to;
    const qsizetype most = std::min(view.size(), at + kMostBetween);
    while (at < most && (isSpaceOrControl(view.at(at)) || view.at(at) == ',' || values.isQuote(at)))
        ++at;
    if (at == name.to || !values.startsWith(at, "value"))
        return std::nullopt;
    return memberValue(view, values, at + 5);
}

// Of a list of names the next one is no value.
bool isWord(const TextView &view, const SecretValue &value) {
    const auto begin = view.bytes().begin();
    return std::all_of(begin + value.from, begin + value.to,
                       [](char c) { return isLetter(c) || c == '_' || c == '-' || c == ' '; });
}

// ["password", "x"], ('password', 'x')
std::optional<SecretValue> nextElement(const TextView &view, ValueReader &values, const SecretName &name) {
    qsizetype before = name.from - 2;
    const qsizetype least = std::max<qsizetype>(0, before - kMostBetween);
    while (before > least && isSpaceOrControl(view.at(before)) && view.at(before) != kOuterQuote)
        --before;
    const char opens = view.at(before);
    qsizetype at = values.skipBlanks(name.to + 1);
    if (view.at(at) != ',' || !values.isQuote(name.from - 1) || (opens != '[' && opens != '('))
        return std::nullopt;
    at = skipSpace(view, at + 1);
    const auto value = values.isQuote(at) ? values.read(at, false) : std::nullopt;
    if (!value || isWord(view, *value))
        return std::nullopt;
    const char closes = view.at(skipSpace(view, value->to + 1));
    const bool isPair = closes == (opens == '[' ? ']' : ')') || (opens == '(' && closes == ',');
    return isPair ? value : std::nullopt;
}

// name="password", headers, an empty line, the value
std::optional<SecretValue> partOfForm(const TextView &view, ValueReader &values, const SecretName &name) {
    if (!values.startsWith(name.from - 6, "name="))
        return std::nullopt;
    const qsizetype most = std::min(view.size(), name.to + kMostHeaders);
    int ends = 0; // line ends one behind the other
    qsizetype at = name.to + 1;
    for (; at < most && ends < 2; ++at) {
        if (view.at(at) == '\n')
            ++ends;
        else if (view.at(at) != '\r')
            ends = 0;
    }
    return ends == 2 ? values.readLine(at) : std::nullopt;
}

bool isNameOfMember(const ValueReader &values, qsizetype from, qsizetype to) {
    return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
        return to - from == static_cast<qsizetype>(name.size()) && values.startsWith(from, name.data());
    });
}

// The next member's name, behind what ends the value before it.
qsizetype memberBehind(const TextView &view, const ValueReader &values, const SecretValue &value) {
    qsizetype at = skipSpace(view, value.to + (value.isQuoted ? 1 : 0));
    if (view.at(at) == ',')
        at = skipSpace(view, at + 1);
    return values.isQuote(at) ? at + 1 : at;
}

// The secret's name among the members behind a value.
std::optional<SecretName> nameBehind(const TextView &view, ValueReader &values, const SecretNames &names,
                                     SecretValue value) {
    for (int i = 0; i < kMostMembers; ++i) {
        const qsizetype member = memberBehind(view, values, value);
        qsizetype at = member;
        while (isNameCharacter(view.at(at)) && at < member + kLongestName)
            ++at;
        const auto next = at > member ? memberValue(view, values, at) : std::nullopt;
        if (!next)
            return std::nullopt;
        if (isNameOfMember(values, member, at)) {
            return next->to - next->from <= kLongestName ? names.nameAround(next->from, next->to)
                                                         : std::nullopt;
        }
        value = *next;
    }
    return std::nullopt;
}

} // namespace

std::optional<SecretValue> pairedValue(const TextView &view, ValueReader &values, const SecretName &name) {
    if (auto member = nextMember(view, values, name))
        return member;
    if (!values.isQuote(name.to))
        return std::nullopt;
    if (auto element = nextElement(view, values, name))
        return element;
    return partOfForm(view, values, name);
}

void findValuesBeforeNames(const TextView &view, FoundSecrets &found) {
    static const SearchPattern pattern("(?i)\\bvalue[\"'\\x1e]?[ \\t]{0,4}[:=]");
    const SecretNames names(view);
    ValueReader values(view);
    qsizetype from = 0;
    while (const auto hit = pattern.next(view.bytes(), from)) {
        from = hit->to;
        const auto value = memberValue(view, values, hit->from + 5);
        const auto name = value ? nameBehind(view, values, names, *value) : std::nullopt;
        if (name && name->kind != NameKind::Parameter &&
            isSecretValue(view, *name, *value, Separator::Equals))
            found.push_back({value->from, value->to, "assigned secret", {}, true, value->isNumber});
    }
}

} // namespace slipway
