// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/valuereader.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/plausiblename.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace slipway {

namespace {

constexpr qsizetype kMaxSpace = 80; // characters
constexpr qsizetype kMaxBlanks = 64;
constexpr qsizetype kMaxName = 40;
constexpr int kMaxWrappers = 4;
constexpr qsizetype kMaxBehindQuote = 128; // characters
constexpr int kMaxQuotes = 8;              // within a value that has none around it
constexpr qsizetype kMaxScanned = 4096;    // of a value, for what ends it early

bool isAnyQuote(char c) {
    return c == '"' || c == '\'' || c == '`' || c == kOuterQuote;
}

} // namespace

bool ValueReader::isQuote(qsizetype i) const {
    return isAnyQuote(m_view.at(i));
}

qsizetype skipSpace(const TextView &view, qsizetype at) {
    const qsizetype max = std::min(view.size(), at + kMaxSpace);
    while (at < max && isSpaceOrControl(view.at(at)) && view.at(at) != kOuterQuote)
        ++at;
    return at;
}

qsizetype ValueReader::skipBlanks(qsizetype i) const {
    const qsizetype max = i + kMaxBlanks;
    while (i < m_view.size() && i < max && isBlank(m_view.at(i)))
        ++i;
    return i;
}

bool ValueReader::startsWith(qsizetype i, const char *lower) const {
    for (; *lower != '\0'; ++lower, ++i) {
        if (toLower(m_view.at(i)) != *lower)
            return false;
    }
    return true;
}

qsizetype ValueReader::lineStart(qsizetype i) {
    if (i >= m_line && i <= m_lineSeen)
        return m_line;
    if (i < m_line) // backwards, which is never far
        m_line = m_lineSeen = std::max<qsizetype>(0, i - kMaxScanned);
    for (qsizetype at = i; at > m_lineSeen; --at) {
        if (isLineEnd(m_view.at(at - 1))) {
            m_line = at;
            break;
        }
    }
    m_lineSeen = i;
    return m_line;
}

bool ValueReader::isJsonLine(qsizetype i) {
    const qsizetype first = skipBlanks(lineStart(i));
    const char c = m_view.at(first);
    return c == '{' || c == '[' || c == '"' || c == kOuterQuote;
}

bool ValueReader::isEnd(End end, qsizetype i, char quote) const {
    const char c = m_view.at(i);
    switch (end) {
    case QuoteEnd:
        return c == quote || c == kOuterQuote;
    case WordEnd:
        return isSpaceOrControl(c) || isAnyQuote(c) || (c == '<' && m_view.at(i + 1) == '/');
    case LineEnd:
        return isLineEnd(c) || c == '"' || c == '\'' || c == kOuterQuote || c == '\0';
    case MarkupEnd:
        return c == '<' || c == '"' || c == kOuterQuote;
    case EndCount:
        break;
    }
    return true;
}

// The first end at `from` or behind it, that of the text when there is none. Of a value with a quote a
// backslash takes the character behind it along.
qsizetype ValueReader::find(End end, qsizetype from, char quote) {
    Known &known = m_known.at(end);
    if (known.quote == quote && from >= known.from && from <= known.to)
        return known.to;
    qsizetype i = from;
    while (i < m_view.size() && !isEnd(end, i, quote)) {
        const bool isEscape = m_view.at(i) == '\\' && m_view.at(i + 1) != kOuterQuote &&
                              i + 1 < m_view.size() &&
                              (end == QuoteEnd || m_view.at(i + 1) == '"' ||
                               (end == WordEnd && m_view.at(i + 1) == ' ')); // of a shell
        i += isEscape ? 2 : 1;
    }
    known = {from, i, quote};
    return i;
}

