// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/linediff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace slipway;

namespace {

QString textOf(const QList<DiffLine> &diff) {
    QString text;
    for (const DiffLine &line : diff) {
        const QChar mark = line.kind == DiffLine::Kind::Removed   ? QLatin1Char('-')
                           : line.kind == DiffLine::Kind::Added   ? QLatin1Char('+')
                           : line.kind == DiffLine::Kind::LeftOut ? QLatin1Char('~')
                                                                  : QLatin1Char(' ');
        text += mark + line.text + QLatin1Char('|');
    }
    return text;
}

QByteArray numbers(int from, int to) {
    QByteArray text;
    for (int i = from; i <= to; ++i)
        text += QByteArray::number(i) + '\n';
    return text;
}

} // namespace

class LineDiffTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesThatDiffer_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("diff");
        const auto row = [](const char *name, const QByteArray &before, const QByteArray &after,
                            const char *diff) {
            QTest::newRow(name) << before << after << QString::fromUtf8(diff);
        };
        row("the same", "a\nb\n", "a\nb\n", "");
        row("changed", "a\nb\nc\n", "a\nx\nc\n", " a|-b|+x| c|");
        row("added at the end", "a\n", "a\nb\n", " a|+b|");
        row("removed at the start", "a\nb\n", "b\n", "-a| b|");
        row("all of it", "", "a\nb\n", "+a|+b|");
        row("gone", "a\n", "", "-a|");
        row("moved", "a\nb\nc\n", "b\nc\na\n", "-a| b| c|+a|");
        row("a last line's end", "a", "a\n", "-a  (no end of line)|+a|");
        row("between", numbers(1, 9), numbers(1, 4) + "x\n" + numbers(6, 9),
            "~1 line| 2| 3| 4|-5|+x| 6| 7| 8|~1 line|");
        row("two places", numbers(1, 20), "x\n" + numbers(2, 19) + "y\n",
            "-1|+x| 2| 3| 4|~12 lines| 17| 18| 19|-20|+y|");
        row("no text", QByteArray("a\0b", 3), "a\n", "");
        row("not UTF-8", "\xff\xfe", "a\n", "");
    }

    void linesThatDiffer() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, diff);
        QCOMPARE(textOf(lineDiff(before, after)), diff);
    }

    // What is shown of it rebuilds the one text from the other, whatever they are.
    void theWayLeadsThere() {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            QByteArray before;
            QByteArray after;
            for (int i = 0; i < 3; ++i) { // short enough to be shown whole: at most three lines around
                before += QByteArray(1, char('a' + random.bounded(3))) + '\n';
                after += QByteArray(1, char('a' + random.bounded(3))) + '\n';
            }
            QByteArray from;
            QByteArray to;
            for (const DiffLine &line : lineDiff(before, after)) {
                if (line.kind != DiffLine::Kind::Added)
                    from += line.text.toUtf8() + '\n';
                if (line.kind != DiffLine::Kind::Removed)
                    to += line.text.toUtf8() + '\n';
            }
            if (before == after)
                continue;
            QCOMPARE(from, before);
            QCOMPARE(to, after);
        }
    }

    void aLongLineIsCutWhereItDiffers() {
        const QByteArray same(5000, 'x');
        const auto diff = lineDiff(same + "old\n", same + "new\n");
        QCOMPARE(diff.size(), 2);
        QVERIFY(diff.at(0).text.endsWith(QStringLiteral("xold")));
        QVERIFY(diff.at(1).text.endsWith(QStringLiteral("xnew")));
        QVERIFY(diff.at(0).text.size() < 500);
    }

    void whatHasLittleInCommonIsReportedAndEnds() {
        const auto diff = lineDiff(numbers(1, 5000), numbers(10'001, 15'000));
        QCOMPARE(diff.size(), 2000);
        QCOMPARE(diff.constFirst().kind, DiffLine::Kind::Removed);
        QCOMPARE(diff.constLast(), (DiffLine{DiffLine::Kind::LeftOut, QStringLiteral("8001 lines")}));
    }
};

QTEST_GUILESS_MAIN(LineDiffTest)
#include "tst_linediff.moc"
