// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/pairedvalue.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <string_view>

namespace slipway {

namespace {

constexpr qsizetype kMaxBetween = 80; // characters between a name and its value
constexpr qsizetype kMaxHeaders = 320;
constexpr qsizetype kLongestName = 40;
constexpr int kMaxMembers = 6; // between a value and its name

constexpr std::string_view kNames[] = {"name", "key", "id", "field", "header", "variable", "label", "option"};

bool isNameOfMember(const ValueReader &values, qsizetype from, qsizetype to) {
    return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
        return to - from == static_cast<qsizetype>(name.size()) && values.startsWith(from, name.data());
    });
}

struct Member {
    qsizetype from = 0; // of its name
    qsizetype to = 0;
    SecretValue value;
    qsizetype behind = 0; // its value, and the quote or brace that ends it
};

// The member whose name is `from` to `to`: its value, of JSON when the name has quotes; of
// {"stringValue":"x"} the inner one.
std::optional<Member> memberAt(const TextView &view, ValueReader &values, qsizetype from, qsizetype to) {
    const bool isQuoted = values.isQuote(to);
    qsizetype at = values.skipBlanks(isQuoted ? to + 1 : to);
    const char sign = view.at(at);
    if (to == from || (sign != ':' && sign != '='))
        return std::nullopt;
    at = values.skipBlanks(at + 1);
    const bool isJson = isQuoted && sign == ':';
    const bool isNested = isJson && view.at(at) == '{';
    if (isNested) {
        at = skipSpace(view, at + 1);
        const auto inner = values.isQuote(at) ? values.read(at, false) : std::nullopt;
        at = inner ? skipSpace(view, inner->to + 1) : at;
        if (!inner || view.at(at) != ':')
            return std::nullopt;
        at = skipSpace(view, at + 1);
    }
    const auto value = isJson ? values.readMember(at) : values.read(at, false);
    if (!value)
        return std::nullopt;
    Member member{from, to, *value, value->to + (value->isQuoted ? 1 : 0)};
    if (isNested) {
        const qsizetype brace = skipSpace(view, member.behind);
        member.behind = view.at(brace) == '}' ? brace + 1 : member.behind;
    }
    return member;
}

// The next member of the same object.
std::optional<Member> memberBehind(const TextView &view, ValueReader &values, qsizetype behind) {
    qsizetype at = skipSpace(view, behind);
    if (view.at(at) == ',')
        at = skipSpace(view, at + 1);
    const qsizetype from = values.isQuote(at) ? at + 1 : at;
    at = from;
    while (isNameCharacter(view.at(at)) && at < from + kLongestName)
        ++at;
    return memberAt(view, values, from, at);
}

// name: DB_PASSWORD, value: x; {"name":"DB_PASSWORD","value":"x"}; key="Password" value="x"
std::optional<SecretValue> nextMember(const TextView &view, ValueReader &values, const SecretName &name) {
    qsizetype behind = name.to + (values.isQuote(name.to) ? 1 : 0);
    for (int i = 0; i < kMaxMembers; ++i) {
        const auto member = memberBehind(view, values, behind);
        if (!member)
            return std::nullopt;
        if (values.startsWith(member->from, "value"))
            return member->value;
        if (isNameOfMember(values, member->from, member->to))
            return std::nullopt; // the next one's
        behind = member->behind;
    }
    return std::nullopt;
}

// ["password", "x"], ('password', 'x')
std::optional<SecretValue> nextElement(const TextView &view, ValueReader &values, const SecretName &name) {
    qsizetype before = name.from - 2;
    const qsizetype min = std::max<qsizetype>(0, before - kMaxBetween);
    while (before > min && isSpaceOrControl(view.at(before)) && view.at(before) != kOuterQuote)
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
    const qsizetype max = std::min(view.size(), name.to + kMaxHeaders);
    int ends = 0; // line ends one behind the other
    qsizetype at = name.to + 1;
    for (; at < max && ends < 2; ++at) {
        if (view.at(at) == '\n')
            ++ends;
        else if (view.at(at) != '\r')
            ends = 0;
    }
    return ends == 2 ? values.readLine(at) : std::nullopt;
}

// The secret's name among the members behind a value.
std::optional<SecretName> nameBehind(const TextView &view, ValueReader &values, const SecretNames &names,
                                     qsizetype behind) {
    for (int i = 0; i < kMaxMembers; ++i) {
        const auto member = memberBehind(view, values, behind);
        if (!member || values.startsWith(member->from, "value")) // the next one's
            return std::nullopt;
        if (isNameOfMember(values, member->from, member->to)) {
            const SecretValue &name = member->value;
            return name.to - name.from <= kLongestName ? names.nameAround(name.from, name.to) : std::nullopt;
        }
        behind = member->behind;
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
        const auto member = memberAt(view, values, hit->from, hit->from + 5);
        const auto name = member ? nameBehind(view, values, names, member->behind) : std::nullopt;
        if (!name || name->kind == NameKind::Parameter)
            continue;
        const SecretValue &value = member->value;
        if (isSecretValue(view, *name, value, Separator::Equals))
            found.push_back({value.from, value.to, "assigned secret", {}, true, value.isNumber});
    }
}

} // namespace slipway
