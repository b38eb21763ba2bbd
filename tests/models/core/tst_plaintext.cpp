// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/plaintext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace slipway;

namespace {

QString ofCodePoint(char32_t c) {
    return QStringView(QChar::fromUcs4(c)).toString();
}

// Of ASCII all that are not control characters; of the rest what a terminal shows and does not act on.
bool isShown(char32_t c) {
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

} // namespace

class PlainTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCharacterThatActsIsABlank() {
        for (char32_t c = 0; c <= QChar::LastValidCodePoint; ++c) {
            if (QChar::isSurrogate(c))
                continue;
            const QString text = QStringLiteral("a") + ofCodePoint(c) + QStringLiteral("b");
            if (plainText(text) != (isShown(c) ? text : QStringLiteral("a b")))
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'))));
        }
    }

    void halfAPairIsABlank() {
        const QChar high(0xd83d);
        QCOMPARE(plainText(QString(high)), QStringLiteral(" "));
        QCOMPARE(plainText(QString(high) + QLatin1Char('x')), QStringLiteral(" x"));
    }

    void jsonKeepsItsValue() {
        for (char32_t c = 0; c <= QChar::LastValidCodePoint; ++c) {
            if (QChar::isSurrogate(c))
                continue;
            const QJsonObject object{{QStringLiteral("text"), ofCodePoint(c)}};
            const QString line =
                escapedForJson(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
            if (plainText(line) != line || QJsonDocument::fromJson(line.toUtf8()).object() != object)
                QFAIL(qPrintable(QStringLiteral("U+%1").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'))));
        }
    }
};

QTEST_GUILESS_MAIN(PlainTextTest)
#include "tst_plaintext.moc"
