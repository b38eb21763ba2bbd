// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/searchtext.h"

#include <algorithm>

namespace slipway {

namespace {

constexpr QChar kSeparator(u'\u2063'); // an invisible one, which is taken out of texts

} // namespace

QString searchText(const QString &text) {
    QString plain = text;
    plain.remove(kSeparator);
    QString folded = plain.normalized(QString::NormalizationForm_D);
    folded.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    return folded == plain ? plain : plain + kSeparator + folded;
}

QString shownText(const QString &kept) {
    const qsizetype end = kept.indexOf(kSeparator);
    return end < 0 ? kept : kept.left(end);
}

} // namespace slipway
