// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/rowtext.h"

#include <QCryptographicHash>
#include <QStringList>

namespace slipway {

QString numbersText(const QList<int> &numbers) {
    QStringList words;
    for (const int number : numbers)
        words << QString::number(number);
    return words.join(kListSeparator);
}

QList<int> numbersFromText(const QString &text) {
    QList<int> numbers;
    for (const QString &word : text.split(kListSeparator, Qt::SkipEmptyParts))
        numbers << word.toInt();
    return numbers;
}

QString foldedText(const QString &text) {
    QString folded = text.normalized(QString::NormalizationForm_D);
    folded.removeIf([](QChar letter) { return letter.unicode() >= 0x300 && letter.unicode() <= 0x36f; });
    return folded.normalized(QString::NormalizationForm_C).toCaseFolded();
}

QString sha256Text(const QByteArray &bytes) {
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

} // namespace slipway
