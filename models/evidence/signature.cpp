// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/signature.h"

namespace slipway {

namespace {

bool isHex(const QString &word) {
    constexpr qsizetype kShortest = 7; // of an abbreviated commit
    if (word.size() < kShortest)
        return false;
    bool digit = false;
    for (const QChar c : word) {
        digit = digit || c.isDigit();
        if (!c.isDigit() && !(c.toLower() >= u'a' && c.toLower() <= u'f'))
            return false;
    }
    return digit;
}

// A word is letters, digits and what joins them; one that begins with a digit is a measurement ("166",
// "0.995", "12:30:01", "90s"), one that does not is a name ("node-b", "phase4.json").
bool isJoined(QChar c) {
    return c.isLetterOrNumber() || c == u'.' || c == u'_' || c == u'-' || c == u':' || c == u'/';
}

} // namespace

QString signatureOf(Verdict verdict, const QString &reason) {
    if (verdict == Verdict::Proven || verdict == Verdict::UnprovenPass)
        return {};
    QString signature = verdictName(verdict) + QStringLiteral(": ");
    QString before; // the word before this one
    for (qsizetype from = 0; from < reason.size();) {
        qsizetype to = from;
        while (to < reason.size() && isJoined(reason.at(to)))
            ++to;
        if (to == from) {
            signature += reason.at(from++);
            continue;
        }
        const QString word = reason.mid(from, to - from);
        const bool names = before == QLatin1String("Phase");
        signature += !names && (word.at(0).isDigit() || isHex(word)) ? QStringLiteral("#") : word;
        before = word;
        from = to;
    }
    return signature;
}

} // namespace slipway
