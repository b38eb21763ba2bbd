// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logspool.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

#include <sys/resource.h>

using namespace slipway;

class LogSpoolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void keepsBytesAndCutsLines() {
        const QByteArray stream("one\n\ntwo\xff\0x\nlast", 16);
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            const QString path = m_dir->filePath(QString::number(cut));
            const auto spool = open(path);
            QVERIFY(spool->append(0, stream.left(cut)).ok());
            QVERIFY(spool->append(cut, stream.mid(cut)).ok());
            QCOMPARE(spool->lineCount(), 4);
            QCOMPARE(texts(*spool, 0, 10),
                     QList<QByteArray>({"one", "", QByteArray("two\xff\0x", 6), "last"}));
            QCOMPARE(texts(*spool, 2, 1), QList<QByteArray>({QByteArray("two\xff\0x", 6)}));
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), stream);
        }
    }

    void gapsAndOverlapsAreRefused() {
        const auto spool = open(m_dir->filePath(QStringLiteral("s")));
        QVERIFY(spool->append(0, "abc").ok());
        for (const qint64 offset : {0, 2, 4}) {
            const auto appended = spool->append(offset, "x");
            QVERIFY(!appended.ok());
            QCOMPARE(appended.error().code, ErrorCode::Corrupt);
        }
        QCOMPARE(spool->byteCount(), 3);
    }

    void anyLineOfManyIsFound() {
        const QString path = m_dir->filePath(QStringLiteral("many"));
        QByteArray bytes;
        for (int i = 0; i < 300'000; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        QVERIFY(open(path)->append(0, bytes).ok());
        const auto spool = open(path); // indexed anew from the file
        QCOMPARE(spool->lineCount(), 300'000);
        for (const int line : {0, 1, 255, 256, 257, 99'999, 299'999})
            QCOMPARE(texts(*spool, line, 1), QList<QByteArray>({"line " + QByteArray::number(line)}));
        QCOMPARE(spool->lines(299'999, 5).size(), 1);
        QVERIFY(spool->lines(300'000, 5).isEmpty());
    }

    void everyLineSaysWhereItStands() {
        const auto spool = open(m_dir->filePath(QStringLiteral("where")));
        QByteArray bytes;
        for (int i = 0; i < 1000; ++i)
            bytes += QByteArray(i % 7, 'x') + '\n';
        QVERIFY(spool->append(0, bytes).ok());
        const QList<LogLine> all = spool->lines(0, 1000);
        QCOMPARE(all.size(), 1000);
        for (const LogLine &line : all) {
            QCOMPARE(bytes.mid(line.offset, line.text.size() + 1), line.text + '\n');
            QCOMPARE(spool->rowAt(line.offset), line.line);
            QCOMPARE(spool->rowAt(line.offset + line.text.size()), line.line);
        }
        QCOMPARE(spool->rowAt(1'000'000), 999);
    }

    void anEndlessLineIsCutIntoPieces_data() {
        QTest::addColumn<qint64>("size");
        QTest::addColumn<qint64>("pieces");
        QTest::newRow("just fits") << kLongestLine << qint64(1);
        QTest::newRow("one more") << kLongestLine + 1 << qint64(2);
        QTest::newRow("twice") << 2 * kLongestLine << qint64(2);
        QTest::newRow("20 MiB") << qint64(20) * 1024 * 1024 << qint64(320);
    }

    void anEndlessLineIsCutIntoPieces() {
        QFETCH(qint64, size);
        QFETCH(qint64, pieces);
        for (const qint64 step : {size + 1, qint64(10'007)}) {
            const auto spool = open(m_dir->filePath(QString::number(step)));
            const QByteArray bytes = QByteArray(size, 'x') + "\nnext\n";
            for (qint64 at = 0; at < bytes.size(); at += step)
                QVERIFY(spool->append(at, bytes.mid(at, step)).ok());
            QCOMPARE(spool->lineCount(), pieces + 1);
            QByteArray whole;
            for (const LogLine &line : spool->lines(0, pieces))
                whole += line.text;
            QCOMPARE(whole, QByteArray(size, 'x'));
            QCOMPARE(texts(*spool, pieces, 1), QList<QByteArray>({"next"}));
        }
    }

    void aLargeFileIsIndexedByAThread() {
        const QString path = m_dir->filePath(QStringLiteral("large"));
        QByteArray bytes;
        while (bytes.size() < 8'000'000)
            bytes += "line " + QByteArray::number(bytes.size()) + '\n';
        const qint64 lines = bytes.count('\n');
        QVERIFY(open(path)->append(0, bytes).ok());
        const auto spool = open(path);
        QCOMPARE(spool->byteCount(), bytes.size());
        const QByteArray last = bytes.mid(bytes.lastIndexOf('\n', bytes.size() - 2) + 1).trimmed();
        QCOMPARE(spool->tail(1).constFirst().text, last);
        QVERIFY(spool->append(bytes.size(), "more\n").ok()); // while it indexes, or after
        QTRY_VERIFY(!spool->isIndexing());
        QCOMPARE(spool->lineCount(), lines + 1);
        QCOMPARE(spool->tail(2).constFirst().text, last);
        QCOMPARE(spool->tail(2).constFirst().line, lines - 1);
        QCOMPARE(texts(*spool, lines, 1), QList<QByteArray>({"more"}));
    }

    void aSpoolThatIsIndexedCanGoAnyTime() {
        const QString path = m_dir->filePath(QStringLiteral("large"));
        QVERIFY(open(path)->append(0, QByteArray(10'000'000, '\n')).ok());
        for (int i = 0; i < 20; ++i)
            open(path).reset();
        const auto spool = open(path);
        QVERIFY(spool->setAside().ok());
        QCOMPARE(spool->generation(), 1);
        QCOMPARE(spool->lineCount(), 0);
        QVERIFY(!spool->isIndexing());
    }

    void blocksHoldEveryLineOnce() {
        const auto spool = open(m_dir->filePath(QStringLiteral("blocks")));
        QByteArray bytes;
        for (int i = 0; i < 100'000; ++i)
            bytes += "line " + QByteArray::number(i) + '\n';
        bytes += "half";
        QVERIFY(spool->append(0, bytes).ok());
        QByteArray whole;
        LogBlock block;
        qint64 next = 0;
        for (spool->readBlock(0, block); block.lines > 0; spool->readBlock(next, block)) {
            QCOMPARE(block.first, next);
            whole += block.bytes;
            next += block.lines;
        }
        QCOMPARE(next, spool->lineCount());
        QCOMPARE(whole, bytes);
        spool->readBlock(1000, block);
        QCOMPARE(block.first, 768);
        QVERIFY(block.bytes.startsWith("line 768\n"));
    }

    void fullDiskKeepsWhatWasThere() {
        const auto spool = open(m_dir->filePath(QStringLiteral("full")));
        QVERIFY(spool->append(0, QByteArray(1000, 'a')).ok());
        struct rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        struct rlimit small = before;
        small.rlim_cur = 4096;
        std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &small);
        const auto appended = spool->append(1000, QByteArray(100'000, 'b'));
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!appended.ok());
        QVERIFY(appended.error().text.contains(QStringLiteral("byte 1000")));
        QCOMPARE(spool->byteCount(), 1000);
        QCOMPARE(QFile(spool->path()).size(), 1000);
        QVERIFY(spool->append(1000, "c").ok()); // goes on once there is room
    }

    // What somebody does to the file while it is written: it is begun anew, next to what lies there.
    void theFileAtItsPathIsTheOneThatIsWritten() {
        const QString path = m_dir->filePath(QStringLiteral("kept"));
        const auto spool = open(path);
        QVERIFY(spool->append(0, "one\ntwo\n").ok());
        QVERIFY(spool->checkInPlace().ok());
        QVERIFY(QFile::rename(path, path + QStringLiteral(".moved")));
        expectLost(*spool);
        QCOMPARE(*spool->setAside(), QString()); // nothing lies there
        QVERIFY(spool->append(0, "one\n").ok());
        QCOMPARE(bytesOf(path), QByteArray("one\n"));
        QVERIFY(!(QFile(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        QVERIFY(QFile::remove(path));
        QFile other(path);
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("another's");
        other.close();
        expectLost(*spool);
        QCOMPARE(bytesOf(path), QByteArray("another's"));
        QCOMPARE(*spool->setAside(), path + QStringLiteral(".changed-1"));
        QCOMPARE(bytesOf(path + QStringLiteral(".changed-1")), QByteArray("another's"));
        QVERIFY(spool->append(0, "one\ntwo\n").ok());
        QVERIFY(QFile::resize(path, 3)); // cut short
        expectLost(*spool);
    }

    void aFolderThatIsAwayIsWaitedFor() {
        const QString folder = m_dir->filePath(QStringLiteral("folder"));
        QVERIFY(QDir().mkpath(folder));
        const auto spool = open(folder + QStringLiteral("/log"));
        QVERIFY(spool->append(0, "one\n").ok());
        QVERIFY(QDir().rename(folder, folder + QStringLiteral("-moved")));
        const auto appended = spool->append(4, "two\n");
        QVERIFY(!appended.ok() && appended.error().code == ErrorCode::Io);
        QVERIFY2(appended.error().text.contains(folder), qPrintable(appended.error().text));
        QVERIFY(!QDir(folder).exists()); // nothing is made in a place that somebody took away
        QVERIFY(QDir().rename(folder + QStringLiteral("-moved"), folder));
        QVERIFY(spool->append(4, "two\n").ok());
        QCOMPARE(bytesOf(folder + QStringLiteral("/log")), QByteArray("one\ntwo\n"));
    }

private:
    static void expectLost(LogSpool &spool) {
        const auto appended = spool.append(spool.byteCount(), "more\n");
        QVERIFY(!appended.ok() && appended.error().code == ErrorCode::Corrupt);
        QVERIFY2(appended.error().text.contains(QStringLiteral("was moved, removed or replaced")),
                 qPrintable(appended.error().text));
        QVERIFY(!spool.checkInPlace().ok());
    }

    static QByteArray bytesOf(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("absent");
    }

    static std::shared_ptr<LogSpool> open(const QString &path) {
        auto spool = LogSpool::open(path);
        if (!spool)
            qFatal("%s", qPrintable(spool.error().text));
        return *spool;
    }

    static QList<QByteArray> texts(const LogSpool &spool, qint64 first, qint64 count) {
        QList<QByteArray> found;
        for (const LogLine &line : spool.lines(first, count))
            found << line.text;
        return found;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(LogSpoolTest)
#include "tst_logspool.moc"
