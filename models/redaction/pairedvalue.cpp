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

bool isNameOfMember(const ValueReader &values, qsizetype from, qsizetype to) {
    return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
        return to - from == static_cast<qsizetype>(name.size()) && values.startsWith(from, name.data());
    });
}

// Behind the name of a member: its value, of JSON when the name has quotes; of {"stringValue":"x"} the inner
// one.
std::optional<SecretValue> memberValue(const TextView &view, ValueReader &values, qsizetype at) {
    const bool isQuoted = values.isQuote(at);
    at = values.skipBlanks(isQuoted ? at + 1 : at);
    const char sign = view.at(at);
    if (sign != ':' && sign != '=')
        return std::nullopt;
    at = values.skipBlanks(at + 1);
    const bool isMember = isQuoted && sign == ':';
    if (isMember && view.at(at) == '{') {
        at = skipSpace(view, at + 1);
        const auto inner = values.isQuote(at) ? values.read(at, false) : std::nullopt;
        at = inner ? skipSpace(view, inner->to + 1) : at;
        if (!inner || view.at(at) != ':')
            return std::nullopt;
        at = skipSpace(view, at + 1);
    }
    return isMember ? values.readMember(at) : values.read(at, false);
}

struct Member {
    qsizetype from; // of its name
    qsizetype to;
    SecretValue value;
};

// The member behind a value.
std::optional<Member> memberBehind(const TextView &view, ValueReader &values, const SecretValue &value) {
    qsizetype at = value.to + (value.isQuoted ? 1 : 0);
    const qsizetype most = std::min(view.size(), at + kMostBetween);
    while (at < most && view.at(at) != '\0' &&
           (isSpaceOrControl(view.at(at)) || view.at(at) == ',' || view.at(at) == '}' || values.isQuote(at)))
        ++at;
    const qsizetype from = at;
    while (isNameCharacter(view.at(at)) && at < from + kLongestName)
        ++at;
    if (at == from)
        return std::nullopt;
    const auto next = memberValue(view, values, at);
    return next ? std::optional(Member{from, at, *next}) : std::nullopt;
}

// name: DB_PASSWORD, value: x; {"name":"DB_PASSWORD","value":"x"}; key="Password" value="x"
std::optional<SecretValue> nextMember(const TextView &view, ValueReader &values, const SecretName &name) {
    SecretValue value{name.from, name.to};
    for (int i = 0; i < kMostMembers; ++i) {
        const auto member = memberBehind(view, values, value);
        if (!member)
            return std::nullopt;
        if (values.startsWith(member->from, "value"))
            return member->value;
        if (isNameOfMember(values, member->from, member->to))
            return std::nullopt; // the next one's
        value = member->value;
    }
    return std::nullopt;
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
    if (view.at(at) == '[') // {"key": ["x"]} as lists of lists
        at = skipSpace(view, at + 1);
    const auto value = values.isQuote(at) ? values.read(at, false) : std::nullopt;
    if (!value || isWords(view, value->from, value->to))
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

// The secret's name among the members behind a value.
std::optional<SecretName> nameBehind(const TextView &view, ValueReader &values, const SecretNames &names,
                                     SecretValue value) {
    for (int i = 0; i < kMostMembers; ++i) {
        const auto member = memberBehind(view, values, value);
        if (!member)
            return std::nullopt;
        if (isNameOfMember(values, member->from, member->to)) {
            const SecretValue &name = member->value;
            return name.to - name.from <= kLongestName ? names.nameAround(name.from, name.to) : std::nullopt;
        }
        if (values.startsWith(member->from, "value")) // the next one's
            return std::nullopt;
        value = member->value;
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
