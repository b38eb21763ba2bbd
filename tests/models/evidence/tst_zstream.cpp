// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/observation.h"
#include "models/evidence/zstream.h"

#include <QTest>

using namespace slipway;

namespace {

QByteArrayList linesOf(const EvidenceFile &file) {
    QByteArrayList lines;
    const auto read = forEachLine(file, [&](QByteArrayView line, qint64 offset) {
        lines.append(QByteArray::number(offset) + ' ' + line.toByteArray());
        return true;
    });
    if (!read)
        lines.append(read.error().text.toUtf8());
    return lines;
}

EvidenceFile plain(const QByteArray &bytes) {
    return {QStringLiteral("a.jsonl"), bytes};
}

EvidenceFile compressed(const QByteArray &frames) {
    return {QStringLiteral("a.jsonl.zst"), frames};
}

} // namespace

class TestZstream : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compressedLinesAreThePlainOnes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no line end") << QByteArray("one");
        QTest::newRow("blank lines") << QByteArray("\n\none\n\n");
        QTest::newRow("longer than a piece") << QByteArray(700'000, 'x') + "\nend\n";
        QByteArray many;
        for (int i = 0; i < 100'000; ++i)
            many += QByteArray::number(i) + '\n';
        QTest::newRow("many") << many;
    }
    void compressedLinesAreThePlainOnes() {
        QFETCH(QByteArray, bytes);
        const QByteArrayList lines = linesOf(plain(bytes));
        QCOMPARE(linesOf(compressed(zstdCompress(bytes))), lines);
        const qsizetype half = bytes.size() / 2;
        QCOMPARE(linesOf(compressed(zstdCompress(bytes.left(half)) + zstdCompress(bytes.mid(half)))), lines);
        const auto whole = plainBytes(compressed(zstdCompress(bytes)), bytes.size());
        QVERIFY(whole.ok());
        QCOMPARE(*whole, bytes);
    }

    void offsetsAreThoseOfThePlainBytes() {
        QCOMPARE(linesOf(compressed(zstdCompress("one\ntwo\n\nfour"))),
                 (QByteArrayList{"0 one", "4 two", "8 ", "9 four"}));
    }

    void damagedFramesAreRefused() {
        const QByteArray frame = zstdCompress(QByteArray(10'000, 'x') + "\nend\n");
        for (qsizetype at = 0; at < frame.size(); ++at) {
            QByteArray changed = frame;
            changed[at] = static_cast<char>(changed.at(at) ^ 0x41);
            QVERIFY2(!forEachLine(compressed(changed), [](QByteArrayView, qint64) { return true; }).ok() ||
                         *plainBytes(compressed(changed), 1 << 20) == *plainBytes(compressed(frame), 1 << 20),
                     qPrintable(QString::number(at)));
        }
        for (qsizetype size = 1; size < frame.size(); ++size)
            QVERIFY(!plainBytes(compressed(frame.left(size)), 1 << 20).ok());
    }

    void moreThanAllowedIsRefused() {
        const QByteArray frame = zstdCompress(QByteArray(40 << 20, 'x'));
        QVERIFY(frame.size() < 10'000);
        QVERIFY(!plainBytes(compressed(frame), 1 << 20).ok());
        const auto read = forEachLine(compressed(frame), [](QByteArrayView, qint64) { return true; });
        QVERIFY(!read.ok());
        QVERIFY(read.error().text.contains(QStringLiteral("too long")));
    }

    void observationsAreReadFromCompressedStreams() {
        const QByteArray stream = R"({"t":"2026-01-01T00:00:00.000001Z","obs":"begin"})"
                                  "\nnot one\n"
                                  R"({"t":"2026-01-01T00:00:01.000001Z","obs":"end"})"
                                  "\n";
        QStringList kinds;
        const int strange =
            forEachObservation(compressed(zstdCompress(stream)), [&](const Observation &observation) {
                kinds << observation.kind;
                QCOMPARE(observation.source.file, QStringLiteral("a.jsonl"));
            });
        QCOMPARE(strange, 1);
        QCOMPARE(kinds, (QStringList{QStringLiteral("begin"), QStringLiteral("end")}));
    }
};

QTEST_GUILESS_MAIN(TestZstream)
#include "tst_zstream.moc"
