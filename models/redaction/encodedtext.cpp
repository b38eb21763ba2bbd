// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/encodedtext.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/lineframe.h"
#include "models/redaction/searchpattern.h"
#include "models/redaction/textencoding.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kMinRun = 16;        // characters; also of a line of a wrapped one
constexpr qsizetype kControlShare = 200; // one control character in so many bytes may be in a text

bool isBase64(char c) {
    return isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

// A code of a text in letters: so many bytes become so many letters.
struct Code {
    qsizetype bytes;
    qsizetype letters;
    QByteArray (*decode)(const QByteArray &);
    QByteArray (*encode)(const QByteArray &);
};

const Code kCodes[] = {
    {1, 2, [](const QByteArray &digits) { return QByteArray::fromHex(digits); },
     [](const QByteArray &bytes) { return bytes.toHex(); }},
    {3, 4, [](const QByteArray &letters) { return QByteArray::fromBase64(letters); },
     [](const QByteArray &bytes) { return bytes.toBase64(); }},
    {3, 4,
     [](const QByteArray &letters) { return QByteArray::fromBase64(letters, QByteArray::Base64UrlEncoding); },
     [](const QByteArray &bytes) { return bytes.toBase64(QByteArray::Base64UrlEncoding); }},
};

const Code &codeOf(const QByteArray &letters) {
    if (letters.size() % 2 == 0 &&
        std::all_of(letters.begin(), letters.end(), [](char c) { return hexValue(c) >= 0; }))
        return kCodes[0];
    return letters.contains('-') || letters.contains('_') ? kCodes[2] : kCodes[1];
}

qsizetype letterEnd(const TextView &view, qsizetype from) {
    while (from < view.size() && isBase64(view.at(from)))
        ++from;
    return from;
}

struct Part {
    qsizetype from;
    qsizetype to;
};

// One code's letters, in as many lines as the text was wrapped into: all of one width, the last may be
// shorter. The first may stand behind other words, and be shorter as well.
struct Run {
    std::vector<Part> parts;
    qsizetype line = 0; // where the last part's line begins
    bool isOpen = false;
};

Run runAt(const TextView &view, qsizetype line, Part first) {
    const LineFrame frame(view, line, first.from, first.to);
    Run run{{first}, line};
    qsizetype width = first.to - first.from;
    for (Part part = first;;) {
        const LineFrame::Next next = frame.next(part.to);
        run.isOpen = next.isOpen || part.to >= view.size();
        if (next.at < 0)
            break;
        part = {next.at, letterEnd(view, next.at)};
        const qsizetype length = part.to - part.from;
        if (part.to >= view.size() && length > 0)
            run.isOpen = true;
        const bool isSecond = run.parts.size() == 1;
        const bool fits = length <= width || (isSecond && length >= kMinRun);
        qsizetype behind = part.to;
        while (view.at(behind) == '=')
            ++behind;
        if (length == 0 || !fits || !frame.isOver(behind))
            break;
        run.parts.push_back(part);
        run.line = next.line;
        if (isSecond)
            width = std::max(width, length);
        if (length < width || behind > part.to)
            break;
    }
    return run;
}

// The groups of letters that hold bytes `inner.from` to `inner.to`, as they are after masking; from the
// letter `over` on, as two secrets may share a group. Where they end.
size_t addGroups(const FoundSecret &inner, const Code &code, const QByteArray &encoded,
                 const std::vector<qsizetype> &places, size_t over, FoundSecrets &found) {
    const size_t first = std::max(over, static_cast<size_t>(inner.from / code.bytes * code.letters));
    const size_t behind =
        std::min(static_cast<size_t>((inner.to + code.bytes - 1) / code.bytes * code.letters), places.size());
    // A piece for each line of it, as what stands between is not a part of the run.
    for (size_t i = first; i < behind;) {
        size_t to = i + 1;
        while (to < behind && places[to] == places[to - 1] + 1)
            ++to;
        found.push_back({places[i], places[to - 1] + 1, inner.kind,
                         encoded.mid(static_cast<qsizetype>(i), static_cast<qsizetype>(to - i))});
        i = to;
    }
    return std::max(over, behind);
}

// False when these letters stand for no text.
bool maskRun(const TextView &view, const Run &run, const MaskText &maskText, FoundSecrets &found) {
    QByteArray letters;
    std::vector<qsizetype> places;
    for (const Part &part : run.parts) {
        letters += view.bytes().mid(part.from, part.to - part.from);
        for (qsizetype at = part.from; at < part.to; ++at)
            places.push_back(at);
    }
    const Code &code = codeOf(letters);
    QByteArray bytes = code.decode(letters);
    if (!whyNotTextIn(bytes, unitsOf(bytes)).isEmpty())
        return false;
    const FoundSecrets inner = maskText(bytes);
    if (inner.empty())
        return true;
    const QByteArray encoded = code.encode(bytes);
    size_t over = 0;
    for (const FoundSecret &one : inner)
        over = addGroups(one, code, encoded, places, over, found);
    return true;
}

} // namespace

