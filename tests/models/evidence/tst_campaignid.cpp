// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/campaignid.h"

#include <QTest>

using namespace slipway;

class CampaignIdTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesThatMeanSomethingElse_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("good");
        for (const auto *name : {"v0.6.0.0-final-r14", "soak-v0.6.0-r11", "1", "A", "a_b", "v0.6.3",
                                 "console", "ship-gate-0.6.html-r1"})
            QTest::newRow(name) << QByteArray(name) << true;
        for (const auto *name : {"",
                                 "_x",
                                 ".x",
                                 "-x",
                                 "x~",
                                 "a#b",
                                 "a b",
                                 "a/b",
                                 "..",
                                 "été-1",
                                 "index.html",
                                 "INDEX.HTML",
                                 "index.json",
                                 "feed.xml",
                                 "badge.svg",
                                 "README.md",
                                 "robots.txt",
                                 "aux",
                                 "AUX",
                                 "aux.r1",
                                 "com1",
                                 "LPT9.x",
                                 "nul",
                                 "x.",
                                 "x.lock",
                                 "x.git",
                                 "a\nb",
                                 "--all",
                                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
            QTest::newRow(name) << QByteArray(name) << false;
    }

    void namesThatMeanSomethingElse() {
        QFETCH(QByteArray, name);
        QFETCH(bool, good);
        QCOMPARE(campaignIdProblem(QString::fromUtf8(name)).isEmpty(), good);
        // Taken in, it gets an id that is one, always the same, and stays as it is when it is taken in again.
        const QString id = campaignIdOf(name);
        QCOMPARE(id == QString::fromUtf8(name), good);
        QCOMPARE(campaignIdProblem(id), QString());
        QCOMPARE(campaignIdOf(name), id);
        QCOMPARE(campaignIdOf(id.toUtf8()), id);
        QVERIFY(campaignIdOf(name, true) != id || !good);
        QCOMPARE(campaignIdProblem(campaignIdOf(name, true)), QString());
    }

    void aProblemNamesWhatIsWrong() {
        QCOMPARE(campaignIdProblem(QStringLiteral("r1.v2.HTML")),
                 QStringLiteral("is called as a file of the site is (.HTML)"));
    }

    void twoNamesDoNotBecomeOne() {
        QVERIFY(campaignIdOf("a b") != campaignIdOf("a#b"));
        QCOMPARE(campaignIdOf("a b"),
                 QStringLiteral("a_b-c8687a08aa5d")); // printf 'a b' | sha256sum | cut -c1-12
        QVERIFY(campaignIdOf("a", true) != campaignIdOf("A", true));
    }

    void aFolderHoldsTheCampaignThatItIsNamedAfter() {
        QVERIFY(isIdOf(QStringLiteral("r1"), QStringLiteral("r1")));
        QVERIFY(isIdOf(campaignIdOf("aux"), QStringLiteral("aux")));
        QVERIFY(isIdOf(campaignIdOf("a", true), QStringLiteral("a")));
        QVERIFY(!isIdOf(QStringLiteral("r1"), QStringLiteral("r2")));
        QVERIFY(!isIdOf(campaignIdOf("aux"), QStringLiteral("nul")));
    }
};

QTEST_GUILESS_MAIN(CampaignIdTest)
#include "tst_campaignid.moc"
