// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/filename.h"

#include <QRegularExpression>
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

QString namePartProblem(const QString &part) {
    // With any ending: Windows means the device by "aux.json" too.
    static const QRegularExpression device(
        QStringLiteral("\\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?\\z"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression reserved(QStringLiteral("[<>:\"\\\\|?*]"));
    // What the build of GitHub Pages takes for its own, or for a copy that an editor left.
    static const QRegularExpression hidden(QStringLiteral("\\A[._#~]|~\\z"));
    static const QRegularExpression shortGit(QStringLiteral("\\Agit~[0-9]+\\z"),
                                             QRegularExpression::CaseInsensitiveOption);
    const auto bytes = nameBytes(part);
    const QString plain = bytes ? QString::fromUtf8(*bytes) : QString();
    if (plain.isEmpty() || plain.toUtf8() != *bytes)
        return QStringLiteral("is not a text that every file system can hold");
    if (std::any_of(plain.begin(), plain.end(), [](QChar c) { return c.category() == QChar::Other_Control; }))
        return QStringLiteral("holds control characters");
    if (device.match(plain).hasMatch())
        return QStringLiteral(
            "is a name that Windows keeps for a device, so that no clone there could hold it");
    if (reserved.match(plain).hasMatch())
        return QStringLiteral("holds one of < > : \" \\ | ? *, which Windows has in no name");
    if (plain.endsWith(QLatin1Char('.')) || plain.endsWith(QLatin1Char(' ')))
        return QStringLiteral("ends with a dot or a blank, which Windows leaves out");
    if (hidden.match(plain).hasMatch())
        return QStringLiteral(
            "begins with . _ # or ~, or ends with ~, which the build of GitHub Pages leaves out");
    if (shortGit.match(plain).hasMatch())
        return QStringLiteral("is a name that git refuses");
    return {};
}

QString foldedName(const QString &name) {
    return name.toCaseFolded().normalized(QString::NormalizationForm_C);
}

} // namespace slipway
