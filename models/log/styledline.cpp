// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/styledline.h"

namespace slipway {

namespace {

constexpr qsizetype kLongestSequence = 64;

// The length of "ESC [ 1 ; 31 m" at `at`, 0 where there is none; its numbers.
qsizetype colourSequence(const QString &text, qsizetype at, QList<int> &numbers) {
    numbers = {0};
    if (at + 1 >= text.size() || text.at(at + 1) != QLatin1Char('['))
        return 0;
    for (qsizetype i = at + 2; i < text.size() && i < at + kLongestSequence; ++i) {
        const char16_t c = text.at(i).unicode();
        if (c == u'm')
            return i - at + 1;
        if (c == u';' || c == u':')
            numbers.append(0);
        else if (c >= u'0' && c <= u'9')
            numbers.last() = std::min(numbers.last() * 10 + (c - u'0'), 999);
        else
            return 0;
    }
    return 0;
}

// What follows 38 or 48: "5;N" or "2;R;G;B". Moves on to its last number.
int extendedColour(const QList<int> &numbers, qsizetype &at) {
    const int kind = numbers.value(at + 1, -1);
    if (kind == 5 && at + 2 < numbers.size()) {
        at += 2;
        return numbers.at(at) & 0xff;
    }
    if (kind == 2 && at + 4 < numbers.size()) {
        at += 4;
        return kTrueColour | (numbers.at(at - 2) & 0xff) << 16 | (numbers.at(at - 1) & 0xff) << 8 |
               (numbers.at(at) & 0xff);
    }
    at = numbers.size();
    return -1;
}

void apply(const QList<int> &numbers, TextStyle &style) {
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const int n = numbers.at(i);
        if (n == 0)
            style = {};
        else if (n == 1)
            style.bold = true;
        else if (n == 2)
            style.dim = true;
        else if (n == 3)
            style.italic = true;
        else if (n == 4)
            style.underline = true;
        else if (n == 7)
            style.inverse = true;
        else if (n == 22)
            style.bold = style.dim = false;
        else if (n == 23)
            style.italic = false;
        else if (n == 24)
            style.underline = false;
        else if (n == 27)
            style.inverse = false;
        else if (n >= 30 && n <= 37)
            style.foreground = n - 30;
        else if (n == 38)
            style.foreground = extendedColour(numbers, i);
        else if (n == 39)
            style.foreground = -1;
        else if (n >= 40 && n <= 47)
            style.background = n - 40;
        else if (n == 48)
            style.background = extendedColour(numbers, i);
        else if (n == 49)
            style.background = -1;
        else if (n >= 90 && n <= 97)
            style.foreground = n - 82;
        else if (n >= 100 && n <= 107)
            style.background = n - 92;
    }
}

void appendVisible(QString &shown, QChar c) {
    if (c == QLatin1Char('\t'))
        shown += QStringLiteral("    ");
    else if (c.unicode() < 0x20)
        shown += QChar(0x2400 + c.unicode()); // the control pictures
    else if (c.unicode() >= 0x7f &&
             (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
              c.unicode() == 0x2028 || c.unicode() == 0x2029))
        shown += QStringLiteral("<U+%1>").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    else
        shown += c;
}

} // namespace

StyledLine styledLine(QByteArrayView line) {
    const QString text = QString::fromUtf8(line);
    StyledLine result;
    result.text.reserve(text.size());
    TextStyle style;
    QList<int> numbers;
    qsizetype from = 0;
    const auto endRun = [&] {
        if (style != TextStyle{} && result.text.size() > from)
            result.runs.append({from, result.text.size() - from, style});
        from = result.text.size();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == QChar(0x1b)) {
            if (const qsizetype length = colourSequence(text, i, numbers); length > 0) {
                endRun();
                apply(numbers, style);
                i += length - 1;
                continue;
            }
        }
        appendVisible(result.text, text.at(i));
    }
    endRun();
    return result;
}

} // namespace slipway
