// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/filteredlog.h"
#include "models/log/linepattern.h"
#include "tests/support/textlog.h"

#include <QTest>

#include <random>

using namespace slipway;
using sample::TextLog;

namespace {

LogBlock blockOf(const QByteArray &bytes) {
    return {0, bytes.count('\n') + (bytes.isEmpty() || bytes.endsWith('\n') ? 0 : 1), bytes};
}

LinePattern compiled(const QString &pattern, bool matchCase = true) {
    return *LinePattern::compile(pattern, matchCase);
}

QList<qint64> rowsOf(const LinePattern &pattern, const LogBlock &block) {
    QList<qint64> rows;
    pattern.match(block, [&](qint64 row, QByteArrayView) { rows << row; });
    return rows;
}

} // namespace

class FilteredLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSetKnowsItsMembers() {
        std::mt19937 random(7);
        for (const int oneIn : {1, 2, 60, 5000}) {
            LineSet set;
            std::vector<qint64> all;
            for (int round = 0; round < 40; ++round) {
                if (round % 7 == 3) { // what follows is said anew
                    const qint64 keep = set.looked() - static_cast<qint64>(random() % 500);
                    set.truncate(std::max<qint64>(0, keep));
                    std::erase_if(all, [&](qint64 row) { return row >= set.looked(); });
                }
                const qint64 first = set.looked();
                const qint64 rows = static_cast<qint64>(random() % 2000);
                std::vector<qint64> members;
                for (qint64 row = first; row < first + rows; ++row) {
                    if (random() % static_cast<unsigned>(oneIn) == 0)
                        members.push_back(row);
                }
                set.add(rows, members);
                all.insert(all.end(), members.begin(), members.end());
                QCOMPARE(set.count(), static_cast<qint64>(all.size()));
                QCOMPARE(set.looked(), first + rows);
            }
            for (size_t i = 0; i < all.size(); ++i) {
                QCOMPARE(set.at(static_cast<qint64>(i)), all[i]);
                QCOMPARE(set.before(all[i]), static_cast<qint64>(i));
                QCOMPARE(set.before(all[i] + 1), static_cast<qint64>(i) + 1);
            }
            QCOMPARE(set.at(-1), -1);
            QCOMPARE(set.at(set.count()), -1);
        }
    }

    void patternsFindTheLinesThatMatch_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QList<qint64>>("rows");
        const QByteArray text("alpha\n\nbeta gamma\nalpha beta\nlast");
        QTest::newRow("literal") << "beta" << text << QList<qint64>{2, 3};
        QTest::newRow("twice in a line") << "a" << text << QList<qint64>{0, 2, 3, 4};
        QTest::newRow("begin") << "^alpha" << text << QList<qint64>{0, 3};
        QTest::newRow("end") << "a$" << text << QList<qint64>{0, 2, 3};
        QTest::newRow("empty lines") << "^$" << text << QList<qint64>{1};
        QTest::newRow("everything") << "" << text << QList<qint64>{0, 1, 2, 3, 4};
        QTest::newRow("never over a line end") << "alpha\\s+beta" << text << QList<qint64>{3};
        QTest::newRow("negated class") << "alpha[^x]+last" << text << QList<qint64>{};
        QTest::newRow("the last line without end") << "last" << text << QList<qint64>{4};
        QTest::newRow("nothing after the last end") << "^$" << QByteArray("a\nb\n") << QList<qint64>{};
        QTest::newRow("zero bytes") << "b" << QByteArray("a\0b\nc\0d\n", 8) << QList<qint64>{0};
        QTest::newRow("no UTF-8") << "ok" << QByteArray("\xff\xfe ok\n\xff\n") << QList<qint64>{0};
        QTest::newRow("alternatives") << "gamma|last" << text << QList<qint64>{2, 4};
        QTest::newRow("words twice in a line") << "be|ta|al" << text << QList<qint64>{0, 2, 3};
        QTest::newRow("an empty word is in every line") << "beta|" << text << QList<qint64>{0, 1, 2, 3, 4};
        QTest::newRow("a word with a line end") << "beta\n" << text << QList<qint64>{};
    }

    void patternsFindTheLinesThatMatch() {
        QFETCH(QString, pattern);
        QFETCH(QByteArray, bytes);
        QFETCH(QList<qint64>, rows);
        QCOMPARE(rowsOf(compiled(pattern), blockOf(bytes)), rows);
    }

    // Blocks are searched from match to match, and line by line where matches are dense: no row may differ.
    void aBlockShowsWhatItsLinesShowAlone() {
        std::mt19937 random(11);
        const QList<LinePattern> patterns{
            compiled(QStringLiteral("a")),         compiled(QStringLiteral("^a")),
            compiled(QStringLiteral("b$")),        compiled(QStringLiteral("^$")),
            compiled(QStringLiteral("a.*b|ba")),   compiled(QStringLiteral("b*")),
            compiled(QStringLiteral("\\bab\\b")),  compiled(QStringLiteral("ab")),
            compiled(QStringLiteral("ab|b a|aab"))};
        for (int round = 0; round < 2000; ++round) {
            QByteArray bytes;
            for (size_t i = random() % 60; i > 0; --i)
                bytes += "ab \n"[random() % 4];
            const LogBlock block = blockOf(bytes);
            for (const LinePattern &pattern : patterns) {
                QList<qint64> alone;
                qint64 row = 0;
                for (const QByteArray &line : bytes.split('\n').mid(0, block.lines)) {
                    if (pattern.matches(line))
                        alone << row;
                    ++row;
                }
                QCOMPARE(rowsOf(pattern, block), alone);
            }
        }
    }

    void caseIsMatchedOnRequest() {
        const LogBlock block = blockOf("FATAL\nfatal\n");
        QCOMPARE(rowsOf(compiled(QStringLiteral("fatal"), true), block), QList<qint64>{1});
        QCOMPARE(rowsOf(compiled(QStringLiteral("fatal"), false), block), (QList<qint64>{0, 1}));
    }

    void aBrokenPatternIsExplained() {
        const auto broken = LinePattern::compile(QStringLiteral("(open"), true);
        QVERIFY(!broken.ok());
        QVERIFY(broken.error().text.contains(QStringLiteral("(open")));
    }

    // The classic that hangs a backtracking engine.
    void aHostilePatternOnAHostileLineEnds() {
        const LogBlock block = blockOf(QByteArray(60'000, 'a') + "!\n");
        QCOMPARE(rowsOf(compiled(QStringLiteral("(a+)+$")), block), QList<qint64>{});
    }

    void spansAreWhereItMatches() {
        using Spans = QList<std::pair<qsizetype, qsizetype>>;
        QCOMPARE(compiled(QStringLiteral("n")).spans("one nine"), (Spans{{1, 2}, {4, 5}, {6, 7}}));
        QCOMPARE(compiled(QStringLiteral("x*")).spans("axxb"), (Spans{{1, 3}}));
        QVERIFY(compiled(QStringLiteral("a")).spans(QByteArray(10'000, 'a')).size() <= 100);
    }

    void onlyMatchesAreShownAndKnowWhereTheyStand() {
        QList<QByteArray> text;
        for (int i = 0; i < 100; ++i)
            text << "line " + QByteArray::number(i);
        const auto base = std::make_shared<TextLog>(text);
        FilteredLog log(base);
        log.add(0, 50, {3, 4, 5, 40});
        QCOMPARE(log.lineCount(), 4);
        QCOMPARE(log.looked(), 50);
        const QList<LogLine> lines = log.lines(0, 10);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines.at(3).text, QByteArray("line 40"));
        QCOMPARE(lines.at(3).line, 40);
        QCOMPARE(log.baseRow(1), 4);
        QCOMPARE(log.rowOf(0, 6), 3);
        QCOMPARE(log.rowOf(0, 90), 3); // the last there is
        QCOMPARE(log.rowAt(base->lines(5, 1).constFirst().offset), 2);
        QCOMPARE(log.next(4, true), 5);
        QCOMPARE(log.next(4, false), 3);
        QCOMPARE(log.next(40, true), -1);
        QCOMPARE(log.next(3, false), -1);
        log.add(40, 60, {99}); // line 40 has grown and matches no more
        QCOMPARE(log.lineCount(), 4);
        QCOMPARE(log.baseRow(3), 99);
        log.clear();
        QCOMPARE(log.lineCount(), 0);
        QVERIFY(log.lines(0, 10).isEmpty());
    }
};

QTEST_GUILESS_MAIN(FilteredLogTest)
#include "tst_filteredlog.moc"
