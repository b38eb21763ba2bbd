// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/fleet/fleet.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

constexpr int kTimeout = 300'000;

struct Output {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

Output slipwayctl(const QString &dataDir, const QStringList &arguments) {
    QProcess process;
    process.start(testPaths::program("slipwayctl"),
                  QStringList{QStringLiteral("--data-dir"), dataDir} + arguments);
    if (!process.waitForFinished(kTimeout)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "timed out: " + process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QJsonObject json(const Output &output) {
    return QJsonDocument::fromJson(output.out).object();
}

QString phaseVerdict(const QJsonObject &record, int phase) {
    for (const QJsonValue entry :
         record.value(QStringLiteral("judgement")).toObject().value(QStringLiteral("phases")).toArray()) {
        if (entry.toObject().value(QStringLiteral("phase")).toInt() == phase)
            return entry.toObject().value(QStringLiteral("verdict")).toString();
    }
    return {};
}

} // namespace

class CampaignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() {
        const Output down = slipwayctl(m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("down")});
        QVERIFY2(down.exitCode == 0, down.err.constData());
    }

    void fourPhasesOnRealHosts() {
        const Output run = slipwayctl(m_dir.path(), {QStringLiteral("run"), QStringLiteral("--fleet"),
                                                     QStringLiteral("sandbox"), QStringLiteral("--id"),
                                                     QStringLiteral("good"), QStringLiteral("--set"),
                                                     QStringLiteral("cycles=3"), QStringLiteral("--json")});
        // Three cycles cannot carry the claim: an unproven pass, and nothing better.
        QVERIFY2(run.exitCode == 3, run.err.constData());
        const QJsonObject record = json(run);
        QCOMPARE(record.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        for (int phase = 1; phase <= 3; ++phase)
            QCOMPARE(phaseVerdict(record, phase), QStringLiteral("PROVEN"));
        QCOMPARE(record.value(QStringLiteral("cycles")).toArray().size(), 3);
        QStringList files;
        for (const QJsonValue file : record.value(QStringLiteral("files")).toArray())
            files << file.toObject().value(QStringLiteral("name")).toString();
        for (const char *name :
             {"campaign-summary.json", "phase1-node-a.json", "phase1-node-b.json", "phase1-node-c.json",
              "phase2.json", "phase3.json", "phase4.json", "cycles-kill_primary_mid_write.jsonl"})
            QVERIFY2(files.contains(QLatin1String(name)), name);

        // What was run is what is archived.
        const Output shown = slipwayctl(
            m_dir.path(), {QStringLiteral("show"), QStringLiteral("good"), QStringLiteral("--json")});
        QCOMPARE(json(shown), record);
        const Output report =
            slipwayctl(m_dir.path(), {QStringLiteral("show"), QStringLiteral("good"),
                                      QStringLiteral("--file"), QStringLiteral("phase2.json")});
        QCOMPARE(json(report).value(QStringLiteral("ok")).toInt(), 200);

        const Output again = slipwayctl(m_dir.path(), {QStringLiteral("run"), QStringLiteral("--fleet"),
                                                       QStringLiteral("sandbox"), QStringLiteral("--id"),
                                                       QStringLiteral("good")});
        QCOMPARE(again.exitCode, 2);
        QVERIFY2(again.err.contains("good is in the archive already"), again.err.constData());
    }

    void lyingServerTurnsTheGateRed() {
        const Output up = slipwayctl(
            m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("up"), QStringLiteral("--lie")});
        QVERIFY2(up.exitCode == 0, up.err.constData());
        const Output run = slipwayctl(
            m_dir.path(),
            {QStringLiteral("run"), QStringLiteral("--fleet"), QStringLiteral("sandbox"),
             QStringLiteral("--id"), QStringLiteral("lie"), QStringLiteral("--set"),
             QStringLiteral("cycles=2"), QStringLiteral("--set"), QStringLiteral("settle_seconds=2"),
             QStringLiteral("--set"), QStringLiteral("cycle_settle_seconds=1"), QStringLiteral("--json")});
        QVERIFY2(run.exitCode == 1, run.err.constData());
        const QJsonObject record = json(run);
        QCOMPARE(phaseVerdict(record, 1), QStringLiteral("PROVEN"));
        QCOMPARE(phaseVerdict(record, 2), QStringLiteral("FAIL"));
        QCOMPARE(phaseVerdict(record, 4), QStringLiteral("FAIL"));
    }

