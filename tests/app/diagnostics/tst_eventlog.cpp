// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnostics/eventlog.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <unistd.h>
#include <vector>

using namespace slipway;

// What is kept for a report of a bug: whole lines without secrets, in a file that does not grow without end.
class EventLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_file = m_dir->filePath(QStringLiteral("state/slipway.log"));
    }

    void aLineHasTimeProcessCategoryAndText() {
        const EventLog log(m_file);
        log.add(QStringLiteral("slipway.ssh"), QStringLiteral("node-a: connected"));
        const QStringList lines = log.lastLines(10);
        QCOMPARE(lines.size(), 1);
        QVERIFY2(QRegularExpression(
                     QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z tst_eventlog\\[%1\\] slipway.ssh: "
                                    "node-a: connected$")
                         .arg(QCoreApplication::applicationPid()))
                     .match(lines.constFirst())
                     .hasMatch(),
                 qPrintable(lines.constFirst()));
    }

    void itIsForItsOwnerAlone() {
        EventLog(m_file).add(QStringLiteral("slipway.ssh"), QStringLiteral("x"));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFile::permissions(m_file) & others));
        QVERIFY(!(QFile::permissions(QFileInfo(m_file).path()) & others));
    }

    void aSecretIsMasked() {
        const EventLog log(m_file);
        const QString secret = QStringLiteral("dop_v1_") + QString(64, QLatin1Char('7'));
        log.add(QStringLiteral("slipway.cloud"), QStringLiteral("refused: Bearer ") + secret);
        QCOMPARE(log.lastLines(10).size(), 1);
        QVERIFY2(!log.lastLines(10).constFirst().contains(secret),
                 qPrintable(log.lastLines(10).constFirst()));
    }

    void aTextIsOneLineAndDrivesNoTerminal() {
        const EventLog log(m_file);
        log.add(QStringLiteral("slipway.ssh"), QStringLiteral("first\nsecond \x1b]0;title\x07 third"));
        QCOMPARE(log.lastLines(10).size(), 1);
        QVERIFY(!log.lastLines(10).constFirst().contains(QChar(0x1b)));
        QVERIFY(log.lastLines(10).constFirst().contains(QStringLiteral("second")));
    }

    void severalThreadsFillItWithinItsBound() {
        constexpr qint64 max = 20'000;
        constexpr int threads = 4;
        constexpr int each = 300;
        const EventLog log(m_file, max);
        std::vector<std::thread> writers;
        for (int writer = 0; writer < threads; ++writer)
            writers.emplace_back([&log, writer] {
                for (int line = 0; line < each; ++line)
                    log.add(QStringLiteral("slipway.ssh"),
                            QStringLiteral("writer %1 line %2 end").arg(writer).arg(line));
            });
        for (std::thread &writer : writers)
            writer.join();
        constexpr qint64 slack = 4096; // lines that were begun before the file was full
        QVERIFY(QFileInfo(m_file).size() <= max + slack);
        QVERIFY(QFileInfo(m_file + QStringLiteral(".1")).size() <= max + slack);
        QVERIFY(QFileInfo(m_file + QStringLiteral(".1")).size() > max / 2);
        QCOMPARE(QFileInfo(m_file).dir().entryList(QDir::Files).size(), 2);
        for (const QString &line : log.lastLines(1000))
            QVERIFY2(line.endsWith(QStringLiteral(" end")) && line.count(QStringLiteral("writer")) == 1,
                     qPrintable(line));
        QVERIFY(log.lastLines(1000).size() > 50);
        QCOMPARE(log.lastLines(7).size(), 7);
    }

    void aLinkInItsPlaceIsNotFollowed() {
        const QString other = m_dir->filePath(QStringLiteral("other"));
        QVERIFY(QDir(m_dir->path()).mkdir(QStringLiteral("state")));
        QVERIFY(QFile::link(other, m_file));
        EventLog(m_file).add(QStringLiteral("slipway.ssh"), QStringLiteral("x"));
        QVERIFY(!QFile::exists(other));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
};

QTEST_GUILESS_MAIN(EventLogTest)
#include "tst_eventlog.moc"
