// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/encodedtext.h"

#include "models/redaction/asciichars.h"
#include "models/redaction/searchpattern.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr size_t kLeastRun = 16;         // characters of base64
constexpr qsizetype kLeastLine = 48;     // of a line of wrapped base64
constexpr qsizetype kControlShare = 200; // one control character in so many bytes may be in a text

bool isBase64(char c) {
    return isAlnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

// Words end soon; looking first spares their list.
qsizetype plainEnd(const TextView &view, qsizetype from) {
    while (from < view.size() && isBase64(view.at(from)))
        ++from;
    return from;
}

// Places of a run's characters; line ends within wrapped base64 are passed over.
std::vector<qsizetype> runAt(const TextView &view, qsizetype from, qsizetype &end) {
    std::vector<qsizetype> places;
    qsizetype i = from;
    for (qsizetype line = from; i < view.size();) {
        if (isBase64(view.at(i))) {
            places.push_back(i++);
            continue;
        }
        qsizetype next = i;
        if (view.at(next) == '\r')
            ++next;
        if (view.at(next) != '\n' || i - line < kLeastLine || !isBase64(view.at(next + 1)))
            break;
        i = line = next + 1;
    }
    end = i;
    return places;
}

QByteArray decoded(const TextView &view, const std::vector<qsizetype> &places, bool &isUrl) {
    QByteArray letters;
    letters.reserve(static_cast<qsizetype>(places.size()));
    for (const qsizetype place : places)
        letters.append(view.at(place));
    isUrl = letters.contains('-') || letters.contains('_');
    return QByteArray::fromBase64(letters,
                                  isUrl ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
}

// The groups of four that hold bytes `inner.from` to `inner.to`, as they are after masking.
void addGroups(const FoundSecret &inner, const QByteArray &encoded, const std::vector<qsizetype> &places,
               FoundSecrets &found) {
    const size_t first = static_cast<size_t>(inner.from / 3 * 4);
    const size_t behind = std::min(static_cast<size_t>((inner.to + 2) / 3 * 4), places.size());
    // A piece for each line of it, as what stands between is no part of the run.
    for (size_t i = first; i < behind;) {
        size_t to = i + 1;
        while (to < behind && places[to] == places[to - 1] + 1)
            ++to;
        found.push_back({places[i], places[to - 1] + 1, inner.kind,
                         encoded.mid(static_cast<qsizetype>(i), static_cast<qsizetype>(to - i))});
        i = to;
    }
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
        const bool isUsual =
            byte >= 0x20 || c == '\n' || c == '\r' || c == '\t' || c == '\x1b' || c == '\b' || c == '\f';
        if (!isUsual || byte == 0x7f)
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

void findInBase64(const TextView &view, const MaskText &maskText, FoundSecrets &found, qsizetype &open) {
    for (qsizetype i = 0; i < view.size();) {
        if (!isBase64(view.at(i))) {
            ++i;
            continue;
        }
        qsizetype end = plainEnd(view, i);
        if (end - i < static_cast<qsizetype>(kLeastRun)) {
            i = end;
            continue;
        }
        const std::vector<qsizetype> places = runAt(view, i, end);
        if (end >= view.size())
            open = std::min(open, view.sourceOf(i));
        i = end;
        bool isUrl = false;
        QByteArray bytes = decoded(view, places, isUrl);
        if (!isText(bytes))
            continue;
        const FoundSecrets inner = maskText(bytes);
        if (inner.empty())
            continue;
        const QByteArray encoded =
            bytes.toBase64(isUrl ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding);
        for (const FoundSecret &one : inner)
            addGroups(one, encoded, places, found);
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
