// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpaths.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr int kTimeout = 240'000;
constexpr int kCycles = 4;
const QString kProgram = testPaths::program("slipwayctl");

} // namespace

// A dashboard that is killed in the middle of a phase, and one that takes its campaign up.
class ResumeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        QCOMPARE(run({QStringLiteral("sandbox"), QStringLiteral("up")}).exitCode, 0);
        m_plain = campaign(QStringLiteral("plain"), {});
        QCOMPARE(verdictOf(m_plain), QStringLiteral("UNPROVEN PASS")); // four cycles support no more
    }
    void cleanupTestCase() { QCOMPARE(run({QStringLiteral("sandbox"), QStringLiteral("down")}).exitCode, 0); }

    void theCampaignIsCompletedAsIfNothingHadBeen_data() {
        QTest::addColumn<QString>("moment");
        QTest::newRow("phase 1") << QStringLiteral("phase 1 functional on node-b: running");
        QTest::newRow("phase 2, writes") << QStringLiteral("phase 2 burst on chaos: running");
        QTest::newRow("phase 2, probe") << QStringLiteral("phase 2 stop-b on node-b: running");
        QTest::newRow("phase 3") << QStringLiteral("phase 3 migrate on node-a: running");
        QTest::newRow("phase 4, start") << QStringLiteral("phase 4 chaos on chaos: running");
        QTest::newRow("phase 4, cycles") << QStringLiteral("cycle 2:");
    }

    void theCampaignIsCompletedAsIfNothingHadBeen() {
        QFETCH(const QString, moment);
        const QString id = QStringLiteral("killed-%1").arg(++m_number);
        const QJsonObject record = campaign(id, moment);
        QCOMPARE(verdictOf(record), verdictOf(m_plain));
        QCOMPARE(runsOf(record), runsOf(m_plain)); // every run passed, none is left out, none is doubled
        QCOMPARE(filesOf(record), filesOf(m_plain));
        const QJsonArray cycles = record.value(QLatin1String("cycles")).toArray();
        QCOMPARE(cycles.size(), kCycles);
        for (int i = 0; i < kCycles; ++i)
            QCOMPARE(cycles.at(i)[QLatin1String("cycle")].toInt(), i + 1);
        QCOMPARE(run({QStringLiteral("archive"), QStringLiteral("check")}).exitCode, 0);
    }

    void whatHasEndedIsNotResumed() {
        const Output again = run({QStringLiteral("resume"), QStringLiteral("plain")});
        QCOMPARE(again.exitCode, 2);
        QVERIFY2(again.err.contains("plain has ended"), again.err.constData());
        QCOMPARE(run({QStringLiteral("resume")}).exitCode, 2);
    }

    void aCampaignThatIsLedIsNotResumed() {
        QProcess first;
        first.setReadChannel(QProcess::StandardError);
        startCampaign(first, QStringLiteral("led"));
        QVERIFY(waitFor(first, QStringLiteral("phase 1 functional on node-a: running")));
        const Output second = run({QStringLiteral("resume"), QStringLiteral("led")});
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains("Another process leads campaign led"), second.err.constData());
        QVERIFY(first.waitForFinished(kTimeout));
        QCOMPARE(first.exitCode(), 3);
    }

private:
    struct Output {
        int exitCode = -1;
        QByteArray out;
        QByteArray err;
    };

    [[nodiscard]] Output run(const QStringList &words) const {
        QProcess process;
        process.start(kProgram, QStringList{QStringLiteral("--data-dir"), m_dir.path()} + words);
        if (!process.waitForFinished(kTimeout))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    void startCampaign(QProcess &process, const QString &id) const {
        process.start(kProgram, {QStringLiteral("--data-dir"), m_dir.path(), QStringLiteral("run"),
                                 QStringLiteral("--fleet"), QStringLiteral("sandbox"), QStringLiteral("--id"),
                                 id, QStringLiteral("--set"), QStringLiteral("cycles=%1").arg(kCycles)});
    }

    static bool waitFor(QProcess &process, const QString &moment) {
        QByteArray said;
        while (!said.contains(moment.toUtf8())) {
            if (!process.waitForReadyRead(kTimeout) && process.state() != QProcess::Running)
                return false;
            said += process.readAllStandardError();
        }
        return true;
    }

    // Runs one to its end; with a moment, kills the program there and has another resume it.
    [[nodiscard]] QJsonObject campaign(const QString &id, const QString &moment) const {
        QProcess process;
        process.setReadChannel(QProcess::StandardError);
        startCampaign(process, id);
        if (moment.isEmpty()) {
            process.waitForFinished(kTimeout);
        } else {
            if (!waitFor(process, moment))
                return {};
            process.kill();
            process.waitForFinished();
            const Output resumed = run({QStringLiteral("resume")});
            if (resumed.exitCode != 3)
                qWarning() << resumed.err;
        }
        return QJsonDocument::fromJson(run({QStringLiteral("show"), id, QStringLiteral("--json")}).out)
            .object();
    }

    static QString verdictOf(const QJsonObject &record) {
        return record.value(QLatin1String("verdict")).toString();
    }

    static QStringList runsOf(const QJsonObject &record) {
        QStringList runs;
        for (const QJsonValue run : record.value(QLatin1String("phase_runs")).toArray())
            runs << QStringLiteral("%1 %2 %3 %4")
                        .arg(run[QLatin1String("phase")].toInt())
                        .arg(run[QLatin1String("step")].toString(), run[QLatin1String("host")].toString(),
                             run[QLatin1String("state")].toString());
        runs.sort();
        return runs;
    }

    static QSet<QString> filesOf(const QJsonObject &record) {
        QSet<QString> files;
        for (const QJsonValue file : record.value(QLatin1String("files")).toArray())
            files.insert(file[QLatin1String("name")].toString());
        return files;
    }

    QTemporaryDir m_dir;
    QJsonObject m_plain;
    int m_number = 0;
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "tst_resume.moc"
