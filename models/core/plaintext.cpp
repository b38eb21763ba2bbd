// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plaintext.h"

namespace slipway {

QString plainText(const QString &text) {
    QString plain = text;
    for (QChar &c : plain) {
        if (c >= u' ' && c <= u'~')
            continue; // most are
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
            c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            c = QLatin1Char(' ');
    }
    return plain;
}

} // namespace slipway
