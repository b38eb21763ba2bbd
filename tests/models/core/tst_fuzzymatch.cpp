// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/fuzzymatch.h"

#include <QTest>

using namespace slipway;

class FuzzyMatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFits_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::newRow("a letter left out") << "lauch"
                                           << "File: Launch a campaign" << true;
        QTest::newRow("two letters swapped") << "luanch"
                                             << "File: Launch a campaign" << true;
        QTest::newRow("another letter") << "lawnch"
                                        << "File: Launch a campaign" << true;
        QTest::newRow("a letter too many") << "launnch"
                                           << "File: Launch a campaign" << true;
        QTest::newRow("any order and case") << "CAMPAIGN launch"
                                            << "File: Launch a campaign" << true;
        QTest::newRow("within a word") << "77"
                                       << "soak-r77" << true;
        QTest::newRow("across a word's end") << "soak-r7"
                                             << "soak-r77" << true;
        QTest::newRow("no word") << ""
                                 << "anything" << true;
        QTest::newRow("two mistakes") << "lawnhc"
                                      << "File: Launch a campaign" << false;
        QTest::newRow("one word does not fit") << "launch zebra"
                                               << "File: Launch a campaign" << false;
        QTest::newRow("too short to be forgiven") << "zep"
                                                  << "Zap" << false;
        QTest::newRow("letters of several words") << "flac"
                                                  << "File: Launch a campaign" << false;
    }
    void whatFits() {
        QFETCH(QString, words);
        QFETCH(QString, text);
        QFETCH(bool, fits);
        QCOMPARE(fuzzyScore(words.split(QLatin1Char(' '), Qt::SkipEmptyParts), text).has_value(), fits);
    }

    void theBestComesFirst() {
        const auto score = [](const char *text) {
            return fuzzyScore({QStringLiteral("r77")}, QString::fromLatin1(text)).value();
        };
        QCOMPARE(score("soak-r77"), 0);
        QVERIFY(score("soak-r77") < score("soak-r770"));
        QVERIFY(score("soak-r770") < score("soakr77"));
        const auto launch = [](const char *word) {
            return fuzzyScore({QString::fromLatin1(word)}, QStringLiteral("Launch")).value();
        };
        QVERIFY(launch("launch") < launch("lau"));
        QVERIFY(launch("lau") < launch("lauch"));
        QVERIFY(launch("lauch") < launch("lawnch"));
    }

    void aLongTextIsMatchedByItsBeginning() {
        const QString text = QString(100'000, QLatin1Char('x')) + QStringLiteral(" end");
        QVERIFY(!fuzzyScore({QStringLiteral("end")}, text));
        QVERIFY(fuzzyScore({QStringLiteral("xx")}, text));
    }
};

QTEST_GUILESS_MAIN(FuzzyMatchTest)
#include "tst_fuzzymatch.moc"
