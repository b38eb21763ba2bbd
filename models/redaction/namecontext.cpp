// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/redaction/namecontext.h"

#include <QList>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kLooked = 80; // characters

} // namespace

NameContext contextOf(const TextView &view, qsizetype at) {
    const qsizetype from = std::max<qsizetype>(0, at - kLooked);
    QByteArray text = view.bytes().mid(from, at - from);
    for (const char quote : {'"', '\'', '`', kOuterQuote})
        text.replace(quote, ' ');
    const QList<QByteArray> words = text.simplified().split(' ');
    const QByteArray last = words.last();
    const QByteArray before = words.value(words.size() - 2);
    if (before == "login" || before == "machine" || before == "account")
        return NameContext::Login;
    if (last == "setx" || last == "setenv" || last == "ENV" || (last.startsWith('-') && before == "set"))
        return NameContext::Set;
    if (before == "config" || (last == "set" && before == "configure"))
        return NameContext::Setting;
    return NameContext::None;
}

} // namespace slipway
