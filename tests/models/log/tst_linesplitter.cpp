// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/linesplitter.h"
#include "models/log/severity.h"

#include <QTest>

using namespace slipway;

class LineSplitterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySplitGivesTheSameLines() {
        const QByteArray stream("one\n\ntwo\xff\nlast");
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            LineSplitter splitter;
            QList<QPair<qint64, QByteArray>> lines;
            const auto take = [&](qint64 offset, const QByteArray &line) { lines.append({offset, line}); };
            splitter.add(stream.left(cut), take);
            splitter.add(stream.mid(cut), take);
            splitter.finish(take);
            const QList<QPair<qint64, QByteArray>> expected{
                {0, "one"}, {4, ""}, {5, "two\xff"}, {10, "last"}};
            QCOMPARE(lines, expected);
        }
    }

    void endlessLinesAreHandedOnInPieces() {
        LineSplitter splitter;
        qint64 bytes = 0;
        int pieces = 0;
        const QByteArray chunk(1024 * 1024, 'x');
        for (int i = 0; i < 10; ++i) {
            splitter.add(chunk, [&](qint64 offset, const QByteArray &piece) {
                QCOMPARE(offset, bytes);
                bytes += piece.size();
                ++pieces;
            });
        }
        QCOMPARE(pieces, 2);
        QCOMPARE(bytes, 8 * 1024 * 1024);
    }

    void severityByWords() {
        QCOMPARE(severityOf("[phase4] node-0 did not answer"), Severity::Error);
        QCOMPARE(severityOf("FATAL: disk"), Severity::Error);
        QCOMPARE(severityOf("server stopped (pid 3)"), Severity::Warning);
        QCOMPARE(severityOf("cycle 4: nodes ready"), Severity::Normal);
    }
};

QTEST_APPLESS_MAIN(LineSplitterTest)
#include "tst_linesplitter.moc"
