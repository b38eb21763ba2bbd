// SPDX-License-Identifier: GPL-3.0-or-later
// Others at the same account and the same data directory, broken files, long outages, Ctrl-C, and text that
// is meant to do harm.
#include "tests/lifecycle/lifecyclesuite.h"

#include <QDir>
#include <QProcess>
#include <QTest>

using namespace slipway::test;

namespace {

const QString kJson = QStringLiteral("--json");
const QString kDryRun = QStringLiteral("--dry-run");
const QString kYes = QStringLiteral("--yes");
const QString kDestroy = QStringLiteral("destroy");
const QString kOrphans = QStringLiteral("sweep");

QJsonObject server(const QString &name, const QJsonArray &tags = {}) {
    return {{QStringLiteral("name"), name},
            {QStringLiteral("region"), QStringLiteral("nyc3")},
            {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
            {QStringLiteral("image"), QStringLiteral("debian-12-x64")},
            {QStringLiteral("tags"), tags}};
}

} // namespace

class LifecycleHostileTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    void aBrokenJournalIsShownAndItsFleetDestroyed_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("garbage for the beginning") << QByteArray("{\"at\"") << QByteArray("\x01\x1b[31m{");
        QTest::newRow("half of it overwritten") << QByteArray("\"what\":\"made\"") << QByteArray("\"what\"");
        QTest::newRow("no spec") << QByteArray("\"spec\"") << QByteArray("\"sepc\"");
    }
    void aBrokenJournalIsShownAndItsFleetDestroyed() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QCOMPARE(m_rig->create().exitCode, 0);
        QFile file(journal());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains(from));
        QVERIFY(file.resize(0) && file.seek(0) && file.write(bytes.replace(from, to)) > 0);
        file.close();
        const Output list = m_rig->run({QStringLiteral("list")});
        QVERIFY2(list.out.contains("journal broken") && list.err.contains("journal.jsonl, line"),
                 (list.out + list.err).constData());
        QVERIFY(!list.err.contains('\x1b'));
        const QJsonValue cost =
            m_rig->run({QStringLiteral("cost"), kJson}).object().value(QStringLiteral("fleets"))[0];
        QVERIFY(cost[QStringLiteral("usd_so_far")].isNull());
        QCOMPARE(cost[QStringLiteral("late_duplicates")].toArray().size(), 4); // what is there costs
        const Output again = m_rig->create();
        QVERIFY(again.exitCode != 0);
        QCOMPARE(m_rig->run({kOrphans, kYes}).exitCode, 0);
        QCOMPARE(servers(), 4); // not forgotten: its name is known here
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
        QVERIFY(!m_rig->run({QStringLiteral("list")}).out.contains("broken"));
        const QDir dir(m_rig->dataDir() + QStringLiteral("/rentals/gate"));
        QCOMPARE(dir.entryList({QStringLiteral("broken-*.jsonl")}).size(), 1); // kept for whoever asks
        QCOMPARE(m_rig->create().exitCode, 0);
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

    void halfAFirstLineIsNotAFleet() {
        QVERIFY(QDir().mkpath(QFileInfo(journal()).path()));
        QFile file(journal());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"at\":\"2026-") > 0);
        file.close();
        const Output list = m_rig->run({QStringLiteral("list"), kJson});
        QVERIFY2(list.exitCode == 0 && list.array().isEmpty(), list.err.constData());
        const Output created = m_rig->create();
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QCOMPARE(m_rig->destroy().exitCode, 0);
    }

    // From the third droplet on, no call is answered any more. What was made is known and goes later.
    void anOutageLeavesWhatWasMadeKnown_data() {
        QTest::addColumn<QJsonObject>("outage");
        QTest::newRow("the token is withdrawn") << QJsonObject{{QStringLiteral("status"), 401}};
        QTest::newRow("503 for long") << QJsonObject{{QStringLiteral("status"), 503}};
        QTest::newRow("HTML for long") << QJsonObject{{QStringLiteral("status"), 502},
                                                      {QStringLiteral("html"), QStringLiteral("<html>502")}};
        QTest::newRow("HTML with 200") << QJsonObject{
            {QStringLiteral("status"), 200}, {QStringLiteral("html"), QStringLiteral("<html>log in")}};
    }
    void anOutageLeavesWhatWasMadeKnown() {
        QFETCH(QJsonObject, outage);
        outage.insert(QStringLiteral("nth"), 3);
        m_rig->cloud.fault(fault("POST /v2/droplets", "outage", outage));
        const Output created = m_rig->create();
        QCOMPARE(created.exitCode, 4);
        QVERIFY2(created.err.contains("fleet destroy gate"), created.err.constData());
        QCOMPARE(servers(), 2);
        const Output offered = m_rig->destroy();
        QCOMPARE(offered.exitCode, 4);
        recover();
        QCOMPARE(m_rig->unseen(), QStringList());
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aTokenWithdrawnWhileDestroying() {
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.fault(fault("DELETE /v2/droplets/*", "outage",
                                 {{QStringLiteral("status"), 401}, {QStringLiteral("nth"), 2}}));
        const Output refused = m_rig->destroy();
        QVERIFY2(refused.exitCode == 4 && refused.err.contains("The token is not accepted"),
                 refused.err.constData());
        recover();
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void whatSomebodyDeletesMeanwhileIsMissed_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("call");
        QTest::newRow("the VPC") << QStringLiteral("vpcs") << QStringLiteral("POST /v2/droplets");
        QTest::newRow("the firewall") << QStringLiteral("firewalls") << QStringLiteral("GET /v2/droplets/*");
        QTest::newRow("the droplets") << QStringLiteral("droplets") << QStringLiteral("GET /v2/firewalls/*");
    }
    void whatSomebodyDeletesMeanwhileIsMissed() {
        QFETCH(QString, what);
        QFETCH(QString, call);
        m_rig->cloud.fault(fault(call.toLatin1().constData(), "lose", {{QStringLiteral("what"), what}}));
        const Output created = m_rig->create();
        if (what != QLatin1String("droplets")) { // those were active already
            QVERIFY2(created.err.contains("Everything that was created is destroyed."),
                     created.err.constData());
            QCOMPARE(m_rig->cloud.things(), QStringList());
            return;
        }
        const Output destroyed = m_rig->destroy();
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // Its id is in the journal, whatever it is called and whichever tags it has lost.
    void aRenamedDropletIsStillOurs() {
        QCOMPARE(m_rig->create().exitCode, 0);
        rename(0, QStringLiteral("bob"), {});
        const Output list = m_rig->run({kDestroy, LifecycleRig::kName, kDryRun, kJson});
        QCOMPARE(list.object().value(QStringLiteral("droplets")).toArray().size(), 4);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void textFromTheApiDrivesNoTerminal() {
        QCOMPARE(m_rig->create().exitCode, 0);
        const QString evil =
            QString::fromUtf8("slipway-gate.\x1b[2J\x1b]0;x\x07\n\tdroplet  1 \xe2\x80\xae<b>&amp;");
        rename(1, evil, {QStringLiteral("slipway-fleet:gate")});
        for (const QStringList &command :
             {QStringList{kDestroy, LifecycleRig::kName, kDryRun}, QStringList{kOrphans, kDryRun},
              QStringList{kDestroy, LifecycleRig::kName, kYes}}) {
            const Output said = m_rig->run(command);
            QVERIFY2(said.exitCode == 0, said.err.constData());
            const QByteArray all = said.out + said.err;
            QVERIFY(all.contains("<b>&amp;"));
            for (const char *bad : {"\x1b", "\x07", "\xe2\x80\xae", "\n\tdroplet"})
                QVERIFY2(!all.contains(bad), all.constData());
        }
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aThousandDropletsOfOthersStay() {
        m_rig->cloud.configure({{QStringLiteral("droplet_limit"), 2000}});
        QJsonObject web = server(QStringLiteral("web"));
        web.insert(QStringLiteral("copies"), 1000);
        m_rig->cloud.post(QStringLiteral("droplet"), web);
        m_rig->cloud.advance(60);
        QCOMPARE(m_rig->create().exitCode, 0);
        QCOMPARE(m_rig->run({kOrphans, kDryRun, kJson}).array().size(), 6);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(servers(), 1000);
        m_rig->cloud.post(QStringLiteral("forget"), QJsonObject());
    }

    void noRangeIsFree() {
        for (const auto &[name, range] : {std::pair("a", "10.250.0.0/15"), std::pair("b", "172.16.0.0/12"),
                                          std::pair("c", "192.168.0.0/16")})
            m_rig->cloud.post(QStringLiteral("vpc"),
                              QJsonObject{{QStringLiteral("name"), QLatin1String(name)},
                                          {QStringLiteral("region"), QStringLiteral("nyc3")},
                                          {QStringLiteral("ip_range"), QLatin1String(range)}});
        const Output refused = m_rig->create();
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("no private network is free; give one with --range"),
                 refused.err.constData());
        const Output created = m_rig->create({QStringLiteral("--range"), QStringLiteral("10.1.2.0/24")});
        QVERIFY2(created.exitCode == 0, created.err.constData());
        QCOMPARE(m_rig->destroy().exitCode, 0);
        m_rig->cloud.fault(fault("GET /v2/vpcs", "lose", {{QStringLiteral("what"), QStringLiteral("vpcs")}}));
        QCOMPARE(m_rig->run({kOrphans, kDryRun}).exitCode, 0);
    }

    // One of them rents, or destroys; the other says who is at it.
    void twoAtOnce() {
        const QString url = m_rig->cloud.url().toString();
        const auto both = [&](const QStringList &command) {
            const auto one = m_rig->start(url, command);
            const auto other = m_rig->start(url, command);
            return std::pair(LifecycleRig::finish(*one), LifecycleRig::finish(*other));
        };
        const auto [first, second] =
            both({QStringLiteral("create"), LifecycleRig::kName, QStringLiteral("--key"), m_rig->keyFile(),
                  QStringLiteral("--no-login"), kJson});
        const Output &refused = first.exitCode == 0 ? second : first;
        QCOMPARE(std::min(first.exitCode, second.exitCode), 0);
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains("Another process is at work on fleet gate") ||
                     refused.err.contains("exists already") ||
                     refused.err.contains("the account has something of a fleet gate already"),
                 refused.err.constData());
        QCOMPARE(m_rig->cloud.things().size(), 6);
        const auto [third, fourth] = both({kDestroy, LifecycleRig::kName, kYes});
        QCOMPARE(std::min(third.exitCode, fourth.exitCode), 0);
        QVERIFY2(std::max(third.exitCode, fourth.exitCode) <= 4, (third.err + fourth.err).constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // Both found the name unused. The one that comes second destroys what it made, which is nothing.
    void theOthersFleetOfTheSameNameStays() {
        const QString elsewhere = m_rig->dataDir() + QStringLiteral("-elsewhere");
        m_rig->cloud.fault(fault("POST /v2/tags", "kill", {{QStringLiteral("pid_file"), m_rig->pidFile()}}));
        QCOMPARE(m_rig->create().exitCode, -9); // after its preflight
        m_rig->cloud.fault(QJsonArray());
        QVERIFY(QFile::rename(m_rig->dataDir(), elsewhere));
        QCOMPARE(m_rig->create().exitCode, 0);
        const QString winner = m_rig->dataDir() + QStringLiteral("-winner");
        QVERIFY(QFile::rename(m_rig->dataDir(), winner) && QFile::rename(elsewhere, m_rig->dataDir()));
        m_rig->cloud.advance(10);
        const Output late = m_rig->create();
        QVERIFY2(late.exitCode != 0 && late.err.contains("Everything that was created is destroyed"),
                 late.err.constData());
        QCOMPARE(m_rig->cloud.things().size(), 6);
        QVERIFY(m_rig->cloud.state()
                    .value(QStringLiteral("tags"))
                    .toArray()
                    .contains(QStringLiteral("slipway-fleet:gate")));
        QVERIFY(QFile::rename(m_rig->dataDir(), elsewhere) && QFile::rename(winner, m_rig->dataDir()));
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void ctrlCEndsEachCommandAndLosesNothing_data() {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("call");
        const QString gate = LifecycleRig::kName;
        QTest::newRow("preflight") << QStringList{QStringLiteral("create"), QStringLiteral("other"), kDryRun}
                                   << QStringLiteral("GET /v2/vpcs");
        QTest::newRow("create") << QStringList{QStringLiteral("create"), QStringLiteral("other"),
                                               QStringLiteral("--no-login")}
                                << QStringLiteral("POST /v2/droplets");
        QTest::newRow("list") << QStringList{QStringLiteral("list")} << QStringLiteral("GET /v2/droplets");
        QTest::newRow("show") << QStringList{QStringLiteral("show"), gate}
                              << QStringLiteral("GET /v2/account");
        QTest::newRow("cost") << QStringList{QStringLiteral("cost")}
                              << QStringLiteral("GET /v2/customers/my/balance");
        QTest::newRow("destroy, looking")
            << QStringList{kDestroy, gate, kYes} << QStringLiteral("GET /v2/tags");
        QTest::newRow("destroy") << QStringList{kDestroy, gate, kYes}
                                 << QStringLiteral("DELETE /v2/droplets/*");
        QTest::newRow("destroy, the VPC")
            << QStringList{kDestroy, gate, kYes} << QStringLiteral("DELETE /v2/vpcs/*");
        QTest::newRow("sweep") << QStringList{kOrphans, kYes} << QStringLiteral("DELETE /v2/droplets/*");
    }
    void ctrlCEndsEachCommandAndLosesNothing() {
        QFETCH(QStringList, command);
        QFETCH(QString, call);
        QCOMPARE(m_rig->create().exitCode, 0);
        m_rig->cloud.post(QStringLiteral("droplet"),
                          server(QStringLiteral("aim-node-a"), {QStringLiteral("ship-gate")}));
        m_rig->cloud.advance(60);
        if (command.constFirst() == QLatin1String("create"))
            command << QStringLiteral("--key") << m_rig->keyFile();
        m_rig->cloud.fault(
            fault(call.toLatin1().constData(), "kill",
                  {{QStringLiteral("pid_file"), m_rig->pidFile()}, {QStringLiteral("gently"), true}}));
        const Output stopped = m_rig->run(command);
        QVERIFY2(stopped.exitCode >= 0 && stopped.exitCode <= 5, stopped.err.constData());
        if (call.startsWith(QLatin1String("DELETE")) || call.startsWith(QLatin1String("POST")))
            QVERIFY2(stopped.exitCode == 5 && stopped.err.contains("Stopped"), stopped.err.constData());
        m_rig->cloud.fault(QJsonArray());
        QCOMPARE(m_rig->unseen(), QStringList());
        QVERIFY(!m_rig->cloud.state()
                     .value(QStringLiteral("tags"))
                     .toArray()
                     .contains(QStringLiteral("slipway-fleet:other")));
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->run({kOrphans, kYes}).exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

private:
    [[nodiscard]] QString journal() const {
        return m_rig->dataDir() + QStringLiteral("/rentals/gate/journal.jsonl");
    }

    void recover() const {
        m_rig->cloud.fault(QJsonArray());
        m_rig->cloud.configure({{QStringLiteral("outage"), QJsonValue()}});
    }

    void rename(int number, const QString &name, const QJsonArray &tags) const {
        const QJsonValue id =
            m_rig->cloud.state().value(QStringLiteral("droplets"))[number][QStringLiteral("id")];
        m_rig->cloud.post(QStringLiteral("rename"), QJsonObject{{QStringLiteral("id"), id},
                                                                {QStringLiteral("name"), name},
                                                                {QStringLiteral("tags"), tags}});
    }
};

QTEST_GUILESS_MAIN(LifecycleHostileTest)
#include "tst_lifecyclehostile.moc"
