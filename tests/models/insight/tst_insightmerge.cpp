// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/insightmerge.h"

#include <QTest>

using namespace slipway;

class InsightMergeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // As two editors do that began with the same entry.
    void twoEditors_data() {
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<QByteArray>("mine");
        QTest::addColumn<QByteArray>("theirs");
        QTest::addColumn<QByteArray>("merged");
        const QByteArray base = R"({"headline": "a", "verdict": "b"})";
        QTest::newRow("other fields") << base << QByteArray(R"({"headline": "mine", "verdict": "b"})")
                                      << QByteArray(R"({"headline": "a", "verdict":   "theirs"})")
                                      << QByteArray(R"({"headline": "mine", "verdict":   "theirs"})");
        QTest::newRow("a key of theirs")
            << base << QByteArray(R"({"headline": "mine", "verdict": "b"})")
            << QByteArray(R"({"headline": "a", "verdict": "b", "x": {"y":1}})")
            << QByteArray(R"({"headline": "mine", "verdict": "b", "x": {"y":1}})");
        QTest::newRow("a key of mine")
            << base << QByteArray(R"({"headline": "a", "verdict": "b", "for_sme": "s"})")
            << QByteArray(R"({"headline": "t", "verdict": "b"})")
            << QByteArray(R"({"headline": "t", "verdict": "b", "for_sme": "s"})");
        QTest::newRow("the same by both") << base << QByteArray(R"({"headline": "c", "verdict": "b"})")
                                          << QByteArray(R"({"headline":"c","verdict":"b"})")
                                          << QByteArray(R"({"headline":"c","verdict":"b"})");
        QTest::newRow("none there") << QByteArray() << base << QByteArray() << base;
    }

    void twoEditors() {
        QFETCH(QByteArray, base);
        QFETCH(QByteArray, mine);
        QFETCH(QByteArray, theirs);
        QFETCH(QByteArray, merged);
        const auto result = mergeInsight({{base}, {base}}, mine, theirs);
        QVERIFY(result.ok());
        QCOMPARE(*result, merged);
    }

    void whatBothChangedIsNamed() {
        const QByteArray base = R"({"headline": "a", "verdict": "b", "for_sme": "s"})";
        const auto result =
            mergeInsight({{base}, {base}}, R"({"headline": "m", "verdict": "m", "for_sme": "s"})",
                         R"({"headline": "t", "verdict": "t", "for_sme": "s"})");
        QVERIFY(!result.ok());
        QCOMPARE(result.error().code, ErrorCode::AlreadyExists);
        QCOMPARE(result.error().text, QStringLiteral("headline, verdict"));
    }

    // What only one of them changed is kept, whoever wins where both did.
    void aConflictIsSettledEitherWay() {
        const QByteArray base = R"({"headline": "a", "verdict": "b", "for_sme": "s"})";
        const QByteArray mine = R"({"headline": "m", "verdict": "m", "for_sme": "s"})";
        const QByteArray theirs = R"({"headline": "t", "verdict": "b", "for_sme": "t"})";
        QCOMPARE(*mergeInsight({{base}, {base}}, mine, theirs, InsightConflict::Mine),
                 QByteArray(R"({"headline": "m", "verdict": "m", "for_sme": "t"})"));
        QCOMPARE(*mergeInsight({{base}, {base}}, mine, theirs, InsightConflict::Theirs),
                 QByteArray(R"({"headline": "t", "verdict": "m", "for_sme": "t"})"));
    }

    void twoThatBeginBothAreAConflict() {
        const auto result =
            mergeInsight({{QByteArray()}, {QByteArray()}}, R"({"headline": "m"})", R"({"headline": "t"})");
        QVERIFY(!result.ok());
    }

    // As an archive publishes: what it imported it did not write, and what it wrote before it may write over.
    void anArchiveWritesOverWhatItKnows() {
        const QByteArray imported = R"({"headline": "a", "verdict": "b"})";
        const QByteArray older = R"({"headline": "m1", "verdict": "b"})";
        const QByteArray mine = R"({"headline": "m2", "verdict": "b"})";
        const InsightHistory history{{older, mine, imported}, {imported}};
        QCOMPARE(*mergeInsight(history, mine, older), mine);
        QCOMPARE(*mergeInsight(history, mine, imported), QByteArray(R"({"headline": "m2", "verdict": "b"})"));
        // They changed the verdict, which was never written here.
        QCOMPARE(*mergeInsight(history, mine, R"({"headline": "m1", "verdict": "theirs"})"),
                 QByteArray(R"({"headline": "m2", "verdict": "theirs"})"));
        QVERIFY(!mergeInsight(history, mine, R"({"headline": "theirs", "verdict": "b"})").ok());
    }
};

QTEST_GUILESS_MAIN(InsightMergeTest)
#include "tst_insightmerge.moc"
