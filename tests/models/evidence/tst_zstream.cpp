// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/observation/observation.h"
#include "models/observation/zstream.h"

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
        for (const qsizetype size : {256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 512 * 1024})
            QTest::addRow("%lld bytes", static_cast<long long>(size)) << QByteArray(size, 'x');
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

    // Frames of other writers may have no checksum: then all of the input is taken while some of the output
    // is still held back. By zstd --no-check: a letter, and 262,144 of it.
    void aFrameWithoutAChecksumIsReadToItsEnd() {
        const QByteArray letter = QByteArray::fromHex("28b52ffd005809000078");
        const QByteArray many = QByteArray::fromHex("28b52ffd00585400001078780100fbff39c00203001078");
        const auto read = plainBytes(compressed(letter + many), 1 << 20);
        QVERIFY2(read, read ? "" : qPrintable(read.error().text));
        QCOMPARE(*read, QByteArray(262'145, 'x'));
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

    // Bytes that every reader passes over (RFC 8878) could say anything.
    void framesThatAreSkippedAreRefused() {
        const QByteArray frame = zstdCompress("one\n");
        for (const char magic : {'\x50', '\x5f'}) {
            const QByteArray skipped = QByteArray(1, magic) + QByteArray("\x2a\x4d\x18\x02\x00\x00\x00hi", 9);
            for (const QByteArray &bytes : {skipped + frame, frame + skipped, frame + skipped + frame})
                QVERIFY(!plainBytes(compressed(bytes), 1 << 20).ok());
        }
        QCOMPARE(*plainBytes(compressed(frame + frame), 1 << 20), QByteArray("one\none\n"));
    }

    void moreThanAllowedIsRefused() {
        const QByteArray frame = zstdCompress(QByteArray(40 << 20, 'x'));
        QVERIFY(frame.size() < 10'000);
        QVERIFY(!plainBytes(compressed(frame), 1 << 20).ok());
        const auto read = forEachLine(compressed(frame), [](QByteArrayView, qint64) { return true; });
        QVERIFY(!read.ok());
        QVERIFY(read.error().text.contains(QStringLiteral("too long")));
    }

    // A few hundred kilobytes that would be four gibibytes of memory.
    void aStreamHasFourGibibytesAtMost() {
        constexpr qint64 kFrame = 64 << 20;
        const QByteArray max = zstdCompress(QByteArray(kFrame, 'x')).repeated(kStreamLimit / kFrame);
        qsizetype longest = 0;
        const auto countOf = [&longest](const QByteArray &bytes) {
            qint64 size = 0;
            longest = 0;
            const auto read = forEachPiece(compressed(bytes), [&](QByteArrayView piece) -> Result<bool> {
                size += piece.size();
                longest = std::max(longest, piece.size());
                return true;
            });
            return read ? QString::number(size) : read.error().text;
        };
        QCOMPARE(countOf(max), QString::number(kStreamLimit));
        QCOMPARE(longest, 256 * 1024); // which is all that is held of them
        const QString refused = countOf(max + zstdCompress("x"));
        QVERIFY2(refused.contains(QStringLiteral("it holds more than 4294967296 bytes")),
                 qPrintable(refused));
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

    void linesHaveALimit() {
        constexpr qsizetype kLimit = qsizetype(16) * 1024 * 1024;
        const auto reads = [](const EvidenceFile &file) {
            return forEachLine(file, [](QByteArrayView, qint64) { return true; }).ok();
        };
        const QByteArray line(kLimit, 'x');
        for (const QByteArray &end : {QByteArray(), QByteArray("\n"), QByteArray("\nend\n")}) {
            QVERIFY(reads(plain("begin\n" + line + end)));
            QVERIFY(!reads(plain("begin\n" + line + 'x' + end)));
        }
        QVERIFY(reads(compressed(zstdCompress(line))));
        const auto described =
            forEachLine(plain("begin\n" + line + 'x'), [](QByteArrayView, qint64) { return true; });
        QCOMPARE(described.error().text,
                 QStringLiteral("a.jsonl cannot be read: the line at byte 6 is too long"));
    }

    void bytesComeInPieces() {
        const auto piecesOf = [](const EvidenceFile &file) {
            QList<qsizetype> sizes;
            const auto read = forEachPiece(file, [&](QByteArrayView piece) -> Result<bool> {
                sizes << piece.size();
                return true;
            });
            return read ? sizes : QList<qsizetype>{-1};
        };
        constexpr qsizetype kWhole = 256 * 1024;
        for (const bool packed : {false, true}) {
            const auto of = [packed](qsizetype size) {
                const QByteArray bytes(size, 'x');
                return packed ? compressed(zstdCompress(bytes)) : plain(bytes);
            };
            QCOMPARE(piecesOf(of(0)), QList<qsizetype>());
            QCOMPARE(piecesOf(of(1)), QList<qsizetype>{1});
            QCOMPARE(piecesOf(of(kWhole)), QList<qsizetype>{kWhole});
            QCOMPARE(piecesOf(of(kWhole + 1)), (QList<qsizetype>{kWhole, 1}));
        }
    }

    void readingStopsWhereItIsAsked() {
        const QByteArray bytes = "one\ntwo\n" + QByteArray(700'000, 'x') + "\nfour";
        for (const EvidenceFile &file : {plain(bytes), compressed(zstdCompress(bytes))}) {
            for (int max = 1; max <= 4; ++max) {
                int seen = 0;
                QVERIFY(forEachLine(file, [&](QByteArrayView, qint64) { return ++seen < max; }).ok());
                QCOMPARE(seen, max);
            }
        }
        // What comes behind is not looked at, and may be damaged.
        const QByteArray cut = zstdCompress(bytes) + "damaged";
        QVERIFY(forEachLine(compressed(cut), [](QByteArrayView, qint64) { return false; }).ok());
        QVERIFY(!forEachLine(compressed(cut), [](QByteArrayView, qint64) { return true; }).ok());
    }

    void plainBytesHaveTheLimitThatIsAsked() {
        for (const EvidenceFile &file : {plain("12345"), compressed(zstdCompress("12345"))}) {
            QCOMPARE(*plainBytes(file, 5), QByteArray("12345"));
            const auto refused = plainBytes(file, 4);
            QVERIFY(!refused.ok());
            QVERIFY(refused.error().text.contains(QStringLiteral("it holds more than 4 bytes")));
        }
        const QByteArray large(700'000, 'x');
        QCOMPARE(*plainBytes(plain(large), large.size()), large);
        QVERIFY(!plainBytes(plain(large), large.size() - 1).ok());
    }

    void compressedNamesEndSo() {
        QCOMPARE(uncompressedName(QStringLiteral("a.jsonl.zst")), QStringLiteral("a.jsonl"));
        QCOMPARE(uncompressedName(QStringLiteral("a.jsonl")), QStringLiteral("a.jsonl"));
        QVERIFY(zstdCompress({}).size() > 0); // a frame of nothing
        QCOMPARE(*plainBytes(compressed(zstdCompress({})), 0), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestZstream)
#include "tst_zstream.moc"
