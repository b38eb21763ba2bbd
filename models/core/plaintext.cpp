// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plaintext.h"

#include <algorithm>

namespace slipway {

namespace {

bool isPlain(char32_t c) {
    return c >= U' ' && c <= U'~';
}

// Whether a terminal may act on the character instead of showing it. Half of a surrogate pair is not a
// character.
bool acts(char32_t c) {
    if (isPlain(c)) // as most are
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

template <typename Replace>
QString cleaned(const QString &text, const Replace &replace) {
    QString clean;
    clean.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool paired =
            text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        const char32_t c = paired ? QChar::surrogateToUcs4(text.at(i), text.at(i + 1)) : text.at(i).unicode();
        const QStringView units = QStringView(text).mid(i, paired ? 2 : 1);
        if (acts(c))
            clean += replace(units);
        else
            clean += units;
        i += paired ? 1 : 0;
    }
    return clean;
}

} // namespace

QString plainText(const QString &text) {
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return isPlain(c.unicode()); }))
        return text;
    return cleaned(text, [](QStringView) { return QLatin1Char(' '); });
}

QString escapedForJson(const QString &line) {
    return cleaned(line, [](QStringView units) {
        QString escaped;
        for (const QChar unit : units)
            escaped += QStringLiteral("\\u%1").arg(unit.unicode(), 4, 16, QLatin1Char('0'));
        return escaped;
    });
}

} // namespace slipway
