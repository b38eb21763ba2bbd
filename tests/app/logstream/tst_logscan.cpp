// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logstream/logmerge.h"
#include "app/logstream/logscan.h"
#include "app/logstream/logspool.h"
#include "tests/support/textlog.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>

using namespace slipway;
using sample::TextLog;

namespace {

constexpr qint64 kTenMillion = 10'000'000;

/// Ten million lines, none of them kept; every 1,000th says "seven".
class FarLog final : public LogSource {
public:
    [[nodiscard]] qint64 lineCount() const override { return kTenMillion; }
    [[nodiscard]] qint64 byteCount() const override { return kTenMillion * 6; }
    [[nodiscard]] QList<LogLine> lines(qint64 first, qint64 count) const override {
        QList<LogLine> result;
        for (qint64 row = first; row < std::min(first + count, kTenMillion); ++row)
            result.append({row % 1000 == 7 ? "seven" : "other", row, row * 6});
        return result;
    }
    void readBlock(qint64 first, LogBlock &block) const override {
        ++m_blocks;
        LogSource::readBlock(first, block);
    }
    [[nodiscard]] int blocks() const { return m_blocks; }

private:
    mutable std::atomic<int> m_blocks = 0;
};

LogScan::Request requestFor(const QString &pattern, unsigned threads = 2) {
    return {*LinePattern::compile(pattern, true), nullptr, false, threads};
}

} // namespace

class LogScanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allThreadsFindWhatOneFinds_data() {
        QTest::addColumn<unsigned>("threads");
        QTest::newRow("one") << 1U;
        QTest::newRow("four") << 4U;
    }

    void allThreadsFindWhatOneFinds() {
        QFETCH(unsigned, threads);
        const QTemporaryDir dir;
        const auto spool = LogSpool::open(dir.filePath(QStringLiteral("log")));
        QByteArray bytes;
        std::vector<qint64> rows;
        for (qint64 row = 0; row < 200'000; ++row) {
            const bool match = row % 13 == 5 || row > 199'000;
            bytes += (match ? "match " : "other ") + QByteArray::number(row) + '\n';
            if (match)
                rows.push_back(row);
        }
        QVERIFY((*spool)->append(0, bytes).ok());
        const LogScan scan(*spool, requestFor(QStringLiteral("^match"), threads));
        QTRY_VERIFY(!scan.isBusy());
        QCOMPARE(scan.found()->lineCount(), static_cast<qint64>(rows.size()));
        QCOMPARE(scan.found()->looked(), 200'000);
        for (size_t i = 0; i < rows.size(); i += 97)
            QCOMPARE(scan.found()->baseRow(static_cast<qint64>(i)), rows[i]);
        QCOMPARE(scan.found()->lines(2, 1).constFirst().text, QByteArray("match 31"));
    }

    void aLogThatGrowsIsFollowed() {
        const QTemporaryDir dir;
        const auto spool = LogSpool::open(dir.filePath(QStringLiteral("log")));
        LogScan scan(*spool, requestFor(QStringLiteral("yes$")));
        qint64 offset = 0;
        qint64 lines = 0;
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes;
            for (int i = 0; i < 50; ++i, ++lines)
                bytes += i == 7 ? "yes\n" : "no\n";
            bytes += "ye"; // half a line, which the next round goes on with
            if (round > 0)
                bytes.prepend("s\n");
            QVERIFY((*spool)->append(offset, bytes).ok());
            offset += bytes.size();
            scan.look();
        }
        scan.look();
        QTRY_VERIFY(!scan.isBusy());
        QCOMPARE(scan.found()->looked(), (*spool)->lineCount());
        QCOMPARE(scan.found()->lineCount(), 300 + 299);
        QVERIFY((*spool)->append(offset, "s").ok());
        scan.look();
        QTRY_COMPARE(scan.found()->lineCount(), 300 + 300);
    }

    void aLogBegunAnewIsScannedAnew() {
        const QTemporaryDir dir;
        const auto spool = LogSpool::open(dir.filePath(QStringLiteral("log")));
        QVERIFY((*spool)->append(0, QByteArray("match\n").repeated(100'000)).ok());
        LogScan scan(*spool, requestFor(QStringLiteral("match")));
        QVERIFY((*spool)->setAside().ok()); // in the middle, or after
        QVERIFY((*spool)->append(0, "other\nmatch\n").ok());
        scan.look();
        QTRY_VERIFY_WITH_TIMEOUT(!scan.isBusy() && scan.found()->looked() == 2, 60'000);
        QCOMPARE(scan.found()->lineCount(), 1);
        QCOMPARE(scan.found()->baseRow(0), 1);
    }

    void itCanBeGivenUpInTheMiddle() {
        const auto far = std::make_shared<FarLog>();
        for (int i = 0; i < 10; ++i) {
            const LogScan scan(far, requestFor(QStringLiteral("seven"), 3));
            QTRY_VERIFY(scan.found()->lineCount() > 0);
            QVERIFY(scan.isBusy());
        }
        const int blocks = far->blocks();
        QTest::qWait(20);
        QCOMPARE(far->blocks(), blocks); // nothing goes on
    }

    void whatItHoldsDoesNotGrowWithWhatItFinds() {
        const LogScan scan(std::make_shared<FarLog>(), requestFor(QStringLiteral("seven"), 2));
        QTRY_VERIFY_WITH_TIMEOUT(!scan.isBusy(), 60'000);
        QCOMPARE(scan.found()->lineCount(), kTenMillion / 1000);
        QCOMPARE(scan.found()->baseRow(9999), 9'999'007);
        QCOMPARE(scan.found()->next(5'000'000, true), 5'000'007);
        QCOMPARE(scan.found()->next(5'000'007, false), 4'999'007);
    }

    void linesAreAskedAboutAndCyclesMapped() {
        const auto log = std::make_shared<TextLog>(QList<QByteArray>{"[phase4] campaign: kill",
                                                                     "[chaos] cycle 1: nodes ready", "error",
                                                                     "x", "[chaos] cycle 2: nodes ready"});
        const LogScan cycles(log, {*LinePattern::compile(cycleLinePattern(), true), nullptr, true, 1});
        QTRY_VERIFY(!cycles.isBusy());
        QCOMPARE(cycles.cycles().cycleAt(3)->number, 1);
        QCOMPARE(cycles.cycles().rowOf(QStringLiteral("kill"), 2), 4);
        const LogScan brief(log, {*LinePattern::compile(QStringLiteral("."), true),
                                  [](QByteArrayView line) { return line.size() < 6; }, false, 1});
        QTRY_VERIFY(!brief.isBusy());
        QCOMPARE(brief.found()->lineCount(), 2);
    }

    void logsAreMergedAside() {
        const auto live = std::make_shared<TextLog>(QList<QByteArray>{"2026-04-20T17:00:01Z a"});
        LogMerge merge(
            {{live, 0}, {std::make_shared<TextLog>(QList<QByteArray>{"2026-04-20T17:00:02Z b"}), 0}});
        QTRY_COMPARE(merge.log()->lineCount(), 2);
        QTRY_VERIFY(!merge.isBusy());
        live->append({"2026-04-20T17:00:03Z c"});
        merge.look();
        QTRY_COMPARE(merge.log()->lineCount(), 3);
        QCOMPARE(merge.log()->lines(2, 1).constFirst().stream, 0);
        live->append({"2026-04-20T17:00:04Z d"});
        merge.look(); // and goes while it waits whether the line is whole
    }
};

QTEST_GUILESS_MAIN(LogScanTest)
#include "tst_logscan.moc"
