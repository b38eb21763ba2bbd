// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/campaign/triage.h"

#include <QTest>

using namespace slipway;

namespace {

Check check(Check::Outcome outcome, Check::Flaw flaw) {
    Check made;
    made.outcome = outcome;
    made.flaw = flaw;
    made.phase = 2;
    return made;
}

} // namespace

class TriageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatItWrites() {
        const Triage triage{FailureClass::Harness, QStringLiteral("Ada"), QStringLiteral("a\n\"b\" <c> ü"),
                            QStringLiteral("https://example.org/issues/7")};
        const auto read = triageFromJson(triageToJson(triage));
        QVERIFY(read.ok());
        QCOMPARE(read->failureClass, triage.failureClass);
        QCOMPARE(read->owner, triage.owner);
        QCOMPARE(read->note, triage.note);
        QCOMPARE(read->link, triage.link);
        QCOMPARE(triageToJson(Triage{}), QByteArray("{}"));
        QVERIFY(triageFromJson("{}")->isEmpty());
        QVERIFY(!triageFromJson("nonsense").ok());
    }

    void everyClassHasItsName() {
        for (const FailureClass one : kFailureClasses)
            QCOMPARE(failureClassFromName(failureClassName(one)), one);
        QCOMPARE(failureClassFromName(QStringLiteral("Product")), std::nullopt);
    }

    void badFieldsAreNamed_data() {
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("link");
        QTest::addColumn<QString>("named");
        const QString none;
        QTest::newRow("lines in the owner")
            << QStringLiteral("a\nb") << none << none << QStringLiteral("owner");
        QTest::newRow("long owner") << QString(201, u'x') << none << none << QStringLiteral("owner");
        QTest::newRow("long note") << none << QString(4001, u'x') << none << QStringLiteral("note");
        QTest::newRow("control bytes")
            << none << QStringLiteral("a\x1b[31m") << none << QStringLiteral("note");
        QTest::newRow("script") << none << none << QStringLiteral("javascript:alert(1)")
                                << QStringLiteral("link");
        QTest::newRow("file") << none << none << QStringLiteral("file:///etc/passwd")
                              << QStringLiteral("link");
        QTest::newRow("no host") << none << none << QStringLiteral("https://") << QStringLiteral("link");
        QTest::newRow("a password") << none << none << QStringLiteral("https://me:secret@example.org/")
                                    << QStringLiteral("link");
    }

    void badFieldsAreNamed() {
        QFETCH(QString, owner);
        QFETCH(QString, note);
        QFETCH(QString, link);
        QFETCH(QString, named);
        const auto checked = checkTriage({std::nullopt, owner, note, link});
        QVERIFY(!checked.ok());
        QVERIFY2(checked.error().text.contains(named), qPrintable(checked.error().text));
    }

    void goodFieldsPass() {
        QVERIFY(checkTriage({FailureClass::Product, QStringLiteral("Grace"), QStringLiteral("two\nlines\t."),
                             QStringLiteral("http://tracker.local/1?a=b#c")})
                    .ok());
        QVERIFY(checkTriage({}).ok());
    }

    void checksAreCountedByClass() {
        const QList<Check> checks{check(Check::Outcome::Pass, Check::Flaw::None),
                                  check(Check::Outcome::Fail, Check::Flaw::None),
                                  check(Check::Outcome::Unknown, Check::Flaw::Invalid),
                                  check(Check::Outcome::Unknown, Check::Flaw::Invalid),
                                  check(Check::Outcome::Unknown, Check::Flaw::Missing),
                                  check(Check::Outcome::Pass, Check::Flaw::Unsupported)};
        QCOMPARE(countByClass(checks), (ClassCounts{1, 2, 1}));
        Check claim = check(Check::Outcome::Fail, Check::Flaw::None);
        claim.phase = 0;
        QCOMPARE(countByClass({claim}), ClassCounts{});
    }

    void onlyWhatNeedsALookHasALikelyClass() {
        QCOMPARE(likelyClass(Verdict::Fail), FailureClass::Product);
        QCOMPARE(likelyClass(Verdict::InvalidEvidence), FailureClass::Harness);
        QCOMPARE(likelyClass(Verdict::NoEvidence), FailureClass::Infrastructure);
        QCOMPARE(likelyClass(Verdict::Proven), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TriageTest)
#include "tst_triage.moc"