std::optional<SecretValue> ValueReader::readQuoted(qsizetype at) {
    const char quote = m_view.at(at);
    qsizetype to = find(QuoteEnd, at + 1, quote);
    // YAML and SQL: two of them are one.
    for (int i = 0; i < kMaxQuotes && quote == '\'' && to > at + 1 && m_view.at(to) == quote &&
                    m_view.at(to + 1) == quote;
         ++i)
        to = find(QuoteEnd, to + 2, quote);
    // A quote of prose has no partner on its line.
    if (quote == '\'' || quote == '`') {
        const qsizetype line = find(LineEnd, at + 1, '\0');
        const bool isOver = isLineEnd(m_view.at(line)) || (m_view.at(line) == '"' && isJsonLine(at));
        if (line < to && isOver)
            to = line;
    }
    if (to == at + 1)
        return std::nullopt;
    return SecretValue{at + 1, to, true, false};
}

// Behind a separator: the next parameter's name.
bool ValueReader::isFollowedByName(qsizetype i) const {
    i = skipBlanks(i);
    const qsizetype begin = i;
    while (i < m_view.size() && i < begin + kMaxName &&
           (isNameCharacter(m_view.at(i)) || m_view.at(i) == ' '))
        ++i;
    return i == m_view.size() || (i > begin && (m_view.at(i) == '=' || m_view.at(i) == ':'));
}

// \n, \", also escaped again: \\n
bool ValueReader::isEscapedEnd(qsizetype i) const {
    if (m_view.at(i) != '\\' || m_view.at(i - 1) == '\\')
        return false;
    while (m_view.at(i) == '\\')
        ++i;
    const char c = m_view.at(i);
    return c == 'n' || c == 'r' || c == 't' || c == '"';
}

qsizetype ValueReader::unquotedEnd(qsizetype at, bool isQuery) {
    qsizetype end = find(WordEnd, at, '\0');
    if (m_view.at(at) == '<') { // <your key>
        const qsizetype close = m_view.bytes().mid(at, kMaxName).indexOf('>') + at;
        if (close > end)
            return close + 1;
    }
    const bool isJson = isJsonLine(at);
    // A quote between letters is of the password; one that closes a string has none behind it. Not by find(),
    // which would forget the end that many names have in common.
    for (int i = 0;
         i < kMaxQuotes && !isJson && isAnyQuote(m_view.at(end)) && m_view.at(end) != kOuterQuote &&
         end > at && isAlnum(m_view.at(end - 1)) && isAlnum(m_view.at(end + 1));
         ++i) {
        const qsizetype max = std::min(m_view.size(), end + kMaxBehindQuote);
        ++end;
        while (end < max && !isEnd(WordEnd, end, '\0'))
            ++end;
    }
    for (qsizetype i = at; i < std::min(end, at + kMaxScanned); ++i) {
        const char c = m_view.at(i);
        const bool isSeparator = c == ',' || c == ';' || c == '&';
        if ((isQuery && (c == '&' || c == '#')) || (isSeparator && i > at && isFollowedByName(i + 1)) ||
            (isJson && isEscapedEnd(i)))
            end = i;
    }
    // What closes a bracket from outside, and the sentence's own marks.
    int open = 0;
    for (qsizetype i = at; i < std::min(end, at + kMaxScanned); ++i)
        open += m_view.at(i) == '(' || m_view.at(i) == '[' || m_view.at(i) == '{' ? 1 : 0;
    for (; end > at; --end) {
        const char c = m_view.at(end - 1);
        const bool closes = c == ')' || c == ']' || c == '}';
        if (closes && open > 0)
            break;
        if (!closes && c != ',' && c != ';' && c != '.')
            break;
    }
    return end;
}

