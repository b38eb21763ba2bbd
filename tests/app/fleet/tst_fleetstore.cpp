// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleetimportfile.h"
#include "app/fleet/fleetstore.h"
#include "app/fleet/sshconfigimport.h"
#include "app/session/fleetsource.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace slipway;

namespace {

Fleet fleetOf(const QString &name, const QString &address) {
    Fleet fleet;
    fleet.name = name;
    Host host = importedHost(QStringLiteral("node-a"));
    host.address = host.privateAddress = address;
    host.group = QStringLiteral("left");
    host.tags = {QStringLiteral("gate")};
    fleet.hosts = {host};
    return fleet;
}

const QString kGate = QStringLiteral("gate");

} // namespace

class FleetStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_dir = std::make_unique<QTemporaryDir>();
        m_paths = {m_dir->path()};
    }

    void keepsWhatItIsGiven() {
        const FleetStore store(m_paths);
        QVERIFY(store.list().isEmpty());
        const Fleet first = fleetOf(kGate, QStringLiteral("203.0.113.1"));
        QVERIFY(store.write({{kGate, std::nullopt, first}}).ok());
        QCOMPARE(*store.load(kGate), first);
        QCOMPARE(*openFleet(kGate, m_paths), first);
        const Fleet second = fleetOf(kGate, QStringLiteral("203.0.113.2"));
        QVERIFY(store.write({{kGate, first, second}}).ok());
        QCOMPARE(*store.list().constFirst().fleet, second);
        QCOMPARE(QFile::permissions(store.fileOf(kGate)) & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(store.write({{kGate, second, std::nullopt}}).ok());
        QCOMPARE(store.load(kGate).error().code, ErrorCode::NotFound);
    }

    void aWriterWhoKnowsLessIsRefused() {
        const FleetStore store(m_paths);
        const Fleet first = fleetOf(kGate, QStringLiteral("203.0.113.1"));
        const Fleet second = fleetOf(kGate, QStringLiteral("203.0.113.2"));
        const Fleet other = fleetOf(QStringLiteral("other"), QStringLiteral("203.0.113.3"));
        QVERIFY(store.write({{kGate, std::nullopt, first}}).ok());
        QCOMPARE(store.write({{kGate, std::nullopt, second}}).error().code, ErrorCode::AlreadyExists);
        QCOMPARE(store.write({{kGate, second, std::nullopt}}).error().code, ErrorCode::AlreadyExists);
        // All or none.
        QVERIFY(!store.write({{other.name, std::nullopt, other}, {kGate, second, first}}).ok());
        QVERIFY(!store.load(other.name).ok());
        QCOMPARE(*store.load(kGate), first);
    }

    void ofManyWritersOneWins() {
        const FleetStore store(m_paths);
        std::atomic<int> won = 0;
        std::vector<std::thread> writers;
        for (int i = 0; i < 8; ++i)
            writers.emplace_back([&, i] {
                if (store.write(
                        {{kGate, std::nullopt, fleetOf(kGate, QStringLiteral("203.0.113.%1").arg(i))}}))
                    ++won;
            });
        for (std::thread &writer : writers)
            writer.join();
        QCOMPARE(won.load(), 1);
        QVERIFY(store.load(kGate).ok());
    }

    void whatIsBrokenIsListedAndNotOverwritten() {
        const FleetStore store(m_paths);
        QVERIFY(store.write({{kGate, std::nullopt, fleetOf(kGate, QStringLiteral("203.0.113.1"))}}).ok());
        write(store.fileOf(kGate), "{ half");
        write(store.fileOf(QStringLiteral("moved")),
              fleetToJson(fleetOf(kGate, QStringLiteral("203.0.113.1"))));
        const QList<StoredFleet> list = store.list();
        QCOMPARE(list.size(), 2);
        QVERIFY(list.at(0).fleet.error().text.contains(store.fileOf(kGate)));
        QVERIFY(list.at(1).fleet.error().text.contains(QStringLiteral("name")));
        QVERIFY(!store.write({{kGate, std::nullopt, fleetOf(kGate, QStringLiteral("203.0.113.9"))}}).ok());
        QVERIFY(!openFleet(kGate, m_paths).ok());
    }

    void namesThatAreNotValidAreRefused() {
        const FleetStore store(m_paths);
        for (const auto &name :
             {QStringLiteral("../x"), QStringLiteral("sandbox"), QString(), QStringLiteral(".x")}) {
            QVERIFY2(!store.write({{name, std::nullopt, fleetOf(name, QStringLiteral("203.0.113.1"))}}).ok(),
                     qPrintable(name));
            QCOMPARE(store.load(name).error().code, ErrorCode::NotFound);
        }
        QVERIFY(!QFile::exists(m_dir->filePath(QStringLiteral("x.json"))));
        const auto missing = openFleet(QStringLiteral("nowhere"), m_paths);
        QVERIFY(missing.error().text.contains(QStringLiteral("There is no fleet nowhere")));
    }

    void namesOfAnSshConfig() {
        const QString home = m_dir->path();
        QDir(home).mkpath(QStringLiteral(".ssh/conf.d"));
        const QString file = home + QStringLiteral("/.ssh/config");
        write(home + QStringLiteral("/.ssh/conf.d/b"),
              "Host chaos-1\n  HostName 203.0.113.14\nInclude conf.d/b\n");
        write(home + QStringLiteral("/.ssh/one"), "  HostName 203.0.113.9\n");
        const QByteArray config = "# mine\n"
                                  "Host=node-a \"node-b\" !node-c *.example.com # and so on\n"
                                  "  HostName 203.0.113.11\n"
                                  "Host node-a\n  HostName 203.0.113.99\n"
                                  "Host $(id)\n"
                                  "Match host x exec \"touch /tmp/never\"\n  HostName 203.0.113.77\n"
                                  "Include conf.d/* nothing*\n";
        const auto endless = importSshConfig(config, file, home);
        QVERIFY(!endless.ok());
        QVERIFY2(endless.error().text.contains(QStringLiteral("conf.d/b line 3")),
                 qPrintable(endless.error().text));
        write(home + QStringLiteral("/.ssh/conf.d/b"), "Host chaos-1\n  HostName=203.0.113.14\n");
        const auto import = importSshConfig(config, file, home);
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        QStringList all;
        for (const Host &host : import->fleet.hosts)
            all << host.name + QLatin1Char(' ') + host.address + QLatin1Char(' ') + host.privateAddress +
                       host.sshConfig;
        QCOMPARE(all, (QStringList{QStringLiteral("node-a node-a 203.0.113.11"),
                                   QStringLiteral("node-b node-b 203.0.113.11"),
                                   QStringLiteral("chaos-1 chaos-1 203.0.113.14")}));
        QCOMPARE(import->fleet.hosts.at(2).role, HostRole::Chaos);
        QVERIFY(import->notes.constFirst().contains(QStringLiteral("$(id)")));
        const auto elsewhere = importSshConfig(config, home + QStringLiteral("/mine"), home);
        QCOMPARE(elsewhere->fleet.hosts.at(0).sshConfig, home + QStringLiteral("/mine"));
        const auto open = importSshConfig("Host \"a\n", file, home);
        QVERIFY(open.error().text.contains(QStringLiteral("line 1")));
        QVERIFY(!importSshConfig("Host *\n  User root\n", file, home).ok());
    }

    // One entry ends no import, and who is left out is named with its line.
    void oddNamesOfAnSshConfig_data() {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<QStringList>("hosts");
        QTest::addColumn<QString>("note");
        QTest::newRow("an underscore")
            << QByteArray("Host node-a\n  HostName 203.0.113.11\nHost prod_node_b\n  HostName 203.0.113.12\n")
            << QStringList{QStringLiteral("node-a"), QStringLiteral("prod_node_b")} << QString();
        QTest::newRow("an address with an underscore")
            << QByteArray("Host node-a\n  HostName build_box.example.org\n")
            << QStringList{QStringLiteral("node-a")} << QString();
        QTest::newRow("a letter of another alphabet")
            << QByteArray("Host b\xc3\xbcro\nHost node-a\n") << QStringList{QStringLiteral("node-a")}
            << QStringLiteral("config line 1");
        QTest::newRow("a leading underscore")
            << QByteArray("Host node-a\nHost _b\n") << QStringList{QStringLiteral("node-a")}
            << QStringLiteral("Host _b is left out: ");
        QTest::newRow("too long") << "Host node-a\nHost " + QByteArray(65, 'x') + '\n'
                                  << QStringList{QStringLiteral("node-a")} << QStringLiteral("config line 2");
        QTest::newRow("escapes") << QByteArray("Host \x1b[2J\nHost node-a\n")
                                 << QStringList{QStringLiteral("node-a")}
                                 << QStringLiteral("[2J is left out");
    }

    void oddNamesOfAnSshConfig() {
        QFETCH(const QByteArray, config);
        QFETCH(const QStringList, hosts);
        QFETCH(const QString, note);
        const auto import = importSshConfig(config, QStringLiteral("/x/config"), m_dir->path());
        QVERIFY2(import.ok(), import ? "" : qPrintable(import.error().text));
        QStringList names;
        for (const Host &host : import->fleet.hosts)
            names << host.name;
        QCOMPARE(names, hosts);
        QCOMPARE(import->notes.isEmpty(), note.isEmpty());
        QVERIFY2(import->notes.join(QLatin1Char('\n')).contains(note),
                 qPrintable(import->notes.join(QLatin1Char('\n'))));
        QVERIFY(!import->notes.join(QString()).contains(QLatin1Char('\x1b')));
        const auto none = importSshConfig("Host _b\n", QStringLiteral("/x/config"), m_dir->path());
        QVERIFY(!none);
        QVERIFY2(none.error().text.contains(QStringLiteral("Host _b is left out")),
                 qPrintable(none.error().text));
    }

    void filesShowTheirNameAndFormat() {
        const QString file = m_dir->filePath(QStringLiteral("my gate.csv"));
        write(file, "name,address\nnode-a,203.0.113.1\n");
        QCOMPARE(readFleetImport(file, std::nullopt, {})->fleet.name, QStringLiteral("my-gate"));
        QCOMPARE(readFleetImport(file, FleetFormat::Csv, kGate)->fleet.name, kGate);
        const QString config = m_dir->filePath(QStringLiteral("inv"));
        write(config, "Host node-a\n  HostName 203.0.113.1\n");
        QCOMPARE(readFleetImport(config, std::nullopt, {})->fleet.name, QStringLiteral("inv"));
        QVERIFY(!readFleetImport(file, FleetFormat::Doctl, kGate).ok());
        QVERIFY(!readFleetImport(file, std::nullopt, QStringLiteral("sandbox")).ok());
        QCOMPARE(readFleetImport(m_dir->path(), std::nullopt, {}).error().code, ErrorCode::NotFound);
        const auto endless = readFleetImport(QStringLiteral("/dev/zero"), std::nullopt, kGate);
        QVERIFY(endless.error().text.contains(QStringLiteral("16 MiB")));
    }

    void fromTheShell() {
        const QString file = m_dir->filePath(QStringLiteral("gate.csv"));
        write(file, "name,address\nnode-a,203.0.113.1\nchaos,203.0.113.4\n");
        const QString import = QStringLiteral("import");
        QByteArray said;
        QCOMPARE(ctl({import, file, QStringLiteral("--dry-run")}, &said), 0);
        QVERIFY2(said.contains("would be fleet gate"), said.constData());
        QVERIFY(FleetStore(m_paths).list().isEmpty());
        QCOMPARE(ctl({import, file}), 0);
        QCOMPARE(ctl({import, file}, &said), 4);
        QVERIFY2(said.contains("--name"), said.constData());
        QCOMPARE(ctl({import, file, QStringLiteral("--format"), QStringLiteral("tea")}), 2);
        QCOMPARE(ctl({QStringLiteral("list"), QStringLiteral("--json")}, &said), 0);
        QVERIFY2(said.contains("\"peers\": 1"), said.constData());
        QCOMPARE(ctl({QStringLiteral("show"), kGate}, &said), 0);
        QVERIFY2(said.contains("203.0.113.4"), said.constData());
        QCOMPARE(ctl({QStringLiteral("show"), QStringLiteral("gone")}), 4);
        write(FleetStore(m_paths).fileOf(QStringLiteral("bad")), "{");
        QCOMPARE(ctl({QStringLiteral("list")}, &said), 4);
        QVERIFY2(said.contains("gate") && said.contains("bad.json"), said.constData());
    }

    void anInventoryIsImportedAgain() {
        const QString file = m_dir->filePath(QStringLiteral("gate.json"));
        write(file, R"({"node_a":{"value":"203.0.113.11"},"old":{"value":"203.0.113.12"}})");
        const QString import = QStringLiteral("import");
        const QString replace = QStringLiteral("--replace");
        QCOMPARE(ctl({import, file}), 0);
        const FleetStore store(m_paths);
        Fleet edited = *store.load(kGate);
        edited.hosts.first().user = QStringLiteral("ada");
        edited.parameters.insert(QStringLiteral("mcp_min_tools"), QStringLiteral("30"));
        QVERIFY(store.write({{kGate, store.load(kGate).value(), edited}}).ok());
        write(file, R"({"node_a":{"value":"203.0.113.51"},"chaos_ip":{"value":"203.0.113.14"}})");
        QByteArray said;
        QCOMPARE(ctl({import, file}, &said), 4);
        QVERIFY2(said.contains("--replace"), said.constData());
        QCOMPARE(ctl({import, file, replace, QStringLiteral("--dry-run")}, &said), 0);
        QCOMPARE(*store.load(kGate), edited);
        QCOMPARE(ctl({import, file, replace}, &said), 0);
        for (const char *reported :
             {"changed  node-a  address: 203.0.113.11", "added    chaos", "removed  old"})
            QVERIFY2(said.contains(reported), said.constData());
        const Fleet replaced = *store.load(kGate);
        QCOMPARE(replaced.find(QStringLiteral("node-a"))->address, QStringLiteral("203.0.113.51"));
        QCOMPARE(replaced.find(QStringLiteral("node-a"))->user, QStringLiteral("ada"));
        QCOMPARE(replaced.parameters, edited.parameters);
        QCOMPARE(ctl({import, file, replace}, &said), 0);
        QVERIFY2(said.contains("nothing changes"), said.constData());
        QCOMPARE(ctl({QStringLiteral("undo")}), 0);
        QCOMPARE(*store.load(kGate), edited);
    }

    void fleetsAreRenamedAndRemovedAndUndone() {
        const FleetStore store(m_paths);
        const Fleet fleet = fleetOf(kGate, QStringLiteral("203.0.113.1"));
        const QString rename = QStringLiteral("rename");
        const QString remove = QStringLiteral("remove");
        const QString undo = QStringLiteral("undo");
        const QString other = QStringLiteral("other");
        QCOMPARE(ctl({undo}), 4);
        QVERIFY(store.write({{kGate, std::nullopt, fleet}}).ok());
        QCOMPARE(ctl({rename, kGate, QStringLiteral("../x")}), 4);
        QCOMPARE(ctl({rename, QStringLiteral("gone"), other}), 4);
        QCOMPARE(ctl({rename, kGate, other}), 0);
        QVERIFY(!store.load(kGate).ok());
        QCOMPARE(store.load(other)->hosts, fleet.hosts);
        QCOMPARE(ctl({remove, other, QStringLiteral("--dry-run")}), 0);
        QVERIFY(store.load(other).ok());
        QCOMPARE(ctl({remove, other}), 0);
        QVERIFY(!store.load(other).ok());
        QCOMPARE(ctl({undo, QStringLiteral("--dry-run")}), 0);
        QVERIFY(!store.load(other).ok());
        QCOMPARE(ctl({undo}), 0);
        QVERIFY(store.load(other).ok());
        QCOMPARE(ctl({undo}), 0);
        QCOMPARE(*store.load(kGate), fleet);
        QVERIFY(!store.load(other).ok());
        // What was changed after the last write is not taken back with it.
        QVERIFY(store.write({{kGate, fleet, fleetOf(kGate, QStringLiteral("203.0.113.2"))}}).ok());
        write(store.fileOf(kGate), fleetToJson(fleetOf(kGate, QStringLiteral("203.0.113.3"))));
        QCOMPARE(ctl({undo}), 4);
        QCOMPARE(store.load(kGate)->hosts.constFirst().address, QStringLiteral("203.0.113.3"));
    }

    void whatCannotBeReadIsNotAnEmptyInventory() {
        QByteArray said;
        QCOMPARE(ctl({QStringLiteral("import"), m_dir->path()}, &said), 4);
        QVERIFY2(said.contains("is a folder"), said.constData());
        QCOMPARE(ctl({QStringLiteral("import"), QStringLiteral("/proc/self/mem")}, &said), 4);
        QVERIFY2(said.contains("cannot be read"), said.constData());
    }

private:
    int ctl(const QStringList &words, QByteArray *out = nullptr) {
        QProcess process;
        process.start(testPaths::program("slipwayctl"),
                      QStringList{QStringLiteral("--data-dir"), m_dir->path(), QStringLiteral("fleet")} +
                          words);
        if (!process.waitForFinished(60'000))
            return -1;
        if (out)
            *out = process.readAllStandardOutput() + process.readAllStandardError();
        return process.exitCode();
    }
    static void write(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", qPrintable(path));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

QTEST_GUILESS_MAIN(FleetStoreTest)
#include "tst_fleetstore.moc"
