// SPDX-License-Identifier: GPL-3.0-or-later
// A whole campaign on a rented fleet: fleet create, prepare, run through all phases, and given back at its
// end. The cloud is the stand-in, its droplets are the sandbox's hosts; this test plays cloud-init, which
// puts the injected host keys in place.
#include "models/fleet/fleet.h"
#include "tests/app/fleet/sandboxprobe.h"
#include "tests/support/contract.h"
#include "tests/support/fakecloud.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <optional>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kPatience = 600'000;

QByteArray readFile(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeFile(const QString &path, const QByteArray &bytes, QFile::Permissions permissions) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size() ||
        !file.setPermissions(permissions))
        qFatal("cannot write %s", qPrintable(path));
}

constexpr QFile::Permissions kMine = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions kProgram = kMine | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;

} // namespace

class RentedCampaignTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromCreateThroughAllPhasesToDestroy() {
        const auto up = m_box.sandbox.up({});
        if (!up)
            qFatal("%s", qPrintable(up.error().text));
        if (!m_box.namespaces())
            QSKIP("No namespaces can be made here: hosts on loopback cannot be given programs of their own.");
        const Fleet sandbox = *up;
        const QString dir = m_box.dir.path() + QStringLiteral("/sandbox");
        writeFile(dir + QStringLiteral("/server/cloud-init"), "#!/bin/sh\necho 'status: done'\n", kProgram);
        writeFile(dir + QStringLiteral("/server/shutdown"), "#!/bin/sh\necho \"$@\" >>/tmp/shutdown.log\n",
                  kProgram);
        QJsonObject addresses;
        for (const Host &host : sandbox.hosts)
            addresses.insert(host.name, QJsonArray{host.address, host.privateAddress});
        m_cloud.configure({{QStringLiteral("addresses"), addresses}});
        m_cloud.post(
            QStringLiteral("key"),
            QJsonObject{{QStringLiteral("name"), QStringLiteral("me")},
                        {QStringLiteral("public_key"),
                         QString::fromLatin1(readFile(dir + QStringLiteral("/key.pub")).trimmed())}});

        start(QStringList{QStringLiteral("fleet"), QStringLiteral("create"), QStringLiteral("gate"),
                          QStringLiteral("--key"), dir + QStringLiteral("/key.pub"),
                          QStringLiteral("--server-path"), QStringLiteral("/opt/slipway/ai-memory")});
        QTRY_COMPARE_WITH_TIMEOUT(m_cloud.things().size(), 6, 60'000);
        for (const Host &host : sandbox.hosts)
            playCloudInit(dir, host);
        finish(0);

        const QString server = QStringLiteral(SLIPWAY_BIN_DIR "/ai-memory-reference");
        start({QStringLiteral("fleet"), QStringLiteral("prepare"), QStringLiteral("gate"),
               QStringLiteral("--server"), server, QStringLiteral("--version"),
               QStringLiteral("v0.6.3-test")});
        finish(0);
        QVERIFY2(m_err.contains("goes on costing"), m_err.constData());
        const QByteArray hash =
            QCryptographicHash::hash(readFile(server), QCryptographicHash::Sha256).toHex();
        for (Host host : sandbox.hosts) {
            host.hostKeys = m_hostKeys.value(host.name);
            const SshAnswer seen = ssh(
                host, QStringLiteral(
                          "sha256sum </opt/slipway/ai-memory; cat /etc/ai-memory/version /tmp/shutdown.log"));
            QVERIFY2(seen.output.startsWith(hash), (seen.output + seen.errors).constData());
            QVERIFY2(seen.output.contains("\nv0.6.3-test\n-P +480\n"), seen.output.constData());
        }

        start({QStringLiteral("run"), QStringLiteral("--fleet"), QStringLiteral("gate"),
               QStringLiteral("--id"), QStringLiteral("rented"), QStringLiteral("--set"),
               QStringLiteral("cycles=2"), QStringLiteral("--set"),
               QStringLiteral("mcp_min_tools=") + sandbox.parameters.value(QStringLiteral("mcp_min_tools")),
               QStringLiteral("--json")});
        finish(3); // two cycles cannot carry the claim: an unproven pass, and nothing better
        const QJsonObject record = QJsonDocument::fromJson(m_out).object();
        QCOMPARE(record.value(QStringLiteral("verdict")).toString(), QStringLiteral("UNPROVEN PASS"));
        QCOMPARE(record.value(QStringLiteral("cycles")).toArray().size(), 2);
        QVERIFY2(m_err.contains("destroying droplet"), m_err.constData());

        // At its end everything was given back without being asked.
        QCOMPARE(m_cloud.things(), QStringList());
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

        Contract contract;
        if (contract.open(QStringLiteral(SLIPWAY_SOURCE_DIR "/../shared/do-openapi.json")).isEmpty()) {
            int count = 0;
            const QStringList violations = contract.violationsOf(m_cloud.log(), count);
            QVERIFY2(violations.isEmpty(), qPrintable(violations.join(QLatin1Char('\n'))));
        }
    }

private:
    void start(const QStringList &arguments) {
        m_process.emplace();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"), m_cloud.url().toString());
        environment.insert(QStringLiteral("DIGITALOCEAN_TOKEN"), QStringLiteral("dop_v1_0123456789abcdef"));
        m_process->setProcessEnvironment(environment);
        m_process->start(slipwayctl(),
                         QStringList{QStringLiteral("--data-dir"), m_box.dir.path()} + arguments);
    }

    void finish(int exitCode) {
        QVERIFY(m_process->waitForFinished(kPatience));
        m_out = m_process->readAllStandardOutput();
        m_err = m_process->readAllStandardError();
        QVERIFY2(m_process->exitCode() == exitCode, m_err.constData());
        QVERIFY(!m_err.contains("dop_v1_0"));
    }

    // The host key that came with user_data; the host's own sshd is started again with it.
    void playCloudInit(const QString &dir, const Host &host) {
        QString userData;
        for (const QJsonValue droplet : m_cloud.state().value(QStringLiteral("droplets")).toArray()) {
            if (droplet[QStringLiteral("name")].toString().endsWith(QLatin1Char('.') + host.name))
                userData = droplet[QStringLiteral("user_data")].toString();
        }
        static const QRegularExpression keys(
            QStringLiteral("ed25519_private: \\|\\n((?:    .*\\n)+)  ed25519_public: (.*)\\n"));
        const auto match = keys.match(userData);
        QVERIFY2(match.hasMatch(), qPrintable(userData));
        const QString file = dir + QStringLiteral("/hosts/%1/fs/etc/ssh/ssh_host_ed25519_key").arg(host.name);
        writeFile(file, match.captured(1).replace(QStringLiteral("    "), QString()).toLatin1(), kMine);
        writeFile(file + QStringLiteral(".pub"), match.captured(2).toLatin1() + '\n', kMine);
        m_hostKeys.insert(host.name, {match.captured(2)});
        ssh(host, QStringLiteral("pkill -o -x sshd"));
    }

    Box m_box;
    FakeCloud m_cloud;
    std::optional<QProcess> m_process;
    QByteArray m_out;
    QByteArray m_err;
    QMap<QString, QStringList> m_hostKeys;
};

QTEST_GUILESS_MAIN(RentedCampaignTest)
#include "tst_rentedcampaign.moc"
