// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/support/sendsignal.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kTimeout = 120'000;

} // namespace

// A campaign that is stopped in the middle of a phase leaves its hosts as it found them.
class StopCampaignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        const auto fleet = m_box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        m_fleet = *fleet;
    }

    void nothingIsLeftOnTheHosts_data() {
        QTest::addColumn<int>("phase");
        QTest::addColumn<QString>("host");
        QTest::newRow("functional") << 1 << QStringLiteral("node-b");
        QTest::newRow("federation, servers start") << 2 << QStringLiteral("node-a");
        QTest::newRow("federation, writes") << 2 << QStringLiteral("chaos");
        QTest::newRow("migration") << 3 << QStringLiteral("node-a");
        QTest::newRow("chaos") << 4 << QStringLiteral("chaos");
    }

    void nothingIsLeftOnTheHosts() {
        QFETCH(const int, phase);
        QFETCH(const QString, host);
        const QString id = QStringLiteral("stop-%1-%2").arg(phase).arg(host);
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(slipwayctl(),
                      {QStringLiteral("--data-dir"), m_box.dir.path(), QStringLiteral("run"),
                       QStringLiteral("--fleet"), QStringLiteral("sandbox"), QStringLiteral("--id"), id,
                       QStringLiteral("--phases"), QString::number(phase), QStringLiteral("--set"),
                       QStringLiteral("writes_per_agent=400")});
        QVERIFY(process.waitForStarted());
        // As soon as the phase's program runs there: it may be making its work folder still.
        QByteArray said;
        const QRegularExpression begun(QStringLiteral("phase %1 \\S+ on %2: running").arg(phase).arg(host));
        const auto hasBegun = [&] {
            return begun.match(QString::fromUtf8(said += process.readAll())).hasMatch();
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasBegun() || process.state() == QProcess::NotRunning, kTimeout);
        QVERIFY2(hasBegun(), said.constData());
        test::sendSignal(process, SIGINT);
        QVERIFY2(process.waitForFinished(kTimeout), "the campaign did not stop");
        said += process.readAll();
        for (const Host &each : m_fleet.hosts) {
            const SshAnswer left =
                ssh(each, QStringLiteral("cd ~/.local/state/slipway && ls work jobs 2>/dev/null | grep -v :; "
                                         "ls -d %1/slipway-* 2>/dev/null; "
                                         "pgrep -af '[s]erve --host|[p]ostgres -D'")
                              .arg(each.workDir));
            QVERIFY2(left.output.trimmed().isEmpty(),
                     (each.name.toUtf8() + ": " + left.output + said).constData());
        }
    }

private:
    Box m_box;
    Fleet m_fleet;
};

QTEST_GUILESS_MAIN(StopCampaignTest)
#include "tst_stopcampaign.moc"
