// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/sandbox/sandboxprobe.h"
#include "tests/e2e/shellprogram.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace slipway;
using test::Answer;
using test::TestSshd;

namespace {

constexpr int kTimeout = 60'000;

Answer ssh(const QStringList &words) {
    QProcess process;
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(QStringLiteral("ssh"), words);
    if (!process.waitForFinished(kTimeout))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

// What `ssh -G` says of an option; all of its values, sorted.
QByteArray valueIn(const QByteArray &answer, const QByteArray &option) {
    QByteArrayList values;
    for (const QByteArray &line : answer.split('\n')) {
        if (line.startsWith(option + ' '))
            values << line.mid(option.size() + 1);
    }
    return values.join(';');
}

} // namespace

// The ssh of this machine logs in as Slipway does: the same host, user, keys and way, and the same trust.
class FleetSshTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_sshd = std::make_unique<TestSshd>();
        m_ctl = std::make_unique<test::ShellProgram>();
    }

    void aCommandRunsAndItsCodeIsHandedOn() {
        writeFleet(m_sshd->host());
        const Answer said = login(
            {QStringLiteral("printf"), QStringLiteral("%s."), QStringLiteral("a b"), QStringLiteral("-l")});
        QCOMPARE(said.out, QByteArray("a.b.-l."));
        QCOMPARE(said.code, 0);
        QCOMPARE(login({QStringLiteral("exit 7")}).code, 7);
        // A word that looks like an option of ssh is a word of the command.
        QVERIFY(!login({QStringLiteral("-V")}).err.contains("OpenSSH"));
    }

    void theFragmentLeadsToTheSameHost() {
        Host host = m_sshd->host();
        writeFleet(host);
        const QByteArray asked = fragmentFor(QStringLiteral("gate-node-t"));
        QCOMPARE(valueIn(asked, "hostname"), host.address.toUtf8());
        QCOMPARE(valueIn(asked, "port"), QByteArray::number(host.port));
        QCOMPARE(valueIn(asked, "user"), host.user.toUtf8());
        QCOMPARE(valueIn(asked, "identityfile"), host.identityFile.toUtf8());
        QCOMPARE(valueIn(asked, "identitiesonly"), QByteArray("yes"));
        QCOMPARE(valueIn(asked, "proxycommand"), QByteArray());
        QCOMPARE(valueIn(asked, "userknownhostsfile"), QByteArray("/dev/null"));
        QVERIFY(QByteArrayList({"yes", "true"}).contains(valueIn(asked, "stricthostkeychecking")));
        QCOMPARE(valueIn(asked, "preferredauthentications"), QByteArray("publickey"));
        QCOMPARE(valueIn(asked, "hostkeyalgorithms"), QByteArray("ssh-ed25519"));
        QVERIFY(!valueIn(asked, "ciphers").contains("cbc"));
        QCOMPARE(byFragment().out.trimmed(), QByteArray("in"));
    }

    // Quotes, blanks, backslashes and what ssh takes for tokens are parts of a name.
    void anOddPathIsAPath() {
        const QString folder = m_ctl->path(QStringLiteral("a \"b\" \\ %h 100% # it's"));
        QVERIFY(QDir().mkpath(folder));
        const QString key = folder + QStringLiteral("/key");
        QVERIFY(QFile::copy(m_sshd->identityFile(), key));
        Host host = m_sshd->host();
        host.identityFile = key;
        writeFleet(host);
        QCOMPARE(login({QStringLiteral("echo in")}).out.trimmed(), QByteArray("in"));
        QCOMPARE(byFragment().out.trimmed(), QByteArray("in"));
        QVERIFY(QFile::remove(key)); // it was this key
        QCOMPARE(byFragment().code, 255);
    }

    void whatSshCannotBeGivenIsRefused_data() {
        QTest::addColumn<QString>("identityFile");
        QTest::newRow("a variable") << QStringLiteral("/nowhere/${HOME}/key");
        QTest::newRow("a line end") << QStringLiteral("/nowhere/a\nProxyCommand touch x");
        QTest::newRow("a direction") << QStringLiteral("/nowhere/") + QChar(0x202e);
    }

    void whatSshCannotBeGivenIsRefused() {
        QFETCH(const QString, identityFile);
        Host host = m_sshd->host();
        host.identityFile = identityFile;
        writeFleet(host);
        for (const Answer &answer : {fragment(), login({QStringLiteral("true")})}) {
            QCOMPARE(answer.code, 4);
            QCOMPARE(answer.out, QByteArray());
            QVERIFY2(answer.err.contains("node-t") && answer.err.contains("IdentityFile"),
                     answer.err.constData());
        }
    }

    void aChangedKeyDoesNotGetIn() {
        Host host = m_sshd->host();
        m_sshd->makeKey(QStringLiteral("other"));
        QFile other(m_sshd->path(QStringLiteral("other.pub")));
        QVERIFY(other.open(QIODevice::ReadOnly));
        host.hostKeys = {QString::fromLatin1(other.readAll().simplified())};
        writeFleet(host);
        for (const Answer &answer : {login({QStringLiteral("echo in")}), byFragment()}) {
            QCOMPARE(answer.code, 255);
            QCOMPARE(answer.out, QByteArray());
            QVERIFY2(answer.err.contains("Host key verification failed"), answer.err.constData());
        }
        QVERIFY(!m_sshd->log().contains("Accepted"));
    }

    // Without a pin it is known_hosts that decides, the one that the host's ssh_config names; nobody is
    // asked.
    void knownHostsDecidesWhereNothingIsPinned() {
        Host host = m_sshd->host();
        host.hostKeys.clear();
        host.sshConfig = m_sshd->sshConfig();
        writeFleet(host);
        const QString known = m_sshd->path(QStringLiteral("known_hosts"));
        writeFile(known, QByteArray());
        QCOMPARE(login({QStringLiteral("echo in")}).code, 255);
        writeFile(known, QStringLiteral("[%1]:%2 %3\n")
                             .arg(host.address)
                             .arg(host.port)
                             .arg(m_sshd->hostKeyLine())
                             .toUtf8());
        QCOMPARE(login({QStringLiteral("echo in")}).out.trimmed(), QByteArray("in"));
        QCOMPARE(byFragment().out.trimmed(), QByteArray("in"));
    }

    // The port is ssh_config's: a pin is found, used and forgotten by it.
    void aPinIsUsedAndForgotten() {
        Host host = m_sshd->host();
        host.hostKeys.clear();
        host.sshConfig = m_sshd->sshConfig();
        QFile config(host.sshConfig);
        QVERIFY(config.open(QIODevice::Append));
        config.write("Port " + QByteArray::number(host.port) + '\n');
        config.close();
        host.port = 0;
        writeFleet(host);
        QCOMPARE(login({QStringLiteral("echo in")}).code, 255);
        const QStringList fleet{QStringLiteral("--fleet"), fleetFile()};
        (void)m_ctl->run(
            QStringList{QStringLiteral("fleet"), QStringLiteral("check"), QStringLiteral("--accept-new")} +
            fleet);
        QCOMPARE(m_ctl->run({QStringLiteral("fleet"), QStringLiteral("known-hosts"), fleetFile(), host.name})
                     .out.trimmed(),
                 "* " + m_sshd->hostKeyLine().section(QLatin1Char(' '), 0, 1).toUtf8());
        QCOMPARE(login({QStringLiteral("echo in")}).out.trimmed(), QByteArray("in"));
        const Answer forgotten =
            m_ctl->run(QStringList{QStringLiteral("fleet"), QStringLiteral("forget-key"), host.name} + fleet);
        QVERIFY2(forgotten.out.contains("1 pinned key"), forgotten.out.constData());
        QCOMPARE(login({QStringLiteral("echo in")}).code, 255);
    }

    // A key that the fleet pins and known_hosts revokes.
    void aRevokedKeyDoesNotGetIn() {
        Host host = m_sshd->host();
        host.sshConfig = m_sshd->sshConfig();
        writeFleet(host);
        writeFile(m_sshd->path(QStringLiteral("known_hosts")), QByteArray());
        QCOMPARE(login({QStringLiteral("echo in")}).out.trimmed(), QByteArray("in"));
        writeFile(m_sshd->path(QStringLiteral("known_hosts")),
                  "@revoked * " + m_sshd->hostKeyLine().toUtf8() + "\n");
        QCOMPARE(login({QStringLiteral("echo in")}).code, 255);
        QCOMPARE(byFragment().code, 255);
    }

    // Each jump host is strict, whatever ssh_config says of it, and its own ssh_config is followed.
    void jumpHostsAreTakenAndAreStrict() {
        const TestSshd first;
        const TestSshd second;
        Host host = m_sshd->host();
        host.sshConfig = m_sshd->sshConfig();
        const QString known = m_ctl->path(QStringLiteral("known of jumps"));
        QByteArray config = "Host " + host.address.toUtf8() +
                            "\n    ProxyJump jump-1,jump-2\n"
                            "Host jump-*\n    StrictHostKeyChecking no\n    UserKnownHostsFile \"" +
                            known.toUtf8() + "\"\n";
        QByteArray keys;
        int number = 0;
        for (const TestSshd *jump : {&first, &second}) {
            config += QStringLiteral("Host jump-%1\n    HostName 127.0.0.1\n    Port %2\n    User %3\n"
                                     "    IdentityFile \"%4\"\n    IdentitiesOnly yes\n")
                          .arg(++number)
                          .arg(jump->port())
                          .arg(TestSshd::user(), jump->identityFile())
                          .toUtf8();
            keys += QStringLiteral("[127.0.0.1]:%1 %2\n").arg(jump->port()).arg(jump->hostKeyLine()).toUtf8();
        }
        writeFile(host.sshConfig, config);
        writeFile(known, keys);
        writeFleet(host);
        const Answer in = login({QStringLiteral("echo in")});
        QVERIFY2(in.out.trimmed() == "in", in.err.constData());
        QCOMPARE(byFragment().out.trimmed(), QByteArray("in"));
        QVERIFY(first.log().contains("Accepted") && second.log().contains("Accepted"));
        writeFile(known, keys.left(keys.indexOf('\n') + 1)); // the second is not known
        QCOMPARE(login({QStringLiteral("echo in")}).code, 255);
        QCOMPARE(byFragment().code, 255);
    }

    void whatIsNotThereIsNamed() {
        writeFleet(m_sshd->host());
        const Answer host =
            m_ctl->run({QStringLiteral("fleet"), QStringLiteral("ssh"), fleetFile(), QStringLiteral("nope")});
        QCOMPARE(host.code, 2);
        QVERIFY2(host.err.contains("nope"), host.err.constData());
        const Answer withWord =
            m_ctl->run({QStringLiteral("fleet"), QStringLiteral("ssh"), fleetFile(), QStringLiteral("nope"),
                        QStringLiteral("--"), QStringLiteral("list"), QStringLiteral("--json")});
        QCOMPARE(withWord.out, QByteArray()); // the option is the command's
        for (const char *command : {"fleet ssh sandbox node-a", "fleet ssh-config sandbox"}) {
            const Answer sandbox = m_ctl->run(command);
            QCOMPARE(sandbox.code, 4);
            QVERIFY2(sandbox.err.contains("sandbox up"), sandbox.err.constData());
            QVERIFY(!QFile::exists(m_ctl->data()));
        }
    }

    void theSandboxsHosts() {
        test::Box box;
        const auto fleet = box.sandbox.up({});
        QVERIFY2(fleet, fleet ? "" : qPrintable(fleet.error().text));
        const QString ctl = test::slipwayctl();
        const auto run = [&](const QStringList &words) {
            QProcess process;
            process.start(ctl, QStringList{QStringLiteral("--data-dir"), box.dir.path()} + words);
            const bool ended = process.waitForFinished(kTimeout);
            return Answer{ended ? process.exitCode() : -1, process.readAllStandardOutput(),
                          process.readAllStandardError()};
        };
        const Answer printed =
            run({QStringLiteral("fleet"), QStringLiteral("ssh-config"), QStringLiteral("sandbox")});
        QCOMPARE(printed.code, 0);
        const QString file = m_ctl->path(QStringLiteral("sandbox-config"));
        writeFile(file, printed.out);
        for (const Host &host : fleet->hosts) {
            const Answer in = run({QStringLiteral("fleet"), QStringLiteral("ssh"), QStringLiteral("sandbox"),
                                   host.name, QStringLiteral("--"), QStringLiteral("echo $SSH_CONNECTION")});
            QVERIFY2(in.code == 0, in.err.constData());
            QVERIFY2(in.out.contains(host.address.toUtf8()), in.out.constData());
            const Answer same = ssh({QStringLiteral("-F"), file, QStringLiteral("sandbox-") + host.name,
                                     QStringLiteral("echo $SSH_CONNECTION")});
            QVERIFY2(same.out.contains(host.address.toUtf8()), same.err.constData());
        }
    }

