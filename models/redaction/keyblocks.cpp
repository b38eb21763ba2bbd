// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/keyblocks.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"

#include <algorithm>
#include <cstring>

namespace slipway {

namespace {

constexpr const char *kKind = "private key";
constexpr qsizetype kLongestLine = 128; // of base64 in such a block
constexpr qsizetype kLeastLine = 32;    // of a line that is one by its look alone

const SearchPattern &marks() {
    static const SearchPattern pattern("---- ?(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?----|"
                                       "Private-Lines: [0-9]+");
    return pattern;
}

bool isBase64(char c) {
    return isAlnum(c) || c == '+' || c == '/' || c == '=';
}

bool isBody(char c) {
    return isBase64(c) || (isSpaceOrControl(c) && c != kOuterQuote && c != '\0') ||
           std::strchr("\\:,.()-", c) != nullptr;
}

bool isMark(const TextView &view, qsizetype i) {
    return std::strncmp(view.bytes().constData() + i, "----", 4) == 0;
}

// Up to the mark of the end, when nothing stands before it that is not of such a block.
qsizetype endMark(const TextView &view, qsizetype from) {
    while (from < view.size() && isBody(view.at(from)) && !isMark(view, from))
        ++from;
    return isMark(view, from) ? from : -1;
}

// "Proc-Type: 4,ENCRYPTED"
qsizetype headerEnd(const TextView &view, qsizetype from) {
    qsizetype i = from;
    while (isAlnum(view.at(i)) || view.at(i) == '-')
        ++i;
    if (i == from || view.at(i) != ':' || view.at(i + 1) != ' ')
        return from;
    while (i < view.size() && !isLineEnd(view.at(i)) && isBody(view.at(i)))
        ++i;
    return i;
}

// Of a block whose end is not here: lines of base64 below the mark.
qsizetype linesEnd(const TextView &view, qsizetype from) {
    qsizetype end = from;
    for (qsizetype i = from; i < view.size();) {
        const bool isLineStart = i == from || isLineEnd(view.at(i - 1));
        if (isSpaceOrControl(view.at(i)) && view.at(i) != kOuterQuote && view.at(i) != '\0') {
            ++i;
            continue;
        }
        qsizetype to = i;
        while (to < view.size() && isBase64(view.at(to)))
            ++to;
        const bool isWholeLine = isLineStart && !isBlank(view.at(to)) &&
                                 (to == view.size() || !isBody(view.at(to)) || isLineEnd(view.at(to)));
        if (to == i || (!isWholeLine && to - i < kLeastLine))
            to = isLineStart ? headerEnd(view, i) : i;
        if (to == i)
            break;
        i = end = to;
    }
    return end;
}

// Lines of base64 above a mark whose beginning is not here. A shorter one may only be the last.
qsizetype bodyStart(const TextView &view, qsizetype mark, qsizetype least) {
    qsizetype start = mark;
    for (bool isFirst = true;; isFirst = false) {
        qsizetype end = start;
        while (end > least && isLineEnd(view.at(end - 1)))
            --end;
        qsizetype line = end;
        while (line > least && end - line <= kLongestLine && isBase64(view.at(line - 1)))
            --line;
        const bool isWhole = line == least || isLineEnd(view.at(line - 1));
        const qsizetype length = end - line;
        if (end == start || length == 0 || !isWhole || length > kLongestLine ||
            (!isFirst && length < kLeastLine))
            return start;
        start = line;
    }
}

void add(const TextView &view, qsizetype from, qsizetype to, FoundSecrets &found) {
    for (qsizetype i = from; i < to; ++i) {
        if (view.at(i) != '*' && !isSpaceOrControl(view.at(i))) {
            found.push_back({from, to, kKind});
            return;
        }
    }
}

} // namespace

void findKeyBlocks(const TextView &view, FoundSecrets &found) {
    qsizetype over = 0; // what was taken reaches to here
    for (auto hit = marks().next(view.bytes(), 0); hit;
         hit = marks().next(view.bytes(), std::max(hit->to, over))) {
        const QByteArrayView mark(view.bytes().constData() + hit->from, hit->to - hit->from);
        if (mark.startsWith("---- END") || mark.startsWith("----END")) {
            const qsizetype end = hit->from - (view.at(hit->from - 1) == '-' ? 1 : 0);
            add(view, bodyStart(view, end, over), end, found);
            over = hit->to;
            continue;
        }
        qsizetype from = hit->to;
        while (view.at(from) == '-')
            ++from;
        const qsizetype end = mark.startsWith("Private-") ? -1 : endMark(view, from);
        const qsizetype to = end >= 0 ? end : linesEnd(view, from);
        add(view, from, to, found);
        over = to;
    }
}

} // namespace slipway
