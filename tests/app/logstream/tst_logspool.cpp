// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logspool.h"

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
            QCOMPARE(spool->lines(0, 10),
                     QList<QByteArray>({"one", "", QByteArray("two\xff\0x", 6), "last"}));
            QCOMPARE(spool->lines(2, 1), QList<QByteArray>({QByteArray("two\xff\0x", 6)}));
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
            QCOMPARE(spool->lines(line, 1), QList<QByteArray>({"line " + QByteArray::number(line)}));
        QCOMPARE(spool->lines(299'999, 5).size(), 1);
        QVERIFY(spool->lines(300'000, 5).isEmpty());
    }

    void endlessLineIsCutForShowing() {
        const auto spool = open(m_dir->filePath(QStringLiteral("long")));
        QVERIFY(spool->append(0, QByteArray(20 * 1024 * 1024, 'x') + "\nnext\n").ok());
        const QList<QByteArray> lines = spool->lines(0, 2);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.at(0).size(), 64 * 1024);
        QCOMPARE(lines.at(1), QByteArray("next"));
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

private:
    static std::shared_ptr<LogSpool> open(const QString &path) {
        auto spool = LogSpool::open(path);
        if (!spool)
            qFatal("%s", qPrintable(spool.error().text));
        return *spool;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(LogSpoolTest)
#include "tst_logspool.moc"