private:
    static void writeFile(const QString &name, const QByteArray &bytes) {
        QFile file(name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(name));
    }
    [[nodiscard]] QString fleetFile() const { return m_ctl->path(QStringLiteral("my fleet.json")); }
    void writeFleet(Host host) const {
        host.privateAddress = host.address;
        host.serverPath = kDefaultServerPath;
        host.workDir = kDefaultWorkDir;
        writeFile(fleetFile(), fleetToJson({QStringLiteral("gate"), {host}, {}}));
    }
    [[nodiscard]] Answer login(const QStringList &command) const {
        return m_ctl->run(QStringList{QStringLiteral("fleet"), QStringLiteral("ssh"), fleetFile(),
                                      QStringLiteral("node-t"), QStringLiteral("--")} +
                          command);
    }
    [[nodiscard]] Answer fragment() const {
        return m_ctl->run({QStringLiteral("fleet"), QStringLiteral("ssh-config"), fleetFile()});
    }
    // What `ssh -G` reads of it.
    [[nodiscard]] QByteArray fragmentFor(const QString &alias) const {
        const QString file = m_ctl->path(QStringLiteral("fragment"));
        writeFile(file, fragment().out);
        const Answer answer = ssh({QStringLiteral("-G"), QStringLiteral("-F"), file, alias});
        return answer.code == 0 ? answer.out : answer.err;
    }
    [[nodiscard]] Answer byFragment() const {
        const QString file = m_ctl->path(QStringLiteral("fragment"));
        writeFile(file, fragment().out);
        return ssh({QStringLiteral("-F"), file, QStringLiteral("gate-node-t"), QStringLiteral("echo in")});
    }

    std::unique_ptr<TestSshd> m_sshd;
    std::unique_ptr<test::ShellProgram> m_ctl;
};

QTEST_GUILESS_MAIN(FleetSshTest)
#include "tst_fleetssh.moc"
