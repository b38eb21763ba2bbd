// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/lineframe.h"

#include "models/redaction/asciichars.h"

#include <algorithm>
#include <cstring>

namespace slipway {

namespace {

constexpr qsizetype kLongestFrame = 256;
constexpr qsizetype kLongestWord = 16; // of a frame behind content; a longer one is content itself
constexpr qsizetype kMaxMarks = 8;     // quotes, commas and the like behind a line's content

bool isMarkCharacter(char c) {
    return c == kOuterQuote || (c != '\0' && std::strchr("\"'`,;$\\ \t[]{}()+", c) != nullptr);
}

bool isQuoteCharacter(char c) {
    return c == '"' || c == '\'' || c == kOuterQuote;
}

bool mayBeContent(char c) {
    return isAlnum(c) || (c != '\0' && std::strchr("+/=-_", c) != nullptr);
}

} // namespace

LineFrame::LineFrame(const TextView &view, qsizetype line, qsizetype from, qsizetype to)
    : m_view(view), m_line(std::max(line, from - kLongestFrame)), m_from(from), m_to(to) {}

// What stands at `from` against the frame's characters: runs of digits and of blanks are alike.
LineFrame::Match LineFrame::match(qsizetype from, qsizetype frame, qsizetype frameEnd) const {
    qsizetype at = from;
    qsizetype good = from;
    const qsizetype max = from + 2 * kLongestFrame;
    const auto skip = [&](bool (*isAlike)(char)) {
        while (frame < frameEnd && isAlike(m_view.at(frame)))
            ++frame;
        while (at < max && isAlike(m_view.at(at)))
            ++at;
    };
    while (frame < frameEnd && at < max) {
        const char expected = m_view.at(frame);
        const char c = m_view.at(at);
        if (isDigit(expected) && isDigit(c)) {
            skip(isDigit);
            continue;
        }
        if (isBlank(expected) && isBlank(c)) {
            skip(isBlank);
        } else if (expected == c) {
            ++frame;
            ++at;
        } else {
            break;
        }
        if (!mayBeContent(m_view.at(at - 1)))
            good = at;
    }
    return {at, good, frame >= frameEnd};
}

qsizetype LineFrame::skipMarks(qsizetype at) const {
    const qsizetype max = at + kMaxMarks;
    while (at < max && isMarkCharacter(m_view.at(at)))
        ++at;
    return at;
}

// Where the line of content that ended at `end` ends; -1 when more content stands on it.
qsizetype LineFrame::lineEnd(qsizetype end) const {
    qsizetype at = skipMarks(end);
    if (at < m_view.size() && !isLineEnd(m_view.at(at))) {
        const bool isFramed = end > m_to && (isQuoteCharacter(m_view.at(m_to)) || m_view.at(m_to) == '\\');
        const bool isFirst = end == m_to && (isQuoteCharacter(m_view.at(end)) || m_view.at(end) == '\\');
        if (!isFramed && !isFirst)
            return -1;
        qsizetype frameEnd = m_to;
        const qsizetype max = std::min(m_view.size(), m_to + kLongestFrame);
        for (qsizetype word = m_to; frameEnd < max && !isLineEnd(m_view.at(frameEnd)); ++frameEnd) {
            if (!mayBeContent(m_view.at(frameEnd)))
                word = frameEnd + 1;
            if (frameEnd - word >= kLongestWord) // more content
                return -1;
        }
        const Match behind = match(end, m_to, frameEnd);
        if (!behind.isWhole && behind.to < m_view.size())
            return -1;
        at = behind.to;
    }
    if (at < m_view.size() && !isLineEnd(m_view.at(at)))
        return -1;
    return at;
}

bool LineFrame::isOver(qsizetype end) const {
    const bool isElement =
        isQuoteCharacter(m_view.at(end)) && (m_view.at(end + 1) == ',' || m_view.at(end + 1) == ']');
    return isElement || lineEnd(end) >= 0;
}

qsizetype LineFrame::contentOf(qsizetype line) const {
    const Match before = match(line, m_line, m_from);
    return before.isWhole ? before.to : -1;
}

LineFrame::Next LineFrame::next(qsizetype end) const {
    // ["abcd", "efgh"]
    if (isQuoteCharacter(m_view.at(end)) && m_view.at(end + 1) == ',') {
        qsizetype at = end + 2;
        while (at < end + kMaxMarks && isSpaceOrControl(m_view.at(at)) && m_view.at(at) != kOuterQuote)
            ++at;
        if (m_view.at(at) == m_view.at(end))
            return {at + 1, m_line, false};
    }
    qsizetype line = lineEnd(end);
    if (line < 0)
        return {};
    if (m_view.at(line) == '\r')
        ++line;
    if (line < m_view.size() && m_view.at(line) != '\n')
        return {};
    ++line;
    if (line >= m_view.size())
        return {-1, 0, true};
    const Match before = match(line, m_line, m_from);
    qsizetype at = before.isWhole ? before.to : before.good;
    while (at < line + kLongestFrame && isBlank(m_view.at(at)))
        ++at;
    if (isQuoteCharacter(m_view.at(end)) && m_view.at(at) == m_view.at(end)) // "abcd" "efgh" of a program
        ++at;
    if (at >= m_view.size())
        return {-1, 0, true};
    return {at, line, false};
}

qsizetype lineStartOf(const TextView &view, qsizetype at) {
    const qsizetype min = std::max<qsizetype>(0, at - kLongestFrame);
    while (at > min && !isLineEnd(view.at(at - 1)))
        --at;
    return at;
}

} // namespace slipway
