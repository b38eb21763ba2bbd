// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/filename.h"
#include "models/evidence/publishednames.h"

#include <QSet>
#include <QTest>

using namespace slipway;

class PublishedNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesThatMeanSomethingElse_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("good");
        for (const char *name :
             {"phase2.json", "observations/phase2-burst-chaos.obs.jsonl.zst", "Makefile", "a b.txt",
              "a-b_c.log", "console.log", "com.txt", "a..b", "-x", "(1).log", "caf\u00e9.log", "git~x"})
            QTest::newRow(name) << QString::fromUtf8(name) << true;
        for (const char *name :
             {"_x",    ".x",     "#x",    "~x",    "x~",       "logs/_x",    "a/..",     "_logs/x",
              "x.",    "x ",     "a./x",  "CON",   "con.json", "Aux.log.gz", "logs/nul", "LPT1.txt",
              "a:b",   "a*b",    "a?b",   "a<b",   "a>b",      "a|b",        "a\"b",     "a\\b",
              "git~1", "GIT~12", "a%0Ab", "a%1Bb", "a%FFb"})
            QTest::newRow(name) << QString::fromUtf8(name) << false;
    }

    // Under its own name, or under one that is good, always the same, and stays when it is taken in again.
    void namesThatMeanSomethingElse() {
        QFETCH(QString, name);
        QFETCH(bool, good);
        const auto published = PublishedNames({}).of(name);
        QCOMPARE(published.name == name, good);
        QCOMPARE(published.why.isEmpty(), good);
        for (const QString &part : published.name.split(QLatin1Char('/')))
            QCOMPARE(namePartProblem(part), QString());
        QCOMPARE(PublishedNames({}).of(name).name, published.name);
        QCOMPARE(PublishedNames({}).of(published.name).name, published.name);
    }

    void anEndingStays() {
        QVERIFY(PublishedNames({}).of(QStringLiteral("_notes.json")).name.endsWith(QLatin1String(".json")));
        QVERIFY(PublishedNames({}).of(QStringLiteral("aux.log")).name.startsWith(QLatin1String("aux-")));
    }

    void ofALongNameAHundredCharactersStay() {
        const auto lengthOf = [](int letters) {
            const QString name =
                QLatin1Char('?') + QString(letters - 1, QLatin1Char('a')) + QStringLiteral(".json");
            return PublishedNames({}).of(name).name.size() - qsizetype(sizeof("file-0123456789ab.json") - 1);
        };
        QCOMPARE(lengthOf(99), 99);
        QCOMPARE(lengthOf(100), 100);
        QCOMPARE(lengthOf(101), 100);
    }

    void twoThatAreOneSomewhereGetTwoNames() {
        const QStringList names{
            QStringLiteral("A.log"),      QStringLiteral("a.log"),          QStringLiteral("a%0A.log"),
            QStringLiteral("a%0D.log"),   QStringLiteral("Logs/x"),         QStringLiteral("logs/x"),
            QStringLiteral("logs/y"),     QString::fromUtf8("e\u0301.log"), QString::fromUtf8("\u00e9.log"),
            QStringLiteral("INDEX.html"), QStringLiteral("Phase2.json"),    QStringLiteral("phase2.json")};
        const auto published = publishedNames(names, {QStringLiteral("index.html")});
        QCOMPARE(published.size(), names.size());
        QSet<QString> folded{QStringLiteral("index.html")};
        QSet<QString> folders;
        for (const auto &one : published) {
            QVERIFY2(!folded.contains(foldedName(one.name)), qPrintable(one.name));
            folded.insert(foldedName(one.name));
            if (one.name.contains(QLatin1Char('/')))
                folders.insert(one.name.section(QLatin1Char('/'), 0, 0));
        }
        QCOMPARE(folders.size(), 2);
        QVERIFY(folders.contains(QStringLiteral("logs")));
        // Evidence is in lower case, and keeps its name.
        QCOMPARE(published.value(QStringLiteral("phase2.json")).name, QStringLiteral("phase2.json"));
        QCOMPARE(published.value(QStringLiteral("a.log")).name, QStringLiteral("a.log"));
        QCOMPARE(published.value(QStringLiteral("logs/y")).name, QStringLiteral("logs/y"));
        QVERIFY(
            published.value(QStringLiteral("A.log")).why.contains(QLatin1String("upper from lower case")));
    }
};

QTEST_GUILESS_MAIN(PublishedNamesTest)
#include "tst_publishednames.moc"
