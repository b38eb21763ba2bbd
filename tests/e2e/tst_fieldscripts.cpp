// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/support/testpaths.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kTimeout = 120'000;
constexpr int kCycles = 20;
const QString kCyclesFile = QStringLiteral("cycles-kill_primary_mid_write.jsonl");

} // namespace

// Scripts that keep the field's contract, unmodified, on real hosts.
class FieldScriptsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto fleet = m_box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        m_fleet = *fleet;
        // What an earlier run left on the host is not evidence of this one.
        const Host &chaos = m_fleet.hosts.constLast();
        QCOMPARE(
            ssh(chaos, QStringLiteral("mkdir -p /tmp/phase4-kill_primary_mid_write && echo '{\"cycle\":99}' "
                                      ">/tmp/phase4-kill_primary_mid_write/chaos-report.jsonl"))
                .exitCode,
            0);
    }

    void theFieldsContractIsKept() {
        const int code =
            run(QStringLiteral("good"), scripts([](const QByteArray &script) { return script; }));
        if (!m_box.namespaces())
            QSKIP("Phase 2 logs in to port 22 of the peers, which hosts on loopback do not have.");
        QVERIFY2(code == 3, m_said.constData());
        const QJsonObject shown = record(QStringLiteral("good"));
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(shown.value(QLatin1String("cycles")).toArray().size(), kCycles);
        // Each cycle was reported while the script still ran.
        const auto third = m_said.indexOf("cycle 3:");
        QVERIFY(third > 0 && third < m_said.indexOf("phase 4 script on chaos: ended"));
        QVERIFY(m_said.contains("phase 2 script on chaos: ended"));

        // What was printed and written is kept byte for byte.
        const QString spools = Paths{m_box.dir.path()}.spoolDir(QStringLiteral("good"));
        QCOMPARE(output({QStringLiteral("show"), QStringLiteral("good"), QStringLiteral("--file"),
                         QStringLiteral("phase4.json")}),
                 contents(spools + QStringLiteral("/phase4-script-chaos.json")));
        QProcess tar;
        tar.start(QStringLiteral("tar"),
                  {QStringLiteral("-xf"), spools + QStringLiteral("/phase4-collect-chaos.tar"),
                   QStringLiteral("-C"), m_box.dir.path()});
        QVERIFY(tar.waitForFinished(kTimeout) && tar.exitCode() == 0);
        const QString folder = m_box.dir.filePath(QStringLiteral("phase4-kill_primary_mid_write"));
        QCOMPARE(QDir(folder).entryList({QStringLiteral("c*-node-*.db")}).size(), kCycles * 3);
        QCOMPARE(QDir(folder).entryList({QStringLiteral("c*-node-*.log")}).size(), kCycles * 3);
        QCOMPARE(
            output({QStringLiteral("show"), QStringLiteral("good"), QStringLiteral("--file"), kCyclesFile}),
            contents(folder + QStringLiteral("/chaos-report.jsonl")));
        expectNoKeyLeft();
    }

    // The report was never written though the cycles ran: they speak for themselves, for better and for
    // worse.
    void aCrashAfterTheCyclesLosesNothing_data() {
        QTest::addColumn<QByteArray>("held");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("all held") << QByteArray("\"$ok\" \"$ok\"") << QStringLiteral("UNPROVEN PASS");
        QTest::newRow("one lost in each") << QByteArray("$((ok - 1)) \"$ok\"") << QStringLiteral("FAIL");
    }

    void aCrashAfterTheCyclesLosesNothing() {
        QFETCH(const QByteArray, held);
        QFETCH(const QString, verdict);
        if (!m_box.namespaces())
            QSKIP("Phase 2 logs in to port 22 of the peers, which hosts on loopback do not have.");
        const QString id = QStringLiteral("crash-%1").arg(++m_number);
        run(id, scripts([&](QByteArray script) {
                if (!script.contains("chaos-report"))
                    return script;
                script.replace("\"$ok\" \"$ok\"", held);
                return script.left(script.lastIndexOf("\necho \"{")) +
                       "\nfalse # a jq pipeline, in the field\n";
            }));
        const QJsonObject shown = record(id);
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), verdict);
        QCOMPARE(shown.value(QLatin1String("cycles")).toArray().size(), kCycles);
        QVERIFY(contents(Paths{m_box.dir.path()}.spoolDir(id) + QStringLiteral("/phase4-script-chaos.json"))
                    .isEmpty());
        QVERIFY(m_said.contains("phase 4 script on chaos: failed"));
        QVERIFY(m_said.contains("phase 4 collect on chaos: ended"));
    }

    // The script's titles are the same in every run: what a peer holds from before would count as delivered.
    void rowsOfAnEarlierRunAreNotDelivered() {
        const Host &peer = m_fleet.hosts.at(1);
        const auto server = [&](const QString &words) {
            return ssh(peer, QStringLiteral("%1 %2").arg(peer.serverPath, words)).exitCode;
        };
        QCOMPARE(
            server(QStringLiteral("store --title old --content old --tier mid --namespace ship-gate-phase2")),
            0);
        run(QStringLiteral("stale"), scripts([](const QByteArray &script) { return script; }));
        QVERIFY2(
            m_said.contains("node-b holds 1 rows of the namespace ship-gate-phase2 from before this run"),
            m_said.constData());
        QVERIFY(!m_said.contains("phase 2 script on chaos: running"));
        const QJsonObject shown = record(QStringLiteral("stale"));
        QCOMPARE(shown.value(QLatin1String("verdict")).toString(), QStringLiteral("INCOMPLETE"));
        QCOMPARE(ssh(peer, QStringLiteral("mv ~/ai-memory.db ~/before.db")).exitCode, 0);
    }

    void aScriptThatSaysNothingProvesNothing() {
        run(QStringLiteral("mute"), scripts([](const QByteArray &script) {
                return script.contains("phase 3") ? QByteArray("exit 0\n") : script;
            }));
        const QString verdict = record(QStringLiteral("mute")).value(QLatin1String("verdict")).toString();
        QCOMPARE(verdict, QStringLiteral("INVALID EVIDENCE"));
        expectNoKeyLeft();
    }

    void aFolderThatIsNoneIsReported() {
        QTemporaryDir empty;
        QCOMPARE(run(QStringLiteral("none"), empty.path()), 2);
        QVERIFY2(m_said.contains("contains 0 files phase1*.sh"), m_said.constData());
    }

