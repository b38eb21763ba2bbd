// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/listedvalues.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <optional>

namespace slipway {

namespace {

constexpr qsizetype kMaxBetween = 80; // characters between two values
constexpr int kMaxElements = 1000;

// {root: x}
std::optional<SecretValue> bareName(const TextView &view, qsizetype at) {
    qsizetype end = at;
    while (end < at + kMaxBetween && isNameCharacter(view.at(end)))
        ++end;
    return end > at ? std::optional(SecretValue{at, end}) : std::nullopt;
}

} // namespace

std::vector<SecretValue> elementsAt(const TextView &view, ValueReader &values, const SecretName &name,
                                    qsizetype at) {
    std::vector<SecretValue> all;
    const bool isOfShell = view.at(at++) == '(';
    for (int i = 0; i < kMaxElements; ++i) {
        at = skipSpace(view, at);
        const bool isQuoted = values.isQuote(at);
        const auto value = values.readMember(at);
        if (!value && !isQuoted)
            break;
        // Without quotes it may be a word or a count.
        if (value &&
            (isQuoted || name.kind == NameKind::Password || looksRandom(view, value->from, value->to)))
            all.push_back(*value);
        at = value ? value->to + (isQuoted ? 1 : 0) : at + 2; // an empty one
        at = skipSpace(view, at);
        if (view.at(at) == ',')
            ++at;
        else if (!isOfShell || !values.isQuote(at))
            break;
    }
    return all;
}

std::vector<SecretValue> membersAt(const TextView &view, ValueReader &values, const SecretName &name,
                                   qsizetype at) {
    std::vector<SecretValue> all;
    const bool isPlural = toLower(view.at(name.to - 1)) == 's';
    ++at; // the brace
    for (int i = 0; i < kMaxElements; ++i) {
        at = skipSpace(view, at);
        const bool isQuoted = values.isQuote(at);
        const auto member = isQuoted ? values.read(at, false) : bareName(view, at);
        if (!member)
            break;
        at = skipSpace(view, member->to + (isQuoted ? 1 : 0));
        if (view.at(at) != ':')
            break;
        at = skipSpace(view, at + 1);
        const auto value = values.readMember(at);
        if (!value)
            break;
        const bool isOneOfMany = isPlural && looksRandom(view, value->from, value->to);
        if (isOneOfMany || isNameOfValue(view, member->from, member->to))
            all.push_back(*value);
        at = skipSpace(view, value->to + (value->isQuoted ? 1 : 0));
        if (view.at(at) != ',')
            break;
        ++at;
    }
    return all;
}

} // namespace slipway
