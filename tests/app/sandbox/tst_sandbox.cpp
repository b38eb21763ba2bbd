// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTest>

#include <future>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kSupport = testPaths::source("tests/support/");

} // namespace

class TestSandbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void upTwiceIsTheSameFleet();
    void hostsAreMachinesOfTheirOwn();
    void hostsReachEachOther();
    void twoSandboxesAtOnce();
    void upsAtOnceMakeOneFleet();
    void withoutRoot();
    void commandLine();
    void keepsItsServer();
};

void TestSandbox::upTwiceIsTheSameFleet() {
    Box box;
    const auto first = box.sandbox.up({});
    QVERIFY2(first, first ? "" : qPrintable(first.error().text));
    const auto pids = box.pids();
    QCOMPARE(pids.keys(), (QStringList{QStringLiteral("chaos"), QStringLiteral("node-a"),
                                       QStringLiteral("node-b"), QStringLiteral("node-c")}));
    QVERIFY(!pids.values().contains(0));

    const auto second = box.sandbox.up({});
    QVERIFY(second);
    QCOMPARE(*second, *first);
    QCOMPARE(box.pids(), pids);

    QCOMPARE(first->withRole(HostRole::Peer).size(), 3);
    QCOMPARE(first->withRole(HostRole::Chaos).size(), 1);
    QFile file(box.sandbox.fleetFile());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto read = parseFleet(file.readAll(), QStringLiteral("fleet.json"));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text));
    QCOMPARE(*read, *first);

    const auto status = box.sandbox.status();
    QVERIFY(status);
    QCOMPARE(status->state, SandboxStatus::State::Up);
    QVERIFY(!status->server.version.isEmpty());
    QVERIFY(status->server.mcpTools >= 30); // what the ship-gate asks for
    QVERIFY(first->parameters.isEmpty());   // a fleet says where things are, not how much is enough

    QVERIFY(box.sandbox.down());
    QCOMPARE(box.left(), QStringList());
}

void TestSandbox::hostsAreMachinesOfTheirOwn() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    QSet<QByteArray> homes;
    for (const Host &host : fleet->hosts) {
        const auto version = ssh(host, QStringLiteral("'%1' --version").arg(host.serverPath));
        QCOMPARE(version.exitCode, 0);
        QVERIFY(!version.output.isEmpty());
        const auto wrote = ssh(host, QStringLiteral("echo %1 >~/mine && echo %1 >\"%2/mine\" && cd && pwd")
                                         .arg(host.name, host.workDir));
        QVERIFY2(wrote.exitCode == 0, wrote.errors.constData());
    }
    for (const Host &host : fleet->hosts) {
        const auto read = ssh(host, QStringLiteral("cat ~/mine \"%1/mine\"").arg(host.workDir));
        QCOMPARE(read.output, (host.name + QLatin1Char('\n') + host.name + QLatin1Char('\n')).toUtf8());
    }
    if (!box.namespaces())
        return;
    for (const Host &host : fleet->hosts) {
        const auto seen = ssh(host, QStringLiteral("cat /proc/sys/kernel/hostname; echo $HOME; pgrep -c "
                                                   "sleep; touch /usr/mine; ls /etc/shadow"));
        QCOMPARE(seen.output, host.name.toUtf8() + "\n/root\n0\n/etc/shadow\n");
        const auto shadow = ssh(host, QStringLiteral("grep -vcE '^[^:]+:[*]:' /etc/shadow"));
        QCOMPARE(shadow.output, QByteArray("0\n")); // nobody's password of this machine is in there
    }
    // A packet filter on one host is none on another, and none here.
    const auto dropped =
        ssh(fleet->hosts.at(0),
            QStringLiteral("iptables -A INPUT -p tcp --dport 9 -j DROP && iptables -S INPUT"));
    QVERIFY2(dropped.output.contains("--dport 9 -j DROP"), dropped.errors.constData());
    QVERIFY(!ssh(fleet->hosts.at(1), QStringLiteral("iptables -S INPUT")).output.contains("DROP"));
    const auto nft = ssh(fleet->hosts.at(1), QStringLiteral("nft add table inet mine && nft list tables"));
    QVERIFY2(nft.output.contains("table inet mine"), nft.errors.constData());
}

void TestSandbox::hostsReachEachOther() {
    Box box;
    const auto fleet = box.sandbox.up({});
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    for (const Host &from : fleet->hosts) {
        for (const Host &to : fleet->hosts) {
            const auto banner = ssh(from, QStringLiteral("exec 3<>/dev/tcp/%1/%2 && head -c 7 <&3")
                                              .arg(to.privateAddress)
                                              .arg(to.port));
            QVERIFY2(banner.output == "SSH-2.0", qPrintable(from.name + to.name));
        }
    }
    if (!box.namespaces())
        return;
    const auto named = ssh(fleet->hosts.at(3), QStringLiteral("exec 3<>/dev/tcp/node-b/22 && head -c 7 <&3"));
    QCOMPARE(named.output, QByteArray("SSH-2.0"));
    // No way out: what runs on the hosts cannot touch anything but the fleet.
    const auto outside = ssh(fleet->hosts.at(0), QStringLiteral("ip route get 192.0.2.1"));
    QVERIFY(outside.exitCode != 0);
}

