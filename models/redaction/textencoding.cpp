// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/textencoding.h"

#include "models/redaction/encodedtext.h"

#include <algorithm>
#include <array>

namespace slipway {

namespace {

constexpr qsizetype kSample = 4096; // bytes that show an encoding without a mark

struct Magic {
    QByteArrayView bytes;
    qsizetype offset;
    const char *what;
};

const Magic kMagics[] = {
    {"\x1f\x8b", 0, "compressed (gzip)"},
    {"\x28\xb5\x2f\xfd", 0, "compressed (zstd)"},
    {QByteArrayView("\xfd"
                    "7zXZ\0",
                    6),
     0, "compressed (xz)"},
    {"1AY&SY", 4, "compressed (bzip2)"},
    {"\x04\x22\x4d\x18", 0, "compressed (lz4)"},
    {"\x1f\x9d", 0, "compressed (compress)"},
    {"LZIP\x01", 0, "compressed (lzip)"},
    {"PK\x03\x04", 0, "an archive (zip)"},
    {"PK\x05\x06", 0, "an archive (zip)"},
    {"7z\xbc\xaf\x27\x1c", 0, "an archive (7z)"},
    {"Rar!\x1a\x07", 0, "an archive (rar)"},
    {"ustar", 257, "an archive (tar)"},
    {"!<arch>\n", 0, "an archive (ar)"},
    {QByteArrayView("SQLite format 3\0", 16), 0, "a SQLite database"},
    {"%PDF-", 0, "a PDF document"},
};

// Of each four bytes: which are NUL nearly always, and which nearly never.
struct Nuls {
    std::array<bool, 4> often{};
    std::array<bool, 4> rarely{};
};

Nuls nulsIn(QByteArrayView sample) {
    std::array<qsizetype, 4> count{};
    for (qsizetype i = 0; i < sample.size(); ++i)
        count.at(static_cast<size_t>(i % 4)) += sample.at(i) == '\0' ? 1 : 0;
    const qsizetype groups = sample.size() / 4;
    Nuls nuls;
    for (size_t i = 0; i < 4; ++i) {
        nuls.often.at(i) = count.at(i) * 10 >= groups * 7;
        nuls.rarely.at(i) = count.at(i) * 20 <= groups;
    }
    return nuls;
}

// Letters of other scripts are text; more of them than of ASCII may as well be no letters at all.
bool isWideText(const TextView &view) {
    QByteArray text = view.bytes();
    const qsizetype others = text.count(kOtherCharacter);
    text.replace(kOtherCharacter, 'x');
    return others * 2 <= text.size() + 2 && isText(text);
}

} // namespace

TextUnits unitsOf(const QByteArray &bytes) {
    if (bytes.startsWith(QByteArrayView("\xff\xfe\0\0", 4)))
        return {4, false};
    if (bytes.startsWith(QByteArrayView("\0\0\xfe\xff", 4)))
        return {4, true};
    if (bytes.startsWith("\xff\xfe"))
        return {2, false};
    if (bytes.startsWith("\xfe\xff"))
        return {2, true};
    const QByteArrayView sample(bytes.constData(), std::min(bytes.size(), kSample) / 4 * 4);
    if (sample.isEmpty())
        return {};
    const auto [often, rarely] = nulsIn(sample);
    if (rarely[0] && often[1] && often[2] && often[3])
        return {4, false};
    if (often[0] && often[1] && often[2] && rarely[3])
        return {4, true};
    if (rarely[0] && often[1] && rarely[2] && often[3])
        return {2, false};
    if (often[0] && rarely[1] && often[2] && rarely[3])
        return {2, true};
    return {};
}

QString whyNotTextIn(const QByteArray &bytes, TextUnits units) {
    for (const Magic &magic : kMagics) {
        if (QByteArrayView(bytes).sliced(std::min(magic.offset, bytes.size())).startsWith(magic.bytes))
            return QString::fromLatin1(magic.what);
    }
    const bool isReadable = units.width == 1 ? isText(bytes) : isWideText(TextView(bytes, units));
    return isReadable ? QString() : QStringLiteral("no text");
}

} // namespace slipway
