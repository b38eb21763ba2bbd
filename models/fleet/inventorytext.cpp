// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/inventorytext.h"

#include <QStringDecoder>

#include <algorithm>

namespace slipway {

namespace {

constexpr qsizetype kProbe = 64; // bytes

// By the zeros of the first letters, where there is no mark.
std::optional<QStringConverter::Encoding> encodingOf(const QByteArray &bytes) {
    if (const auto marked = QStringConverter::encodingForData(bytes))
        return marked;
    const qsizetype probe = std::min(bytes.size(), kProbe) / 2 * 2;
    qsizetype even = 0;
    qsizetype odd = 0;
    for (qsizetype i = 0; i < probe; i += 2) {
        even += bytes.at(i) == 0 ? 1 : 0;
        odd += bytes.at(i + 1) == 0 ? 1 : 0;
    }
    if (probe >= 4 && even == 0 && odd == probe / 2)
        return QStringConverter::Utf16LE;
    if (probe >= 4 && odd == 0 && even == probe / 2)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

QString nameOf(QStringConverter::Encoding encoding) {
    return QString::fromLatin1(QStringConverter::nameForEncoding(encoding));
}

} // namespace

Result<QByteArray> inventoryText(const QByteArray &bytes, const QString &what) {
    const auto encoding = encodingOf(bytes).value_or(QStringConverter::Utf8);
    QStringDecoder decoder(encoding);
    const QString text = decoder.decode(bytes);
    const auto bad = [&](qsizetype at, const QString &why) {
        return Error{ErrorCode::InvalidInput,
                     QStringLiteral("%1 line %2: %3. Save it as UTF-8.")
                         .arg(what)
                         .arg(QStringView(text).left(at).count(QLatin1Char('\n')) + 1)
                         .arg(why)};
    };
    if (decoder.hasError())
        return bad(std::max<qsizetype>(0, text.indexOf(QChar::ReplacementCharacter)),
                   QStringLiteral("it is not %1").arg(nameOf(encoding)));
    if (const qsizetype zero = text.indexOf(QChar(0)); zero >= 0)
        return bad(zero, QStringLiteral("it contains a zero byte"));
    QByteArray result = text.toUtf8();
    if (result.startsWith("\xEF\xBB\xBF"))
        result.remove(0, 3);
    return result.replace("\r\n", "\n").replace('\r', '\n');
}

} // namespace slipway
