// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/insight/lint.h"

#include <QTest>

using namespace slipway;

class InsightLintTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void marks_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("marked");
        const auto row = [](const char *name, const char *text, const QStringList &marked) {
            QTest::newRow(name) << QString::fromUtf8(text) << marked;
        };
        row("found", "200 of 200 writes arrived", {});
        row("not found", "201 of 200 writes arrived", {QStringLiteral("201")});
        row("a fraction of two", "197/200 on node-b", {QStringLiteral("197")});
        row("the second of two", "200/201", {QStringLiteral("201")});
        row("a share", "99.5 % held, 99.5%", {});
        row("a share that is not there", "98.5 % held", {QStringLiteral("98.5 %")});
        row("spelled otherwise", "1.0 and 1,000 and 0.9950", {});
        row("with a unit", "settled for 90s, not 30s", {QStringLiteral("30s")});
        row("a range", "13-90 s", {QStringLiteral("13")});
        row("names hold no numbers", "r22, v0.6.0, f81bd76, #316, node-7, SHA-256, 10.250.0.11, 16:07:57",
            {});
        row("a day", "On 2026-04-20 and 2026-04-21", {QStringLiteral("2026-04-21")});
        row("money", "cost $0.15", {QStringLiteral("0.15")});
        row("other letters", "größe 7, 200 Schreibvorgänge, ２００", {QStringLiteral("7")});
        row("what is to come", "Phase 4 is in flight and will end; a fix is pending, ongoing, in progress",
            {QStringLiteral("in flight"), QStringLiteral("will"), QStringLiteral("pending"),
             QStringLiteral("ongoing"), QStringLiteral("in progress")});
        row("inside of words", "goodwill, unexpected, impending", {});
        row("in-flight and Expected", "in-flight. Expected",
            {QStringLiteral("in-flight"), QStringLiteral("Expected")});
        row("markup", "<b>777</b>", {QStringLiteral("777")});
        row("nothing", "", {});
    }

    void marks() {
        QFETCH(QString, text);
        QFETCH(QStringList, marked);
        QStringList found;
        for (const LintMark &mark : lint(text, evidence(), true))
            found << text.mid(mark.start, mark.length);
        QCOMPARE(found, marked);
    }

    void wordsAreFreeWhileItRuns() {
        const QString text = QStringLiteral("Phase 4 is in flight");
        QVERIFY(lint(text, evidence(), false).isEmpty());
        const auto marks = lint(text, evidence(), true);
        QCOMPARE(marks, (QList<LintMark>{{LintMark::Kind::Unfinished, 11, 9}}));
        QVERIFY(lintText(marks.first(), text).contains(QStringLiteral("in flight")));
    }

    void digitsOfNamesAreNotEvidence() {
        const EvidenceNumbers numbers({{QStringLiteral("a"),
                                        "{\"id\":\"r31\",\"v\":\"0.6.32\",\"ip\":\"10.33.0.1\",\"at\":\"2026-"
                                        "04-20T16:34:35Z\",\"hash\":\"36ab\"}",
                                        {}}},
                                      {});
        for (const int number : {31, 32, 33, 34, 35, 36, 2026})
            QVERIFY2(!numbers.hasNumber(number, false), qPrintable(QString::number(number)));
        QVERIFY(numbers.hasDay("2026-04-20"));
    }

    void whatWasFoundCountsAsEvidence() {
        Judgement judgement;
        Check check;
        check.actual = QStringLiteral("4321 of 5000");
        check.n = 77;
        judgement.checks.append(check);
        const EvidenceNumbers numbers({}, judgement);
        for (const int number : {4321, 5000, 77})
            QVERIFY(numbers.hasNumber(number, false));
    }

    // No bytes end the reading.
    void anyBytesAreRead() {
        QByteArray bytes;
        for (int i = 0; i < 3000; ++i)
            bytes += static_cast<char>((i * 7919) % 256);
        bytes += "5e";
        const EvidenceNumbers numbers({{QStringLiteral("a"), bytes, {}},
                                       {QStringLiteral("b"), "2026-04-2", {}},
                                       {QStringLiteral("c"), "1.", {}}},
                                      {});
        QVERIFY(numbers.hasNumber(1, false));
    }

private:
    static EvidenceNumbers evidence() {
        return EvidenceNumbers({{QStringLiteral("phase2.json"),
                                 "{\"writes\":200,\"rate\":0.995,\"one\":1,\"m\":1000,\"phase\":4,\"settle\":"
                                 "[90,2], \"at\":\"2026-04-20T16:07:57Z\"}",
                                 {}}},
                               {});
    }
};

QTEST_GUILESS_MAIN(InsightLintTest)
#include "tst_insightlint.moc"