bool isText(QByteArrayView bytes) {
    qsizetype controls = 0;
    qsizetype broken = 0;
    int follow = 0; // bytes of a character that are still to come
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\0')
            return false;
        const bool isPlain = byte >= 0x20 || c == '\n' || c == '\r' || c == '\t' || c == '\x1b' ||
                             c == '\a' || c == '\b' || c == '\f';
        if (!isPlain || byte == 0x7f)
            ++controls;
        const bool isFollower = (byte & 0xc0) == 0x80;
        if (isFollower != (follow > 0))
            ++broken;
        if (isFollower)
            follow = std::max(0, follow - 1);
        else
            follow = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc0 ? 1 : 0;
    }
    // Latin-1 has a broken character now and then, binary data one in three.
    return controls <= bytes.size() / kControlShare && broken <= bytes.size() / 8;
}

void findEncoded(const TextView &view, const MaskText &maskText, FoundSecrets &found, qsizetype &open) {
    qsizetype line = 0;
    for (qsizetype i = 0; i < view.size();) {
        if (!isBase64(view.at(i))) {
            ++i;
            if (isLineEnd(view.at(i - 1)))
                line = i;
            continue;
        }
        const Part first{i, letterEnd(view, i)};
        i = first.to;
        if (first.to - first.from < kMinRun)
            continue;
        Run run = runAt(view, line, first);
        bool isText = maskRun(view, run, maskText, found);
        // The sign of a line that was added or taken away.
        if (!isText && first.from == line && (view.at(line) == '+' || view.at(line) == '-')) {
            Run behindSign = runAt(view, line, {first.from + 1, first.to});
            isText = maskRun(view, behindSign, maskText, found);
            if (isText)
                run = std::move(behindSign);
        }
        if (run.isOpen)
            open = std::min(open, view.sourceOf(first.from));
        i = run.parts.back().to;
        line = run.line;
        if (isText || run.parts.size() == 1)
            continue;
        // Lines that belong to no one code may each be of their own.
        for (const Part &part : run.parts) {
            if (part.to - part.from >= kMinRun)
                maskRun(view, {{part}}, maskText, found);
        }
    }
}

std::vector<TextView> spacedOutTexts(const TextView &view) {
    static const SearchPattern pattern("(?:^|[\\s\\x00])(?:[!-~][ \\x00]){15,}[!-~]");
    std::vector<TextView> texts;
    qsizetype from = 0;
    while (const auto hit = pattern.next(view.bytes(), from)) {
        std::vector<qsizetype> places;
        for (qsizetype i = hit->to - 1; i >= hit->from && !isSpaceOrControl(view.at(i)); i -= 2)
            places.push_back(i);
        std::reverse(places.begin(), places.end());
        texts.push_back(view.picked(places));
        from = hit->to;
    }
    return texts;
}

} // namespace slipway