// Some("…"), Token(Secret("…")), Secret { inner: "…" }, Secret(value='…'): the quote; `at` when there is
// none.
qsizetype ValueReader::wrappedQuote(qsizetype at) const {
    const auto nameEnd = [this](qsizetype from) {
        qsizetype end = from;
        while (end < from + kMaxName &&
               (isAlnum(m_view.at(end)) ||
                (m_view.at(end) != '\0' && std::strchr(":_.", m_view.at(end)) != nullptr)))
            ++end;
        return end;
    };
    qsizetype i = at;
    for (int depth = 0; depth < kMaxWrappers; ++depth) {
        const qsizetype type = nameEnd(i);
        const qsizetype opens = m_view.at(type) == ' ' && m_view.at(type + 1) == '{' ? type + 1 : type;
        if (type == i || (m_view.at(opens) != '(' && m_view.at(opens) != '{'))
            return at;
        i = skipBlanks(opens + 1);
        const std::string_view name(m_view.bytes().constData() + at, static_cast<size_t>(type - at));
        if (depth == 0 && isReaderOfSecrets(name))
            return isReaderOfEnvironment(name) ? fallbackQuote(i, at) : at;
        const qsizetype field = nameEnd(i); // the colon behind it is taken along
        if (field > i && (m_view.at(field - 1) == ':' || m_view.at(field) == '='))
            i = skipBlanks(m_view.at(field) == '=' ? field + 1 : field);
        if (isQuote(i))
            return i;
    }
    return at;
}

// getenv("NAME", "…"): what is taken when the environment has no such name; `otherwise` when nothing is.
qsizetype ValueReader::fallbackQuote(qsizetype at, qsizetype otherwise) const {
    const char quote = m_view.at(at);
    qsizetype end = at + 1;
    while (end < at + kMaxName && m_view.at(end) != quote)
        ++end;
    const qsizetype comma = skipBlanks(end + 1);
    const qsizetype next = skipBlanks(comma + 1);
    return isQuote(at) && m_view.at(end) == quote && m_view.at(comma) == ',' && isQuote(next) ? next
                                                                                              : otherwise;
}

std::optional<SecretValue> ValueReader::read(qsizetype at, bool isQuery) {
    const bool isPrefixed = m_view.at(at) != '\0' && std::strchr("bBrRuUfF@$", m_view.at(at)) != nullptr &&
                            (m_view.at(at + 1) == '"' || m_view.at(at + 1) == '\'');
    at = isPrefixed ? at + 1 : wrappedQuote(at);
    if (startsWith(at, "$(echo "))
        at = skipBlanks(at + 7);
    if (isQuote(at))
        return readQuoted(at);
    const qsizetype end = unquotedEnd(at, isQuery);
    if (end == at)
        return std::nullopt;
    return SecretValue{at, end, false, false};
}

std::optional<SecretValue> ValueReader::readMember(qsizetype at) {
    if (isQuote(at))
        return readQuoted(at);
    qsizetype end = at;
    bool isNumber = true;
    for (; end < m_view.size() && !isSpaceOrControl(m_view.at(end)) && !isQuote(end) &&
           std::strchr(",}]", m_view.at(end)) == nullptr &&
           !(m_view.at(end) == '<' && m_view.at(end + 1) == '/');
         ++end)
        isNumber = isNumber && (isDigit(m_view.at(end)) || std::strchr("+-.eE", m_view.at(end)) != nullptr);
    if (end == at || m_view.at(at) == '{' || m_view.at(at) == '[')
        return std::nullopt;
    return SecretValue{at, end, false, isNumber};
}

std::optional<SecretValue> ValueReader::readLine(qsizetype at) {
    if (isQuote(at))
        return readQuoted(at);
    qsizetype end = find(LineEnd, at, '\0');
    if (isJsonLine(at)) {
        for (qsizetype i = at; i < std::min(end, at + kMaxScanned); ++i) {
            if (isEscapedEnd(i))
                end = i;
        }
    }
    while (end > at && isBlank(m_view.at(end - 1)))
        --end;
    if (end == at)
        return std::nullopt;
    return SecretValue{at, end, false, false};
}

std::optional<SecretValue> ValueReader::readElement(qsizetype at) {
    qsizetype end = find(MarkupEnd, at, '\0');
    // What a sentence asks to put in is not an element: its end would stand below.
    if ((isLineEnd(m_view.at(at)) || isEscapedEnd(at)) && m_view.at(end) != '<')
        return std::nullopt;
    while (end > at && isSpaceOrControl(m_view.at(end - 1)))
        --end;
    while (at < end && isSpaceOrControl(m_view.at(at)))
        ++at;
    if (end == at)
        return std::nullopt;
    return SecretValue{at, end, false, false};
}

} // namespace slipway
