// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/versionorder.h"

#include <QRegularExpression>

namespace slipway {

namespace {

// In the order in which they sort where two ids part.
enum class Rank { BeforeRelease, End, Word, Number };

struct Token {
    Rank rank = Rank::End;
    QStringView text;
};

bool isDigit(QChar c) {
    return c >= u'0' && c <= u'9';
}

bool isSeparator(QChar c) {
    return c == u'.' || c == u'-' || c == u'_';
}

bool isBeforeRelease(QStringView word) {
    static constexpr QStringView kWords[] = {u"alpha", u"beta", u"candidate", u"pre", u"rc"};
    for (const QStringView known : kWords) {
        if (word.compare(known, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

Token nextToken(QStringView &rest) {
    while (!rest.isEmpty() && isSeparator(rest.front()))
        rest = rest.mid(1);
    if (rest.isEmpty())
        return {};
    const bool number = isDigit(rest.front());
    qsizetype end = 1;
    while (end < rest.size() && isDigit(rest.at(end)) == number && !isSeparator(rest.at(end)))
        ++end;
    QStringView text = rest.left(end);
    rest = rest.mid(end);
    if (!number)
        return {isBeforeRelease(text) ? Rank::BeforeRelease : Rank::Word, text};
    while (text.size() > 1 && text.front() == u'0')
        text = text.mid(1);
    return {Rank::Number, text};
}

int compare(const Token &a, const Token &b) {
    if (a.rank != b.rank)
        return a.rank < b.rank ? -1 : 1;
    if (a.rank == Rank::Number && a.text.size() != b.text.size())
        return a.text.size() < b.text.size() ? -1 : 1;
    return a.text.compare(b.text);
}

} // namespace

bool versionLess(const QString &a, const QString &b) {
    QStringView restA(a);
    QStringView restB(b);
    for (;;) {
        const Token tokenA = nextToken(restA);
        const Token tokenB = nextToken(restB);
        if (const int order = compare(tokenA, tokenB); order != 0)
            return order < 0;
        if (tokenA.rank == Rank::End)
            return a < b; // "r1" and "r01" are two ids
    }
}

QString seriesOf(const QString &id) {
    static const QRegularExpression number(QStringLiteral("-r[0-9]+$"));
    QString series = id;
    return series.remove(number);
}

} // namespace slipway
