// SPDX-License-Identifier: GPL-3.0-or-later
// Preparing a rented fleet that is cut off half way: nothing half-done counts, and the next time all is done.
#include "tests/e2e/rentedrig.h"
#include "tests/support/sendsignal.h"
#include "tests/support/testpaths.h"

#include <QCryptographicHash>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <memory>

using namespace slipway;
using namespace slipway::test;

namespace {

constexpr int kTimeout = 300'000;
const QString kServer = testPaths::program("ai-memory-reference");
const QString kThere = QStringLiteral("/opt/installed/ai-memory");

} // namespace

class RentedPrepareTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        if (!m_rig.usable())
            QSKIP("No namespaces can be made here: hosts on loopback cannot be given programs of their own.");
        const auto created = start({QStringLiteral("create"), QStringLiteral("gate"), QStringLiteral("--key"),
                                    m_rig.keyFile(), QStringLiteral("--server-path"), kThere});
        QTRY_COMPARE_WITH_TIMEOUT(m_rig.cloud().things().size(), 6, 60'000);
        m_rig.playCloudInit();
        QVERIFY(created->waitForFinished(kTimeout));
        QVERIFY2(created->exitCode() == 0, created->readAllStandardError().constData());
        everywhere(QStringLiteral("rm -rf /etc/ai-memory")); // the sandbox's own
    }

    void cleanupTestCase() {
        if (!m_rig.usable())
            return;
        const auto destroyed =
            start({QStringLiteral("destroy"), QStringLiteral("gate"), QStringLiteral("--yes")});
        QVERIFY(destroyed->waitForFinished(kTimeout));
        QCOMPARE(m_rig.cloud().things(), QStringList());
    }

    // dpkg is left with a package that is unpacked and not set up, though its tools are there.
    void cutOffWhilePackagesAreInstalled() {
        m_rig.putProgram(QStringLiteral("dpkg"),
                         "#!/bin/sh\n[ \"$1\" != --audit ] || cat /tmp/half 2>/dev/null\nexit 0\n");
        m_rig.putProgram(QStringLiteral("apt-get"),
                         "#!/bin/sh\ncase \"$*\" in *install*) ;; *) exit 0 ;; esac\n"
                         "echo \"$*\" >>/tmp/apt.log\n"
                         "[ ! -e /tmp/hang ] || exec sleep 600\nrm -f /tmp/half\n");
        everywhere(QStringLiteral("echo postgresql >/tmp/half; touch /tmp/hang"));
        const auto cut = prepare();
        QTRY_VERIFY_WITH_TIMEOUT(ask(QStringLiteral("cat /tmp/apt.log")).contains("postgresql"), kTimeout);
        stop(*cut);
        QVERIFY(ask(QStringLiteral("test -e /tmp/half && echo half")).contains("half"));
        everywhere(QStringLiteral("rm /tmp/hang"));
        prepareWhole();
        QVERIFY(!ask(QStringLiteral("cat /tmp/half")).contains("postgresql"));
    }

    void cutOffWhileTheServerIsSent() {
        everywhere(QStringLiteral("rm -rf /opt/installed /etc/ai-memory "));
        m_rig.putProgram(QStringLiteral("cat"),
                         "#!/bin/sh\nhead -c 65536\ntouch /tmp/sending\nexec sleep 600\n");
        const auto cut = prepare();
        QTRY_VERIFY_WITH_TIMEOUT(
            ask(QStringLiteral("test -e /tmp/sending && echo sending")).contains("sending"), kTimeout);
        stop(*cut);
        m_rig.removeProgram(QStringLiteral("cat"));
        prepareWhole();
        QVERIFY(!ask(QStringLiteral("ls -A \"$HOME\"")).contains(".slipway-upload"));
    }

private:
    std::unique_ptr<QProcess> start(const QStringList &arguments) {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DIGITALOCEAN_API_URL"), m_rig.cloud().url().toString());
        environment.insert(QStringLiteral("DIGITALOCEAN_TOKEN"), QStringLiteral("dop_v1_0123456789abcdef"));
        process->setProcessEnvironment(environment);
        process->start(testPaths::program("slipwayctl"),
                       QStringList{QStringLiteral("--data-dir"), m_rig.dataDir(), QStringLiteral("fleet")} +
                           arguments);
        return process;
    }

    std::unique_ptr<QProcess> prepare() {
        return start(
            {QStringLiteral("prepare"), QStringLiteral("gate"), QStringLiteral("--server"), kServer});
    }

    // By Ctrl-C. No host has the server then, nor says that it has one.
    void stop(QProcess &process) {
        test::sendSignal(process, SIGINT);
        QVERIFY(process.waitForFinished(kTimeout));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 5);
        const QByteArray said = process.readAllStandardError();
        QVERIFY2(said.contains("Stopped") && !said.contains("power themselves off in"), said.constData());
        for (const Host &host : m_rig.sandbox().hosts)
            QCOMPARE(m_rig.ask(host, QStringLiteral("ls /etc/ai-memory/version ") + kThere).output,
                     QByteArray());
    }

    void prepareWhole() {
        const auto whole = prepare();
        QVERIFY(whole->waitForFinished(kTimeout));
        QVERIFY2(whole->exitCode() == 0, whole->readAllStandardError().constData());
        const QByteArray hash =
            QCryptographicHash::hash(readFile(kServer), QCryptographicHash::Sha256).toHex();
        for (const Host &host : m_rig.sandbox().hosts) {
            const SshAnswer seen =
                m_rig.ask(host, QStringLiteral("sha256sum <%1; wc -l </etc/ai-memory/version").arg(kThere));
            QVERIFY2(seen.output.startsWith(hash) && seen.output.trimmed().endsWith("\n1"),
                     (seen.output + seen.errors).constData());
        }
    }

    void everywhere(const QString &command) {
        for (const Host &host : m_rig.sandbox().hosts) {
            const SshAnswer done = m_rig.ask(host, command);
            QVERIFY2(done.exitCode == 0, done.errors.constData());
        }
    }

    QByteArray ask(const QString &command) {
        return m_rig.ask(m_rig.sandbox().hosts.constFirst(), command).output;
    }

    RentedRig m_rig;
};

QTEST_GUILESS_MAIN(RentedPrepareTest)
#include "tst_rentedprepare.moc"
