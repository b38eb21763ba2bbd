// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/keyblocks.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/lineframe.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/valuetest.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace slipway {

namespace {

constexpr const char *kKind = "private key";
constexpr qsizetype kLongestBlock = qsizetype(64) << 10; // characters between two marks
constexpr qsizetype kLongestLine = 512;
constexpr qsizetype kMinLine = 32; // of a line of base64 that is one by its look alone
constexpr qsizetype kMinRun = 16;  // between two marks

const SearchPattern &marks() {
    static const SearchPattern pattern("---- ?(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?----|"
                                       "Private-Lines: [0-9]+");
    return pattern;
}

// How a key begins: PKCS #8 and PKCS #1 of RSA and DSA, encrypted PKCS #8 (PBES2), SEC 1 and PKCS #8 of
// elliptic curves, Ed25519 and its kind, OpenSSH's format.
const SearchPattern &bodies() {
    static const SearchPattern pattern(
        "(?:MII[A-Za-z0-9+/]{2}[AQgw]IB(?:ADAN|AAK)|MI[IGH][A-Za-z0-9+/]{2,8}BgkqhkiG9w0BBQ[0w]|"
        "MHcCAQEEI|MIGkAgEBBD|MIH[bc]AgEBBE|MI[GH][A-Za-z0-9+/]AgEAM[BD]|M[C-F][4EUc]CAQ[AE]wBQYDK2V|"
        "b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]");
    return pattern;
}

// What was masked before counts, so that masking again finds the same lines.
bool isBase64(char c) {
    return isAlnum(c) || c == '+' || c == '/' || c == '=' || c == '*';
}

bool isBody(char c) {
    return isBase64(c) || (isSpaceOrControl(c) && c != kOuterQuote && c != '\0') ||
           std::strchr("\\:,.()-", c) != nullptr;
}

bool isMark(const TextView &view, qsizetype i) {
    return std::strncmp(view.bytes().constData() + i, "----", 4) == 0;
}

qsizetype runEnd(const TextView &view, qsizetype from, qsizetype max) {
    while (from < max && isBase64(view.at(from)))
        ++from;
    return from;
}

// A letter behind a backslash belongs to its escape.
qsizetype behindEscape(const TextView &view, qsizetype run) {
    if (view.at(run - 1) != '\\')
        return run;
    return view.at(run) == 'u' ? run + 5 : run + 1;
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

class KeyBlocks {
public:
    KeyBlocks(const TextView &view, FoundSecrets &found, qsizetype &open)
        : m_view(view), m_found(found), m_open(open) {}

    void find() {
        auto hit = marks().next(m_view.bytes(), 0);
        while (hit) {
            const QByteArrayView mark(m_view.bytes().constData() + hit->from, hit->to - hit->from);
            const bool isEnd = mark.startsWith("---- END") || mark.startsWith("----END");
            const qsizetype from = hit->from - (m_view.at(hit->from - 1) == '-' ? 1 : 0);
            if (isEnd) {
                takeAbove(from);
                m_over = hit->to;
                hit = marks().next(m_view.bytes(), hit->to);
                continue;
            }
            const auto next = marks().next(m_view.bytes(), hit->to);
            takeBelow(from, *hit, next);
            hit = next;
        }
        findBodies();
    }

private:
    struct Lines {
        LineFrame frame;
        std::optional<LineFrame> inner; // of the first line, when the mark's own line is another kind of
    };

    void add(qsizetype from, qsizetype to) {
        if (!isMaskedText(m_view, from, to))
            m_found.push_back({from, to, kKind});
        m_over = std::max(m_over, to);
    }

    // Of a mark that begins a block: up to the next mark when that ends it, else what has the look of its
    // lines.
    void takeBelow(qsizetype markFrom, const SearchPattern::Hit &mark,
                   const std::optional<SearchPattern::Hit> &next) {
        qsizetype from = mark.to;
        while (m_view.at(from) == '-')
            ++from;
        const qsizetype max =
            std::min({m_view.size(), from + kLongestBlock, next ? next->from : m_view.size()});
        if (!next && m_view.size() < from + kLongestBlock)
            m_open = std::min(m_open, m_view.sourceOf(markFrom));
        qsizetype plain = from;
        while (plain < max && isBody(m_view.at(plain)) && !isMark(m_view, plain))
            ++plain;
        if (isMark(m_view, plain)) {
            add(from, plain);
            return;
        }
        const bool isWhole = next && next->from == max &&
                             m_view.at(next->from + 4 + (m_view.at(next->from + 4) == ' ' ? 1 : 0)) == 'E';
        if (const qsizetype end = runEnd(m_view, from, max); end > from)
            add(from, end);
        takeFirstLine(from, max);
        takeLines({LineFrame(m_view, lineStartOf(m_view, markFrom), markFrom, from), std::nullopt}, from, max,
                  isWhole);
    }

    // Whatever its length, it is of the key when it stands alone below the mark.
    void takeFirstLine(qsizetype from, qsizetype max) {
        qsizetype line = from;
        while (line < max && isLineEnd(m_view.at(line)))
            ++line;
        const qsizetype end = runEnd(m_view, line, max);
        const bool isAlone = end >= m_view.size() || isLineEnd(m_view.at(end)) || isOver(end, m_view.size());
        if (line > from && end > line && isAlone)
            add(from, end);
    }

    // All runs of base64 on a line that are long enough; whether there was one.
    bool takeRuns(qsizetype from, qsizetype to, qsizetype min, Lines &lines, qsizetype line) {
        bool isTaken = false;
        for (qsizetype i = from; i < to;) {
            if (!isBase64(m_view.at(i))) {
                ++i;
                continue;
            }
            const qsizetype end = runEnd(m_view, i, to);
            const qsizetype begin = std::min(end, behindEscape(m_view, i));
            if (end - begin >= min) {
                add(begin, end);
                isTaken = true;
                if (!lines.inner && end - begin >= kMinLine)
                    lines.inner.emplace(m_view, line, begin, end);
            }
            i = end;
        }
        return isTaken;
    }

    [[nodiscard]] qsizetype contentOf(const Lines &lines, qsizetype line) const {
        const qsizetype at = lines.frame.contentOf(line);
        if (lines.inner && (at < 0 || !isBase64(m_view.at(at))))
            return lines.inner->contentOf(line);
        return at;
    }

    // `isWhole`: the mark of its end stands at `most`, so that all between is of the key.
    void takeLines(Lines lines, qsizetype from, qsizetype max, bool isWhole) {
        const qsizetype min = isWhole ? kMinRun : kMinLine;
        bool isAny = false;
        for (qsizetype line = from; line < max;) {
            qsizetype end = line;
            while (end < max && !isLineEnd(m_view.at(end)))
                ++end;
            const bool isFirst = line == from;
            const qsizetype content = isFirst ? from : contentOf(lines, line);
            const qsizetype begin = isFirst || isWhole ? line : content;
            if (begin >= 0 && takeRuns(begin, end, min, lines, isFirst ? lineStartOf(m_view, line) : line)) {
                isAny = true;
                if (isWhole && end == max)
                    takeLastElement(line, max);
            } else if (!isFirst && !(isWhole && end == max) && !takeShort(content, end, isWhole, isAny) &&
                       !isWhole) {
                return;
            }
            line = end + 1;
        }
        if (isWhole && !isAny) // a key of short lines
            takeAll(from, max);
    }

    // The last line of a key, a blank line or one of its header. Whether the block goes on.
    bool takeShort(qsizetype content, qsizetype end, bool isWhole, bool isAny) {
        if (content < 0)
            return false;
        if (content >= end)
            return true;
        if (const qsizetype header = headerEnd(m_view, content); header > content) {
            add(content, std::min(header, end));
            return true;
        }
        const qsizetype to = runEnd(m_view, content, end);
        const bool isLine = isAny || to - content >= kMinRun;
        if (to > content && (isWhole || (isLine && (to >= m_view.size() || isOver(to, end)))))
            add(content, to);
        return false;
    }

    [[nodiscard]] bool isOver(qsizetype to, qsizetype end) const {
        const char c = m_view.at(to);
        return to == end || c == '"' || c == '\'' || c == '\\' || c == '$' || c == kOuterQuote;
    }

    void takeAll(qsizetype from, qsizetype to) {
        for (qsizetype i = from; i < to;) {
            const qsizetype end = std::max(i + 1, runEnd(m_view, i, to));
            if (isBase64(m_view.at(i)))
                add(std::min(end, behindEscape(m_view, i)), end);
            i = end;
        }
    }

    // ["…", "Ab==", "-----END": short, and on the line of the others.
    void takeLastElement(qsizetype line, qsizetype mark) {
        qsizetype to = mark;
        while (to > line && !isBase64(m_view.at(to - 1)))
            --to;
        if (m_view.at(to) != '"' && m_view.at(to) != '\'' && m_view.at(to) != kOuterQuote)
            return;
        qsizetype from = to;
        while (from > line && isBase64(m_view.at(from - 1)))
            --from;
        add(std::min(to, behindEscape(m_view, from)), to);
    }

    // Of a mark that ends a block whose beginning is not here: the lines above it. A shorter one may only be
    // the last.
    void takeAbove(qsizetype mark) {
        const qsizetype min = std::max(m_over, mark - kLongestBlock);
        const qsizetype markLine = lineStartOf(m_view, mark);
        const LineFrame frame(m_view, markLine, mark, mark);
        qsizetype start = markLine;
        for (bool isFirst = true;; isFirst = false) {
            qsizetype end = start;
            while (end > min && isLineEnd(m_view.at(end - 1)))
                --end;
            qsizetype line = end;
            while (line > min && end - line <= kLongestLine && !isLineEnd(m_view.at(line - 1)))
                --line;
            const qsizetype content = end == start ? -1 : frame.contentOf(line);
            if (content < 0)
                return;
            const qsizetype to = runEnd(m_view, content, end);
            if (to == content || !isOver(to, end) || (!isFirst && to - content < kMinLine))
                return;
            add(content, to);
            start = line;
        }
    }

    void findBodies() {
        qsizetype from = 0;
        while (const auto hit = bodies().next(m_view.bytes(), from)) {
            const qsizetype end = runEnd(m_view, hit->from, m_view.size());
            from = end;
            if (end - hit->from < kMinLine || isAlnum(m_view.at(hit->from - 1)))
                continue;
            if (m_view.size() < hit->from + kLongestBlock)
                m_open = std::min(m_open, m_view.sourceOf(hit->from));
            m_over = end;
            const qsizetype line = lineStartOf(m_view, hit->from);
            const LineFrame frame(m_view, line, hit->from, end);
            add(hit->from, end);
            const qsizetype max = std::min(m_view.size(), hit->from + kLongestBlock);
            if (frame.isOver(end))
                takeLines({frame, std::nullopt}, std::min(max, end), max, false);
            from = std::max(from, m_over);
        }
    }

    const TextView &m_view;
    FoundSecrets &m_found;
    qsizetype &m_open;
    qsizetype m_over = 0; // what was taken reaches to here
};

} // namespace

void findKeyBlocks(const TextView &view, FoundSecrets &found, qsizetype &open) {
    KeyBlocks(view, found, open).find();
}

} // namespace slipway
