// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/campaignrig.h"
#include "tests/support/testpaths.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace slipway;

namespace {

constexpr int kTimeout = 240'000;

// packaging/ci/ship-gate as a runner starts it, in a process group that dies at once.
class Runner {
public:
    Runner(const QString &dir, const QString &fleet, const QString &step) {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), testPaths::programs() + QLatin1Char(':') +
                                                       environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("SLIPWAY_DATA_DIR"), dir);
        environment.insert(QStringLiteral("GATE_ID"), QStringLiteral("gate-1"));
        environment.insert(QStringLiteral("GATE_REF"), QStringLiteral("v1.2.3"));
        environment.insert(QStringLiteral("GATE_FLEET"), fleet);
        environment.insert(QStringLiteral("GATE_ARGUMENTS"),
                           QStringLiteral("--set cycles=2\n--set memories=100\n--set settle_seconds=5"));
        environment.insert(QStringLiteral("GITHUB_STEP_SUMMARY"), dir + QStringLiteral("/step.md"));
        environment.insert(QStringLiteral("GITHUB_OUTPUT"), dir + QStringLiteral("/output"));
        environment.insert(QStringLiteral("GITHUB_ACTIONS"), QStringLiteral("true"));
        m_process.setProcessEnvironment(environment);
        m_process.setWorkingDirectory(dir);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setChildProcessModifier([] { ::setsid(); });
        m_process.start(testPaths::source("packaging/ci/ship-gate"), {step});
    }
    ~Runner() { kill(); }
    Q_DISABLE_COPY_MOVE(Runner)

    [[nodiscard]] bool waitFor(const QByteArray &words) {
        while (!m_said.contains(words) && m_process.waitForReadyRead(kTimeout))
            m_said += m_process.readAll();
        return m_said.contains(words);
    }
    [[nodiscard]] int waitForEnd() {
        const bool ended = m_process.waitForFinished(kTimeout);
        m_said += m_process.readAll();
        return ended && m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }
    void kill() {
        if (m_process.state() == QProcess::NotRunning)
            return;
        ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished();
    }
    [[nodiscard]] const QByteArray &said() const { return m_said; }

private:
    QProcess m_process;
    QByteArray m_said;
};

QByteArray read(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// The steps of a pipeline, on a fleet that is there.
class ShipGateScriptTest : public test::CampaignRigSuite {
    Q_OBJECT
private Q_SLOTS:
    void aKilledRunnerIsContinuedAndAnEndedCampaignJudged() {
        const QString dir = m_rig->dataDir();
        const QString fleet = m_rig->box.sandbox.fleetFile();
        {
            Runner first(dir, fleet, QStringLiteral("run"));
            QVERIFY2(first.waitFor("phase 2 burst on chaos: running"), first.said().constData());
            first.kill();
        }
        QCOMPARE(test::CampaignRig::stateOf(dir, QStringLiteral("gate-1")), QStringLiteral("lost"));
        QVERIFY(!QFile::exists(dir + QStringLiteral("/junit.xml")));
        Runner second(dir, fleet, QStringLiteral("run"));
        QVERIFY2(second.waitForEnd() == 3, second.said().constData()); // two cycles prove little
        QVERIFY2(second.said().contains("::warning title=gate-1%3A UNPROVEN PASS::"),
                 second.said().constData());
        QVERIFY(read(dir + QStringLiteral("/junit.xml")).contains("name=\"verdict\""));
        QVERIFY(read(dir + QStringLiteral("/step.md")).startsWith("## `gate-1`: UNPROVEN PASS"));
        QCOMPARE(read(dir + QStringLiteral("/output")), QByteArray("exit-code=3\n"));
        Runner third(dir, fleet, QStringLiteral("run"));
        QVERIFY2(third.waitForEnd() == 3, third.said().constData());
        Runner destroyed(dir, fleet, QStringLiteral("destroy")); // what was not rented is left
        QCOMPARE(destroyed.waitForEnd(), 0);
    }
};

QTEST_GUILESS_MAIN(ShipGateScriptTest)
#include "tst_shipgatescript.moc"
