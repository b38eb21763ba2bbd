// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/unseentext.h"

#include "models/redaction/asciichars.h"

#include <QString>

#include <algorithm>

namespace slipway {

namespace {

constexpr char kEscape = '\x1b';
constexpr char kBell = '\x07';
constexpr size_t kLongestSequence = 32; // characters of a CSI sequence
constexpr size_t kLongestString = 512;  // of a title or link
constexpr size_t kMaxIndent = 64;       // blanks before a line that goes on

constexpr std::string_view kInlineTags[] = {"a",  "b",   "i",    "u",    "em",   "strong", "span",
                                            "tt", "kbd", "code", "font", "mark", "small"};

bool isParameter(char c) {
    return c >= 0x30 && c <= 0x3f;
}

// Behind "[": parameters, intermediates and a final byte.
size_t controlSequence(std::string_view text, size_t at) {
    const size_t max = std::min(text.size(), at + kLongestSequence);
    while (at < max && isParameter(text[at]))
        ++at;
    while (at < max && text[at] >= 0x20 && text[at] <= 0x2f)
        ++at;
    return at < max && text[at] >= 0x40 && text[at] <= 0x7e ? at + 1 : 0;
}

// Behind "]": a title or a link, to BEL or ESC \.
size_t controlString(std::string_view text, size_t at) {
    const size_t max = std::min(text.size(), at + kLongestString);
    for (; at < max && !isLineEnd(text[at]); ++at) {
        if (text[at] == kBell)
            return at + 1;
        if (text[at] == kEscape && at + 1 < text.size() && text[at + 1] == '\\')
            return at + 2;
    }
    return 0;
}

size_t escapeSequence(std::string_view text, size_t behindEscape) {
    if (behindEscape >= text.size())
        return 0;
    const char c = text[behindEscape];
    if (c == '[')
        return controlSequence(text, behindEscape + 1);
    if (c == ']')
        return controlString(text, behindEscape + 1);
    const bool isCharset = c == '(' || c == ')' || c == '*' || c == '+';
    if (isCharset)
        return behindEscape + 1 < text.size() ? behindEscape + 2 : 0;
    return c >= 0x30 && c <= 0x7e ? behindEscape + 1 : 0;
}

// "[1;31m": its escape character was dropped or became a blank.
size_t bareColour(std::string_view text) {
    size_t at = 1;
    while (at < std::min(text.size(), kLongestSequence) && (isDigit(text[at]) || text[at] == ';'))
        ++at;
    return at > 1 && at < text.size() && text[at] == 'm' ? at + 1 : 0;
}

size_t continuedLine(std::string_view text) {
    size_t at = 1;
    if (at < text.size() && text[at] == '\r')
        ++at;
    if (at >= text.size() || text[at] != '\n')
        return 0;
    ++at;
    const size_t max = std::min(text.size(), at + kMaxIndent);
    while (at < max && isBlank(text[at]))
        ++at;
    return at;
}

size_t writtenEscape(std::string_view text) {
    for (const std::string_view written : {"\\033", "\\e", "\\x1b", "\\x1B", "\\u001b", "\\u001B"}) {
        if (text.substr(0, written.size()) == written && text.substr(written.size(), 1) == "[")
            return escapeSequence(text, written.size());
    }
    return 0;
}

// UTF-8 of at most three bytes.
size_t unseenCharacter(std::string_view text) {
    const auto byte = [&](size_t i) {
        return i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[i])) : 0U;
    };
    const unsigned two = (byte(0) & 0x1fU) << 6U | (byte(1) & 0x3fU);
    if (two == kControlIntroducer && byte(0) == 0xc2)
        return controlSequence(text, 2);
    if ((byte(0) & 0xe0U) == 0xc0 && (byte(1) & 0xc0U) == 0x80 && isUnseen(two))
        return 2;
    const unsigned three = (byte(0) & 0x0fU) << 12U | (byte(1) & 0x3fU) << 6U | (byte(2) & 0x3fU);
    return (byte(0) & 0xf0U) == 0xe0 && (byte(1) & 0xc0U) == 0x80 && (byte(2) & 0xc0U) == 0x80 &&
                   isUnseen(three)
               ? 3
               : 0;
}

// <b>, </span>, <font color="red">
size_t inlineTag(std::string_view text) {
    size_t at = text.substr(1, 1) == "/" ? 2 : 1;
    const size_t name = at;
    while (at < std::min(text.size(), name + 6) && isLetter(text[at]))
        ++at;
    const std::string_view tag = text.substr(name, at - name);
    if (std::find(std::begin(kInlineTags), std::end(kInlineTags), tag) == std::end(kInlineTags))
        return 0;
    const size_t max = std::min(text.size(), at + kLongestString);
    while (at < max && text[at] != '>' && text[at] != '<' && !isLineEnd(text[at]))
        ++at;
    return at < max && text[at] == '>' ? at + 1 : 0;
}

} // namespace

bool isUnseen(unsigned codePoint) {
    return codePoint == 0xad || codePoint == 0x34f || codePoint == 0x61c || codePoint == 0x180e ||
           (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0x200b && codePoint <= 0x200f) ||
           (codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2060 && codePoint <= 0x2064) ||
           codePoint == 0xfeff;
}

size_t unseenLength(std::string_view text) {
    switch (text.empty() ? '\0' : text.front()) {
    case kEscape:
        return escapeSequence(text, 1);
    case static_cast<char>(kControlIntroducer):
        return controlSequence(text, 1);
    case '^':
        return text.substr(0, 3) == "^[[" ? escapeSequence(text, 2) : 0;
    case '[':
        return bareColour(text);
    case '<':
        return inlineTag(text);
    case '\\':
        if (const size_t continued = continuedLine(text); continued > 0)
            return continued;
        return writtenEscape(text);
    default:
        return unseenCharacter(text);
    }
}

char plainForm(char32_t character) {
    // UnicodeData.txt has one step; a letter of this kind has no second one.
    if (character < 0x80 || character > QChar::LastValidCodePoint ||
        QChar::decompositionTag(character) <= QChar::Canonical)
        return '\0';
    const QString plain = QChar::decomposition(character);
    const char16_t c = plain.size() == 1 ? plain.front().unicode() : u'\0';
    const bool isKept = c > 0x7f || c == u'"' || c == u'\'' || c == u'`' || c == u'\\';
    return isKept ? '\0' : static_cast<char>(c);
}

LookAlike lookAlike(std::string_view text) {
    const auto first = text.empty() ? 0U : static_cast<unsigned>(static_cast<unsigned char>(text.front()));
    const size_t length = (first & 0xe0U) == 0xc0   ? 2
                          : (first & 0xf0U) == 0xe0 ? 3
                          : (first & 0xf8U) == 0xf0 ? 4
                                                    : 0;
    if (length == 0 || text.size() < length)
        return {};
    char32_t character = first & (0x7fU >> length);
    for (size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned>(static_cast<unsigned char>(text[i]));
        if ((byte & 0xc0U) != 0x80)
            return {};
        character = character << 6U | (byte & 0x3fU);
    }
    const char plain = plainForm(character);
    return {plain, plain == '\0' ? 0 : length};
}

size_t nextUnseen(std::string_view text, size_t from) {
    // Compatibility characters of ASCII begin with C2, C5, CA, CB, CD, E1 to E3, EF or F0.
    return text.find_first_of("\x1b^[<\\\x9b\xc2\xc5\xca\xcb\xcd\xd8\xe1\xe2\xe3\xef\xf0", from);
}

} // namespace slipway