void TestSandbox::twoSandboxesAtOnce() {
    Box one;
    Box two;
    auto first = std::async(std::launch::async, [&] { return one.sandbox.up({}); });
    auto second = std::async(std::launch::async, [&] { return two.sandbox.up({}); });
    const auto fleetOne = first.get();
    const auto fleetTwo = second.get();
    QVERIFY2(fleetOne, fleetOne ? "" : qPrintable(fleetOne.error().text));
    QVERIFY2(fleetTwo, fleetTwo ? "" : qPrintable(fleetTwo.error().text));
    QSet<QString> addresses;
    for (const Host &host : fleetOne->hosts + fleetTwo->hosts)
        addresses.insert(host.address);
    QCOMPARE(addresses.size(), 8);
    QVERIFY(one.sandbox.link() != two.sandbox.link());
    QVERIFY(one.sandbox.down());
    QCOMPARE(one.left(), QStringList());
    QCOMPARE(two.sandbox.status()->state, SandboxStatus::State::Up);
    QCOMPARE(ssh(fleetTwo->hosts.at(0), QStringLiteral("echo here")).output, QByteArray("here\n"));
}

void TestSandbox::upsAtOnceMakeOneFleet() {
    Box box;
    QList<QProcess *> processes;
    for (int i = 0; i < 3; ++i) {
        auto *process = new QProcess(this);
        process->start(slipwayctl(), {QStringLiteral("--data-dir"), box.dir.path(), QStringLiteral("sandbox"),
                                      QStringLiteral("up"), QStringLiteral("--json")});
        processes.append(process);
    }
    QSet<QByteArray> fleets;
    for (QProcess *process : std::as_const(processes)) {
        QVERIFY(process->waitForFinished(60000));
        QVERIFY2(process->exitCode() == 0, process->readAllStandardError().constData());
        fleets.insert(process->readAllStandardOutput());
    }
    QCOMPARE(fleets.size(), 1);
    qDeleteAll(processes);
    QCOMPARE(box.sandbox.status()->state, SandboxStatus::State::Up);
}

void TestSandbox::withoutRoot() {
    // PostgreSQL's own account is there wherever its package is, and may log in, which "nobody" may not.
    const QString user = isRoot() ? QStringLiteral("postgres") : QString();
    QTemporaryDir dir;
    const QString dataDir = dir.filePath(QStringLiteral("data"));
    QVERIFY(QDir().mkdir(dataDir));
    QString program = slipwayctl();
    QString server = testPaths::program("ai-memory-reference");
    if (isRoot()) {
        // The build tree may lie where that user cannot look.
        program = dir.filePath(QStringLiteral("slipwayctl"));
        server = dir.filePath(QStringLiteral("server"));
        QVERIFY(QFile::copy(slipwayctl(), program));
        QVERIFY(QFile::copy(testPaths::program("ai-memory-reference"), server));
        // So may a sanitizer's suppressions.
        for (const QString &name : {QStringLiteral("tsan.supp"), QStringLiteral("lsan.supp")})
            QVERIFY(QFile::copy(kSupport + name, dir.filePath(name)));
        QFile::setPermissions(dir.path(), QFile::Permissions(0x7055));
        QCOMPARE(QProcess::execute(QStringLiteral("chown"), {QStringLiteral("-R"), user, dir.path()}), 0);
    }
    const auto run = [&](const QStringList &words) {
        QStringList arguments =
            QStringList{program, QStringLiteral("--data-dir"), dataDir, QStringLiteral("sandbox")} + words;
        if (isRoot()) {
            arguments = QStringList{QStringLiteral("setpriv"),
                                    QStringLiteral("--reuid"),
                                    user,
                                    QStringLiteral("--regid"),
                                    user,
                                    QStringLiteral("--clear-groups")} +
                        arguments;
        }
        QProcess process;
        process.setEnvironment(
            QProcess::systemEnvironment().replaceInStrings(kSupport, dir.path() + QLatin1Char('/')));
        process.setWorkingDirectory(QStringLiteral("/"));
        process.start(arguments.takeFirst(), arguments);
        process.waitForFinished(60000);
        return std::pair{process.exitCode(),
                         QByteArray(process.readAllStandardOutput() + process.readAllStandardError())};
    };
    const auto [upCode, upOutput] =
        run({QStringLiteral("up"), QStringLiteral("--server"), server, QStringLiteral("--json")});
    QVERIFY2(upCode == 0, upOutput.constData());
    const auto fleet = parseFleet(upOutput, QStringLiteral("fleet"));
    QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
    QSet<QString> addresses;
    for (const Host &host : fleet->hosts) {
        QVERIFY(host.address.startsWith(QLatin1String("127.250.")));
        QVERIFY(host.port >= 1024);
        addresses.insert(host.address);
        const auto version =
            ssh(host, host.serverPath + QStringLiteral(" --version; echo \"$HOME\" \"$TMPDIR\""), user);
        QVERIFY2(version.exitCode == 0, version.errors.constData());
        QVERIFY(version.output.contains(
            QString(dataDir + QStringLiteral("/sandbox/hosts/") + host.name).toUtf8()));
        QCOMPARE(
            ssh(host, QStringLiteral("setsid sleep 300 >/dev/null 2>&1 </dev/null & echo x >~/mine"), user)
                .exitCode,
            0);
    }
    QCOMPARE(addresses.size(), 4);
    const auto status = run({QStringLiteral("status"), QStringLiteral("--json")});
    QCOMPARE(status.first, 0);
    QCOMPARE(QJsonDocument::fromJson(status.second).object().value(QLatin1String("mode")).toString(),
             QStringLiteral("loopback"));
    const auto [downCode, downOutput] = run({QStringLiteral("down")});
    QVERIFY2(downCode == 0, downOutput.constData());
    // The choice of a server outlives its sandbox.
    QCOMPARE(remains(dataDir, QString()), QStringList{QStringLiteral("the file sandbox-server.json")});
}

