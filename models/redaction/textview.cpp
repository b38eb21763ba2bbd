// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/textview.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/unseentext.h"

#include <cstring>
#include <string_view>
#include <utility>

namespace slipway {

namespace {

struct Escape {
    char means;
    int length;            // in the text; 0: there is none
    bool isUnseen = false; // it means a character of no width
};

// A character as one byte.
char asByte(unsigned codePoint) {
    if (const char plain = plainForm(codePoint); plain != '\0')
        return plain;
    return codePoint < 0x80 || codePoint == kControlIntroducer ? static_cast<char>(codePoint)
                                                               : kOtherCharacter;
}

Escape characterEscape(int codePoint, int length) {
    const auto unit = static_cast<unsigned>(codePoint);
    return {asByte(unit), length, isUnseen(unit)};
}

// Hexadecimal digits from `at` on, `count` of them; negative when they are not there.
int hexNumber(std::string_view text, size_t at, size_t count) {
    if (at + count > text.size())
        return -1;
    int number = 0;
    for (size_t i = at; i < at + count; ++i) {
        const int digit = hexValue(text[i]);
        if (digit < 0)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

Escape backslashEscape(std::string_view text) {
    if (text.size() < 2)
        return {0, 0};
    switch (text[1]) {
    case 'n':
        return {'\n', 2};
    case 'r':
        return {'\r', 2};
    case 't':
        return {'\t', 2};
    case 'b':
    case 'f':
        return {' ', 2};
    case '"':
    case '\'':
    case '\\':
    case '/':
        return {text[1], 2};
    case 'u':
        if (const int number = hexNumber(text, 2, 4); number >= 0)
            return characterEscape(number, 6);
        return {0, 0};
    case 'x':
        if (const int number = hexNumber(text, 2, 2); number >= 0)
            return {static_cast<char>(number), 4};
        return {0, 0};
    default:
        return {0, 0};
    }
}

Escape percentEscape(std::string_view text) {
    const int number = hexNumber(text, 1, 2);
    return number >= 0 ? Escape{static_cast<char>(number), 3} : Escape{0, 0};
}

Escape entity(std::string_view text) {
    constexpr std::pair<std::string_view, char> kNamed[] = {
        {"&quot;", '"'}, {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&apos;", '\''}};
    for (const auto &[name, means] : kNamed) {
        if (text.substr(0, name.size()) == name)
            return {means, static_cast<int>(name.size())};
    }
    if (text.size() < 4 || text[1] != '#')
        return {0, 0};
    const bool isHex = toLower(text[2]) == 'x';
    const size_t first = isHex ? 3 : 2;
    int number = 0;
    size_t at = first;
    for (; at < text.size() && at < first + 6; ++at) {
        const int digit = hexValue(text[at]);
        if (digit < 0 || (!isHex && digit > 9))
            break;
        number = number * (isHex ? 16 : 10) + digit;
    }
    if (at == first || at >= text.size() || text[at] != ';')
        return {0, 0};
    return characterEscape(number, static_cast<int>(at) + 1);
}

Escape escapeAt(std::string_view text) {
    switch (text.front()) {
    case '\\':
        return backslashEscape(text);
    case '%':
        return percentEscape(text);
    case '&':
        return entity(text);
    default:
        return {0, 0};
    }
}

} // namespace

TextView::TextView(QByteArray bytes) : m_bytes(std::move(bytes)) {}

TextView::TextView(QByteArrayView source, TextUnits units) {
    if (units.width == 1) {
        m_bytes = source.toByteArray();
        return;
    }
    const qsizetype count = source.size() / units.width;
    m_bytes.reserve(count);
    m_places.reserve(static_cast<size_t>(count) + 1);
    for (qsizetype i = 0; i < count; ++i) {
        quint32 unit = 0;
        for (int b = 0; b < units.width; ++b) {
            const int shift = 8 * (units.isBigEndian ? units.width - 1 - b : b);
            unit |= quint32(static_cast<unsigned char>(source.at(i * units.width + b))) << shift;
        }
        if (!isUnseen(unit))
            append(asByte(unit), i * units.width);
    }
    m_places.push_back(static_cast<qint32>(count * units.width));
}

void TextView::append(char byte, qsizetype place) {
    m_bytes.append(byte);
    m_places.push_back(static_cast<qint32>(place));
}

qsizetype TextView::sourceOf(qsizetype i) const {
    return m_places.empty() ? i : m_places.at(static_cast<size_t>(i));
}

qsizetype TextView::sourceEnd(qsizetype i) const {
    return m_ends.empty() ? sourceOf(i) : m_ends.at(static_cast<size_t>(i - 1));
}

std::optional<TextView> TextView::decoded() const {
    const std::string_view text(m_bytes.constData(), static_cast<size_t>(m_bytes.size()));
    size_t first = text.find_first_of("\\%&");
    while (first != std::string_view::npos && escapeAt(text.substr(first)).length == 0)
        first = text.find_first_of("\\%&", first + 1);
    if (first == std::string_view::npos)
        return std::nullopt;
    TextView view{QByteArray()};
    view.m_level = m_level + 1;
    view.m_bytes.reserve(m_bytes.size());
    view.m_places.reserve(text.size() + 1);
    for (size_t i = 0; i < text.size();) {
        const Escape escape = i < first ? Escape{0, 0} : escapeAt(text.substr(i));
        const char plain = text[i] == '"' ? kOuterQuote : text[i];
        if (!escape.isUnseen)
            view.append(escape.length > 0 ? escape.means : plain, sourceOf(static_cast<qsizetype>(i)));
        i += escape.length > 0 ? static_cast<size_t>(escape.length) : 1;
    }
    view.m_places.push_back(static_cast<qint32>(sourceOf(size())));
    return view;
}

std::optional<TextView> TextView::withoutUnseen() const {
    const std::string_view text(m_bytes.constData(), static_cast<size_t>(m_bytes.size()));
    const auto isSeen = [text](size_t at) {
        return unseenLength(text.substr(at)) == 0 && lookAlike(text.substr(at)).length == 0;
    };
    size_t next = nextUnseen(text, 0);
    while (next != std::string_view::npos && isSeen(next))
        next = nextUnseen(text, next + 1);
    if (next == std::string_view::npos)
        return std::nullopt;
    TextView view{QByteArray()};
    view.m_level = m_level;
    view.m_bytes.reserve(m_bytes.size());
    view.m_places.reserve(text.size() + 1);
    for (size_t i = 0; i < text.size();) {
        size_t length = i < next ? 0 : unseenLength(text.substr(i));
        if (length == 0) {
            const LookAlike alike = i < next ? LookAlike{} : lookAlike(text.substr(i));
            length = alike.length > 0 ? alike.length : 1;
            view.append(alike.length > 0 ? alike.plain : text[i], sourceOf(static_cast<qsizetype>(i)));
            view.m_ends.push_back(static_cast<qint32>(sourceOf(static_cast<qsizetype>(i + length))));
        }
        i += length;
    }
    view.m_places.push_back(static_cast<qint32>(sourceOf(size())));
    return view;
}

TextView TextView::picked(const std::vector<qsizetype> &places) const {
    TextView view{QByteArray()};
    view.m_level = m_level + 1;
    for (const qsizetype place : places)
        view.append(at(place), sourceOf(place));
    view.m_places.push_back(static_cast<qint32>(places.empty() ? 0 : sourceOf(places.back() + 1)));
    return view;
}

} // namespace slipway