    void unreachableHostIsNamedAndTheOthersKept() {
        const Output up = slipwayctl(
            m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("up"), QStringLiteral("--json")});
        QVERIFY2(up.exitCode == 0, up.err.constData());
        auto fleet = parseFleet(up.out, QStringLiteral("sandbox"));
        QVERIFY(fleet.ok());
        fleet->hosts[1].port = 1; // node-b: nothing listens there
        QFile file(m_dir.filePath(QStringLiteral("broken.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(fleetToJson(*fleet));
        file.close();
        const Output run =
            slipwayctl(m_dir.path(), {QStringLiteral("run"), QStringLiteral("--fleet"), file.fileName(),
                                      QStringLiteral("--id"), QStringLiteral("unreachable"),
                                      QStringLiteral("--phases"), QStringLiteral("1")});
        QCOMPARE(run.exitCode, 4);
        QVERIFY2(run.err.contains("node-b") && run.err.contains("port 1 cannot be reached"),
                 run.err.constData());
        const QJsonObject record = json(slipwayctl(
            m_dir.path(), {QStringLiteral("show"), QStringLiteral("unreachable"), QStringLiteral("--json")}));
        QCOMPARE(record.value(QStringLiteral("verdict")).toString(), QStringLiteral("INCOMPLETE"));
        QStringList files;
        for (const QJsonValue entry : record.value(QStringLiteral("files")).toArray())
            files << entry.toObject().value(QStringLiteral("name")).toString();
        QVERIFY(files.contains(QStringLiteral("phase1-node-a.json")) &&
                files.contains(QStringLiteral("phase1-node-c.json")));
        QVERIFY(!files.contains(QStringLiteral("phase1-node-b.json")));
    }

    void changedHostKeyIsRefused() {
        const Output up = slipwayctl(
            m_dir.path(), {QStringLiteral("sandbox"), QStringLiteral("up"), QStringLiteral("--json")});
        auto fleet = parseFleet(up.out, QStringLiteral("sandbox"));
        QVERIFY(fleet.ok());
        std::swap(fleet->hosts[0].hostKeys, fleet->hosts[1].hostKeys);
        QFile file(m_dir.filePath(QStringLiteral("swapped.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(fleetToJson(*fleet));
        file.close();
        const Output run = slipwayctl(m_dir.path(), {QStringLiteral("run"), QStringLiteral("--fleet"),
                                                     file.fileName(), QStringLiteral("--id"),
                                                     QStringLiteral("swapped"), QStringLiteral("--phases"),
                                                     QStringLiteral("1"), QStringLiteral("--accept-new")});
        QCOMPARE(run.exitCode, 4);
        QVERIFY2(run.err.contains("node-a") && run.err.contains("Nothing was sent to it"),
                 run.err.constData());
    }

    void badInputIsAnsweredWithOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("answer");
        const auto words = [](const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' ')); };
        QTest::newRow("no fleet") << words("run --id x") << QByteArray("--fleet is missing");
        QTest::newRow("absent fleet")
            << words("run --fleet /nowhere.json --id x") << QByteArray("/nowhere.json cannot be read");
        QTest::newRow("no such parameter")
            << words("run --fleet sandbox --id x --set cylces=3") << QByteArray("cylces");
        QTest::newRow("out of range") << words("run --fleet sandbox --id x --set cycles=0")
                                      << QByteArray("cycles must be a whole number from 1");
        QTest::newRow("not NAME=VALUE")
            << words("run --fleet sandbox --id x --set cycles") << QByteArray("NAME=VALUE");
        QTest::newRow("phases") << words("run --fleet sandbox --id x --phases 2,1")
                                << QByteArray("ascending");
        QTest::newRow("absent protocol") << words("run --fleet sandbox --id x --protocol /nowhere.json")
                                         << QByteArray("/nowhere.json cannot be read");
        QTest::newRow("bad protocol") << words("run --fleet sandbox --id x --protocol /etc/hostname")
                                      << QByteArray("/etc/hostname is not JSON");
        QTest::newRow("unknown option") << words("run --fleet sandbox --id x --fast") << QByteArray("fast");
        QTest::newRow("unknown command") << words("walk") << QByteArray("no command \"walk\"");
    }

    void badInputIsAnsweredWithOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, answer);
        const Output output = slipwayctl(m_dir.path(), arguments);
        QCOMPARE(output.exitCode, 2);
        QVERIFY2(output.err.contains(answer), output.err.constData());
        QCOMPARE(output.err.count('\n'), 1);
    }

private:
    QTemporaryDir m_dir;
};

QTEST_GUILESS_MAIN(CampaignTest)
#include "tst_campaign.moc"
