// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/write/htmltext.h"

#include <QUrl>

namespace slipway {

namespace {

// Joiners within words (U+200C, U+200D) are part of how some languages and emoji are written, and stay.
bool mustBeNamed(char32_t c) {
    if (c == U'\n' || c == U'\t')
        return false;
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xd800 && c <= 0xdfff) || (c >= 0xfff9 && c <= 0xfffb) || (c & 0xfffe) == 0xfffe ||
           (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xe0000 && c <= 0xe0fff);
}

} // namespace

QString visibleText(const QString &text) {
    QString visible;
    visible.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar unit = text.at(i);
        char32_t c = unit.unicode();
        if (c == U'\r' && i + 1 < text.size() && text.at(i + 1) == QLatin1Char('\n'))
            continue; // the usual line end of some systems
        const bool pair = unit.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (pair)
            c = QChar::surrogateToUcs4(unit, text.at(++i));
        if (mustBeNamed(c)) {
            visible += QStringLiteral("[U+%1]").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
        } else {
            visible += unit;
            if (pair)
                visible += text.at(i);
        }
    }
    return visible;
}

QString safeUrl(const QString &url) {
    const QUrl parsed(url, QUrl::StrictMode);
    const bool web = parsed.scheme() == QLatin1String("https") || parsed.scheme() == QLatin1String("http");
    if (!parsed.isValid() || !web || parsed.host().isEmpty() || !parsed.userInfo().isEmpty())
        return {};
    return parsed.toString(QUrl::FullyEncoded);
}

} // namespace slipway