void TestSandbox::commandLine() {
    Box box;
    const auto run = [&box](const QStringList &words) {
        QProcess process;
        process.start(slipwayctl(),
                      QStringList{QStringLiteral("--data-dir"), box.dir.path(), QStringLiteral("sandbox")} +
                          words);
        process.waitForFinished(60000);
        return std::pair{process.exitCode(), process.readAllStandardOutput()};
    };
    QCOMPARE(run({QStringLiteral("--help")}).first, 0);
    QCOMPARE(run({}).first, 2);
    QCOMPARE(run({QStringLiteral("sideways")}).first, 2);
    QCOMPARE(run({QStringLiteral("down"), QStringLiteral("--lie")}).first, 2);
    QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--server"), QStringLiteral("/nowhere")}).first, 4);
    QCOMPARE(run({QStringLiteral("status")}).first, 1);
    QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--lie")}).first, 0);
    const auto status = run({QStringLiteral("status"), QStringLiteral("--json")});
    QCOMPARE(status.first, 0);
    const QJsonObject object = QJsonDocument::fromJson(status.second).object();
    QCOMPARE(object.value(QLatin1String("state")).toString(), QStringLiteral("up"));
    QCOMPARE(object.value(QLatin1String("hosts")).toArray().size(), 4);
    QVERIFY(object.value(QLatin1String("server"))[QLatin1String("lie")].toBool());
    QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--reference")}).first, 0);
    QCOMPARE(run({QStringLiteral("down")}).first, 0);
    QCOMPARE(run({QStringLiteral("down")}).first, 0);
    QCOMPARE(run({QStringLiteral("up"), QStringLiteral("--server"), QStringLiteral("x"),
                  QStringLiteral("--reference")})
                 .first,
             2);
    QCOMPARE(box.left(), QStringList());
}

// What was chosen once is what later commands bring up, until another is named.
void TestSandbox::keepsItsServer() {
    Box box;
    const QString chosen = box.dir.filePath(QStringLiteral("chosen"));
    const auto serverNow = [&box](const SandboxOptions &options) -> SandboxServer {
        const auto fleet = box.sandbox.up(options);
        const auto status = box.sandbox.status();
        return fleet && status ? status->server : SandboxServer();
    };
    const QString reference = serverNow({}).source;
    QVERIFY(reference.endsWith(QLatin1String("/ai-memory-reference")));
    QVERIFY(QFile::copy(reference, chosen));
    QCOMPARE(serverNow({chosen, false, true}).source, chosen);

    QVERIFY(box.sandbox.down());
    const SandboxServer again = serverNow({});
    QCOMPARE(again.source, chosen);
    QVERIFY(again.lie);
    QVERIFY(box.sandbox.down());
    QVERIFY(QFile::remove(chosen));
    const auto refused = box.sandbox.up({});
    QVERIFY(!refused);
    QVERIFY2(refused.error().text.contains(chosen), qPrintable(refused.error().text));

    const SandboxServer back = serverNow({{}, true, false});
    QCOMPARE(back.source, reference);
    QVERIFY(!back.lie);
    QVERIFY(box.sandbox.down());
}

QTEST_GUILESS_MAIN(TestSandbox)
#include "tst_sandbox.moc"