private:
    using Change = std::function<QByteArray(const QByteArray &)>;

    static QByteArray contents(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    // A folder of the scripts, each changed.
    QString scripts(const Change &change) {
        const QString folder = m_box.dir.filePath(QStringLiteral("scripts-%1").arg(++m_folders));
        QDir().mkpath(folder);
        QDirIterator all(testPaths::source("tests/data/fieldscripts"), QDir::Files);
        while (all.hasNext()) {
            const QByteArray script = contents(all.next());
            QFile file(folder + QLatin1Char('/') + all.fileName());
            if (!file.open(QIODevice::WriteOnly) || script.isEmpty() || file.write(change(script)) < 1)
                qFatal("cannot write %s", qPrintable(file.fileName()));
        }
        return folder;
    }

    int run(const QString &id, const QString &folder) {
        QProcess process;
        process.start(slipwayctl(), {QStringLiteral("--data-dir"), m_box.dir.path(), QStringLiteral("run"),
                                     QStringLiteral("--fleet"), QStringLiteral("sandbox"),
                                     QStringLiteral("--id"), id, QStringLiteral("--scripts"), folder,
                                     QStringLiteral("--set"), QStringLiteral("cycles=%1").arg(kCycles)});
        if (!process.waitForFinished(kTimeout))
            process.kill();
        process.waitForFinished();
        m_said = process.readAllStandardError();
        return process.exitCode();
    }

    [[nodiscard]] QByteArray output(const QStringList &words) const {
        QProcess process;
        process.start(slipwayctl(), QStringList{QStringLiteral("--data-dir"), m_box.dir.path()} + words);
        process.waitForFinished(kTimeout);
        return process.readAllStandardOutput();
    }
    [[nodiscard]] QJsonObject record(const QString &id) const {
        return QJsonDocument::fromJson(output({QStringLiteral("show"), id, QStringLiteral("--json")}))
            .object();
    }

    // Neither on the hosts nor here.
    void expectNoKeyLeft() const {
        for (const Host &host : m_fleet.hosts) {
            const SshAnswer left =
                ssh(host, QStringLiteral("cat ~/.ssh/authorized_keys ~/.ssh/id_* ~/.ssh/.slipway* "
                                         "2>/dev/null"));
            QCOMPARE(left.output, QByteArray());
        }
        QDirIterator all(m_box.dir.filePath(QStringLiteral("spools")), QDir::Files | QDir::Hidden,
                         QDirIterator::Subdirectories);
        while (all.hasNext())
            QVERIFY2(!contents(all.next()).contains("PRIVATE KEY"), qPrintable(all.filePath()));
    }

    Box m_box;
    Fleet m_fleet;
    QByteArray m_said;
    int m_number = 0;
    int m_folders = 0;
};

QTEST_GUILESS_MAIN(FieldScriptsTest)
#include "tst_fieldscripts.moc"
