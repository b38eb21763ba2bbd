// SPDX-License-Identifier: GPL-3.0-or-later
// A whole campaign on a rented fleet: fleet create, prepare, run through all phases, and destroyed at its
// end. The cloud is the stand-in, its droplets are the sandbox's hosts; this test plays cloud-init, which
// puts the injected host keys in place.
#include "tests/e2e/rentedrig.h"
#include "tests/support/testpaths.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <optional>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kTimeout = 600'000;

} // namespace

class RentedCampaignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromCreateThroughAllPhasesToDestroy() {
        if (!m_rig.usable())
            QSKIP("No namespaces can be made here: hosts on loopback cannot be given programs of their own.");
        start(QStringList{QStringLiteral("fleet"), QStringLiteral("create"), QStringLiteral("gate"),
                          QStringLiteral("--key"), m_rig.keyFile(), QStringLiteral("--server-path"),
                          QStringLiteral("/opt/slipway/ai-memory")});
        QTRY_COMPARE_WITH_TIMEOUT(m_rig.cloud().things().size(), 6, 60'000);
        m_rig.playCloudInit();
        finish(0);

        const QString server = testPaths::program("ai-memory-reference");
        start({QStringLiteral("fleet"), QStringLiteral("prepare"), QStringLiteral("gate"),
               QStringLiteral("--server"), server, QStringLiteral("--version"),
               QStringLiteral("v0.6.3-test")});
        finish(0);
        QVERIFY2(m_err.contains("still costs the same"), m_err.constData());
        const QByteArray hash =
            QCryptographicHash::hash(readFile(server), QCryptographicHash::Sha256).toHex();
        for (const Host &host : m_rig.sandbox().hosts) {
            const SshAnswer seen = m_rig.ask(
                host, QStringLiteral(
                          "sha256sum </opt/slipway/ai-memory; cat /etc/ai-memory/version /tmp/shutdown.log"));
            QVERIFY2(seen.output.startsWith(hash), (seen.output + seen.errors).constData());
            QVERIFY2(seen.output.contains("\nv0.6.3-test\n-P +480\n"), seen.output.constData());
        }

        start({QStringLiteral("run"), QStringLiteral("--fleet"), QStringLiteral("gate"),
               QStringLiteral("--id"), QStringLiteral("rented"), QStringLiteral("--set"),
               QStringLiteral("cycles=2"), QStringLiteral("--json")});
        finish(3); // two cycles cannot carry the claim: an unproven pass, and nothing better
        const QJsonObject record = QJsonDocument::fromJson(m_out).object();
        QCOMPARE(record.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(record.value(QStringLiteral("cycles")).toArray().size(), 2);
        QVERIFY2(m_err.contains("destroying droplet"), m_err.right(900).constData());

        // At its end everything was destroyed without being asked.
        QCOMPARE(m_rig.cloud().things(), QStringList());
        start({QStringLiteral("fleet"), QStringLiteral("cost"), QStringLiteral("--json")});
        finish(0);
        const QJsonObject fleet = QJsonDocument::fromJson(m_out)
                                      .object()
                                      .value(QStringLiteral("fleets"))
                                      .toArray()
                                      .at(0)
                                      .toObject();
        QCOMPARE(fleet.value(QStringLiteral("state")).toString(), QStringLiteral("ended"));
        QVERIFY(fleet.value(QStringLiteral("usd_so_far")).toDouble() >= 0.04);

        QCOMPARE(m_rig.violations(), QStringList());
    }

private:
    void start(const QStringList &arguments) {
        m_process.emplace();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"), m_rig.cloud().url().toString());
        environment.insert(QStringLiteral("DIGITALOCEAN_TOKEN"), QStringLiteral("dop_v1_0123456789abcdef"));
        m_process->setProcessEnvironment(environment);
        m_process->start(slipwayctl(),
                         QStringList{QStringLiteral("--data-dir"), m_rig.dataDir()} + arguments);
    }

    void finish(int exitCode) {
        QVERIFY(m_process->waitForFinished(kTimeout));
        m_out = m_process->readAllStandardOutput();
        m_err = m_process->readAllStandardError();
        QVERIFY2(m_process->exitCode() == exitCode, m_err.right(900).constData());
        QVERIFY(!m_err.contains("dop_v1_0"));
    }

    RentedRig m_rig;
    std::optional<QProcess> m_process;
    QByteArray m_out;
    QByteArray m_err;
};

QTEST_GUILESS_MAIN(RentedCampaignTest)
#include "tst_rentedcampaign.moc"
