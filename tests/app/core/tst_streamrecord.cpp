// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/core/streamrecord.h"
#include "models/observation/zstream.h"

#include <QCryptographicHash>
#include <QTest>

using namespace slipway;

namespace {

const QString kName = QStringLiteral("phase4-chaos-chaos.obs.jsonl");

EndedStream recorded(const QByteArray &bytes, qsizetype piece) {
    StreamRecord record(kName, StreamRecord::Keeps::Bytes);
    for (qsizetype from = 0; from < bytes.size(); from += piece)
        record.add(QByteArrayView(bytes).sliced(from, std::min(piece, bytes.size() - from)));
    return record.end();
}

QByteArray plain(const EndedStream &stream) {
    const auto bytes = plainBytes({stream.name + kCompressedSuffix, stream.compressed}, kStreamLimit);
    return bytes ? *bytes : QByteArray("unreadable");
}

} // namespace

class StreamRecordTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Whoever records it, as it arrives or from a file: the kept bytes are the same.
    void theSameBytesGiveTheSameFramesInWhateverPieces() {
        QByteArray bytes;
        for (int i = 0; bytes.size() < 3'000'000; ++i)
            bytes += "line " + QByteArray::number(i * 7919) + '\n';
        const EndedStream whole = recorded(bytes, bytes.size());
        QCOMPARE(plain(whole), bytes);
        QCOMPARE(whole.bytes, bytes.size());
        QCOMPARE(whole.lines, bytes.count('\n'));
        QCOMPARE(whole.sha256.toLatin1(),
                 QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        for (const qsizetype piece : {4093, 1024 * 1024, 1024 * 1024 + 1}) {
            const EndedStream other = recorded(bytes, piece);
            QCOMPARE(other.compressed, whole.compressed);
            QCOMPARE(other.sha256, whole.sha256);
        }
    }

    void aLastLineWithoutItsEndCounts() {
        QCOMPARE(recorded("one\ntwo", 2).lines, 2);
        QCOMPARE(recorded("one\ntwo\n", 2).lines, 2);
        QCOMPARE(recorded({}, 2).lines, 0);
        QCOMPARE(plain(recorded("one\ntwo", 3)), QByteArray("one\ntwo"));
    }

    void whatWasBegunAnewHoldsNothingOfBefore() {
        StreamRecord record(kName, StreamRecord::Keeps::Bytes);
        record.add("of before");
        record.clear();
        record.add("anew\n");
        QCOMPARE(plain(record.end()), QByteArray("anew\n"));
        QCOMPARE(record.end().bytes, 5);
        QCOMPARE(record.end().lines, 1);
    }

    void warningsOfALogAreFoundWhereTheyStand() {
        for (const qsizetype piece : {1, 3, 1000}) {
            const QByteArray log = "fine\nan ERROR here\n" + QByteArray(2000, 'x') + " failed\nwarn";
            StreamRecord record(kName, StreamRecord::Keeps::Warnings);
            for (qsizetype from = 0; from < log.size(); from += piece)
                record.add(QByteArrayView(log).sliced(from, std::min(piece, log.size() - from)));
            const QList<LogWarning> &found = record.end().warnings;
            QCOMPARE(found.size(), 2); // of a long line only its beginning is looked at
            QCOMPARE(found.at(0).offset, 5);
            QCOMPARE(found.at(0).line, QByteArray("an ERROR here"));
            QCOMPARE(found.at(1).offset, log.size() - 4);
            QVERIFY(record.end().compressed.isEmpty());
        }
    }

    void warningsAreBounded() {
        StreamRecord record(kName, StreamRecord::Keeps::Warnings);
        for (int i = 0; i < 5000; ++i)
            record.add("it failed\n");
        QCOMPARE(record.end().warnings.size(), 1000);
    }
};

QTEST_GUILESS_MAIN(StreamRecordTest)
#include "tst_streamrecord.moc"
