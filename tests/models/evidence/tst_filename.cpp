// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/filename.h"

#include <QTest>

using namespace slipway;

class FileNameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesAreDistinguishedAndFoundAgain_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *title, const QByteArray &name, const QString &text) {
            QTest::newRow(title) << name << text;
        };
        row("plain", "phase2.json", QStringLiteral("phase2.json"));
        row("of a folder", "a/b c.json", QStringLiteral("a/b c.json"));
        row("with signs", "a~!#$&'()*+,:;<=>?@[]^`{|}", QStringLiteral("a~!#$&'()*+,:;<=>?@[]^`{|}"));
        row("in other letters", "Grüße", QStringLiteral("Grüße"));
        row("not UTF-8", "a\xff", QStringLiteral("a%FF"));
        row("a control character", "a\nb", QStringLiteral("a%0Ab"));
        row("a percent sign", "a%0Ab", QStringLiteral("a%250Ab"));
    }

    void namesAreDistinguishedAndFoundAgain() {
        QFETCH(const QByteArray, name);
        QFETCH(const QString, text);
        QCOMPARE(nameText(name), text);
        QCOMPARE(nameBytes(text), name);
    }

    // A text that nameText() never gives is the name of nothing.
    void textsThatAreNotNamesAreRefused() {
        for (const char *text : {"a%", "a%zz", "a%41", "a\nb"})
            QCOMPARE(nameBytes(QString::fromLatin1(text)), std::nullopt);
        QCOMPARE(nameBytes(QStringLiteral("good/a%41")), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(FileNameTest)
#include "tst_filename.moc"
