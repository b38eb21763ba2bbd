// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/filename.h"

#include <QStringDecoder>
#include <QStringList>

#include <algorithm>

namespace slipway {

QString nameText(const QByteArray &name) {
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(name);
    const bool isPlain = !decoder.hasError() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isPrint() && c != QLatin1Char('%');
    });
    return isPlain ? text : QString::fromLatin1(name.toPercentEncoding(" !\"#$&'()*+,/:;<=>?@[]^`{|}\\"));
}

std::optional<QByteArray> nameBytes(const QString &text) {
    QByteArrayList parts;
    for (const QString &part : text.split(QLatin1Char('/'))) {
        const QByteArray plain = part.toUtf8();
        parts << (nameText(plain) == part ? plain : QByteArray::fromPercentEncoding(plain));
        if (nameText(parts.constLast()) != part)
            return std::nullopt;
    }
    return parts.join('/');
}

} // namespace slipway
