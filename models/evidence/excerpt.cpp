// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/excerpt.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 32 * 1024; // before and after
constexpr qsizetype kWide = 160;         // bytes of a line
constexpr qsizetype kBefore = 40;        // of those before the mark, where a line is longer

// Text begins where a character does: the bytes of one have 10 as their highest bits.
qsizetype atCharacter(const QByteArray &bytes, qsizetype at) {
    while (at > 0 && at < bytes.size() && (static_cast<unsigned char>(bytes.at(at)) & 0xC0U) == 0x80U)
        --at;
    return at;
}

} // namespace

Excerpt excerptOf(const QByteArray &bytes, const SourceRange &range, int around) {
    Excerpt excerpt;
    if (range.offset < 0 || range.offset >= bytes.size())
        return excerpt;
    const qsizetype lowest = std::max<qsizetype>(0, range.offset - kLooked);
    const qsizetype highest = std::min<qsizetype>(bytes.size(), range.offset + kLooked);
    const auto startOf = [&](qsizetype at) { // of the line that `at` is in
        while (at > lowest && bytes.at(at - 1) != '\n')
            --at;
        return at;
    };
    const auto endOf = [&](qsizetype at) {
        while (at < highest && bytes.at(at) != '\n')
            ++at;
        return at;
    };
    const qsizetype markedStart = startOf(range.offset);
    qsizetype start = markedStart;
    for (int i = 0; i < around && start > lowest; ++i)
        start = startOf(start - 1);
    for (int after = -1; start < highest && after < around;) {
        const qsizetype end = endOf(start);
        if (start == markedStart) {
            const bool isLong = range.offset - start > kWide - kBefore;
            const qsizetype from = isLong ? atCharacter(bytes, range.offset - kBefore) : start;
            const qsizetype to = atCharacter(bytes, std::min(end, from + kWide));
            const qsizetype until = std::clamp(range.offset + range.length, range.offset, to);
            excerpt.marked = static_cast<int>(excerpt.lines.size());
            excerpt.from = static_cast<int>(QString::fromUtf8(bytes.mid(from, range.offset - from)).size());
            excerpt.length =
                static_cast<int>(QString::fromUtf8(bytes.mid(range.offset, until - range.offset)).size());
            excerpt.lines << QString::fromUtf8(bytes.mid(from, to - from));
        } else {
            const qsizetype to = atCharacter(bytes, std::min(end, start + kWide));
            excerpt.lines << QString::fromUtf8(bytes.mid(start, to - start));
        }
        after = excerpt.marked < 0 ? -1 : static_cast<int>(excerpt.lines.size()) - 1 - excerpt.marked;
        start = end + 1;
    }
    return excerpt;
}

qint64 lineNumberOf(const QByteArray &bytes, qint64 offset) {
    return 1 + QByteArrayView(bytes).first(std::clamp<qsizetype>(offset, 0, bytes.size())).count('\n');
}

} // namespace slipway
