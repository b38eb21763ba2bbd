// SPDX-License-Identifier: GPL-3.0-or-later
// What is refused so that nothing is charged unseen, and nothing goes where it should not.
#include "app/campaign/planfile.h"
#include "app/core/builtinprotocols.h"
#include "app/core/runlock.h"
#include "models/fleet/rental.h"
#include "tests/lifecycle/lifecyclesuite.h"

#include <QDir>
#include <QTest>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kJson = QStringLiteral("--json");
const QString kDryRun = QStringLiteral("--dry-run");
const QString kYes = QStringLiteral("--yes");

} // namespace

class LifecycleGuardsTest : public LifecycleSuite {
    Q_OBJECT
private Q_SLOTS:
    void theAddressIsRemembered() {
        const auto api = [this](const QStringList &arguments, const QString &environment = {}) {
            return m_rig->runAt(environment, QStringList{QStringLiteral("api")} + arguments);
        };
        const QString url = m_rig->cloud.url().toString();
        QCOMPARE(api({}).out, QByteArray("https://api.digitalocean.com (the default)\n"));
        QCOMPARE(api({url + QLatin1Char('/')}).out, url.toLatin1() + " (remembered)\n");
        QCOMPARE(m_rig->runAt({}, {QStringLiteral("cost")}).exitCode, 0); // the stand-in has answered
        QVERIFY(m_rig->cloud.calls(QStringLiteral("GET /v2/customers/my/balance")) == 1);
        for (const char *bad : {"http://api.digitalocean.com", "https://me:secret@example.com", "example.com",
                                "https://example.com/?x=1", "dop_v1_0123456789abcdef"}) {
            const Output refused = api({QLatin1String(bad)});
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains("The API's address") && !refused.err.contains("secret") &&
                         !refused.err.contains("0123456789"),
                     refused.err.constData());
        }
        QCOMPARE(api({}).out, url.toLatin1() + " (remembered)\n");
        QCOMPARE(api({}, QStringLiteral("http://127.0.0.1:1")).out,
                 QByteArray("http://127.0.0.1:1 (from DIGITALOCEAN_API_URL)\n"));
        // A file that somebody has changed is not believed.
        QFile file(m_rig->dataDir() + QStringLiteral("/digitalocean-url"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("http://evil.example\n") > 0);
        file.close();
        const Output refused = m_rig->runAt({}, {QStringLiteral("cost")});
        QVERIFY2(refused.exitCode == 2 && refused.err.contains("digitalocean-url") &&
                     refused.err.contains("is not https"),
                 refused.err.constData());
        QCOMPARE(api({QStringLiteral("--usual")}).out,
                 QByteArray("https://api.digitalocean.com (the default)\n"));
    }

    // Of another account's answers all of it would seem to be gone, and would still cost money.
    void aFleetIsDestroyedWhereItWasProvisioned() {
        QCOMPARE(m_rig->create().exitCode, 0);
        const FakeCloud other;
        for (const QStringList &command :
             {QStringList{QStringLiteral("destroy"), LifecycleRig::kName, QStringLiteral("--yes")},
              QStringList{QStringLiteral("destroy"), LifecycleRig::kName, QStringLiteral("--dry-run")}}) {
            const Output refused = m_rig->runAt(other.url().toString(), command);
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains("was rented at " + m_rig->cloud.url().toString().toLatin1()),
                     refused.err.constData());
        }
        QCOMPARE(servers(), 4);
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // A campaign was launched on it and has not ended: only by its name is it abandoned.
    void aFleetOfACampaignIsNotDestroyedByTheWay() {
        QCOMPARE(m_rig->create().exitCode, 0);
        note(QStringLiteral("used"), QStringLiteral("v1"));
        const QStringList destroy{QStringLiteral("destroy"), LifecycleRig::kName, kYes};
        const QByteArray said = "Campaign v1 has not ended on fleet gate";
        for (const QStringList &more : {QStringList(), {QStringLiteral("--abandon"), QStringLiteral("v2")}}) {
            const Output refused = m_rig->run(destroy + more);
            QCOMPARE(refused.exitCode, 2);
            QVERIFY2(refused.err.contains(said), refused.err.constData());
        }
        const Output shown = m_rig->run({QStringLiteral("destroy"), LifecycleRig::kName, kDryRun});
        QVERIFY2(shown.exitCode == 0 && shown.err.contains(said), shown.err.constData());
        m_rig->cloud.advance(9 * 3600); // longer than it was rented for
        const Output listed = m_rig->run({QStringLiteral("sweep"), kYes, kJson});
        QCOMPARE(listed.array().at(0)[QStringLiteral("claim")].toString(), QStringLiteral("here"));
        QCOMPARE(servers(), 4);
        const Output destroyed =
            m_rig->run(destroy + QStringList{QStringLiteral("--abandon"), QStringLiteral("v1")});
        QVERIFY2(destroyed.exitCode == 0, destroyed.err.constData());
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    void aFleetWhoseCampaignHasEndedNeedsNoMore() {
        QCOMPARE(m_rig->create().exitCode, 0);
        note(QStringLiteral("used"), QStringLiteral("v1"));
        note(QStringLiteral("unused"), QStringLiteral("v1"));
        const Output mistaken = m_rig->run({QStringLiteral("destroy"), LifecycleRig::kName, kYes,
                                            QStringLiteral("--abandon"), QStringLiteral("v1")});
        QVERIFY2(mistaken.exitCode == 2 && mistaken.err.contains("No campaign v1 is on fleet gate"),
                 mistaken.err.constData());
        QCOMPARE(m_rig->destroy().exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

    // Its droplets were rented by others and look forgotten, but a campaign runs on them from here.
    void cleanUpLeavesWhatACampaignRunsOn() {
        m_rig->cloud.post(QStringLiteral("droplet"),
                          QJsonObject{{QStringLiteral("name"), QStringLiteral("aim-node-a")},
                                      {QStringLiteral("region"), QStringLiteral("nyc3")},
                                      {QStringLiteral("size"), QStringLiteral("s-1vcpu-2gb")},
                                      {QStringLiteral("image"), QStringLiteral("debian-12-x64")},
                                      {QStringLiteral("tags"), QJsonArray{QStringLiteral("ship-gate")}}});
        m_rig->cloud.advance(60);
        const qint64 id =
            m_rig->cloud.state().value(QStringLiteral("droplets"))[0][QStringLiteral("id")].toInteger();
        CampaignPlan plan;
        plan.id = QStringLiteral("v1");
        plan.runToken = QStringLiteral("01234567");
        plan.protocol = *builtInProtocol(QStringLiteral("ship-gate"));
        plan.fleet.name = QStringLiteral("field");
        for (const RentalMember &member : defaultMembers()) {
            Host host;
            host.name = member.host;
            host.role = member.role;
            host.address = QStringLiteral("198.51.100.%1").arg(plan.fleet.hosts.size() + 1);
            host.privateAddress = host.address;
            host.user = QStringLiteral("root");
            host.serverPath = QStringLiteral("/usr/local/bin/ai-memory");
            host.workDir = QStringLiteral("/tmp");
            if (plan.fleet.hosts.isEmpty())
                host.id = QStringLiteral("droplet-%1").arg(id);
            plan.fleet.hosts << host;
        }
        for (const Phase &phase : plan.protocol.phases)
            plan.phases << phase.number;
        plan.spoolDir = m_rig->dataDir() + QStringLiteral("/spools/v1");
        QVERIFY(QDir().mkpath(plan.spoolDir));
        const auto saved = savePlan(plan);
        QVERIFY2(saved.ok(), saved ? "" : qPrintable(saved.error().text));
        const auto loaded = loadPlan(plan.spoolDir);
        QVERIFY2(loaded.ok(), loaded ? "" : qPrintable(loaded.error().text));
        const QStringList orphans{QStringLiteral("sweep"), kYes, kJson};
        {
            RunLock running;
            QVERIFY(running.take(plan.spoolDir));
            const Output seen = m_rig->run(orphans);
            QCOMPARE(seen.array().at(0)[QStringLiteral("claim")].toString(), QStringLiteral("campaign"));
            QVERIFY(m_rig->run({QStringLiteral("sweep"), kDryRun}).out.contains("campaign v1, which runs"));
            QCOMPARE(servers(), 1);
        }
        QCOMPARE(m_rig->run(orphans).exitCode, 0);
        QCOMPARE(m_rig->cloud.things(), QStringList());
    }

private:
    void note(const QString &what, const QString &campaign) const {
        QFile journal(m_rig->dataDir() + QStringLiteral("/rentals/gate/journal.jsonl"));
        QVERIFY(journal.open(QIODevice::Append) &&
                journal.write(
                    eventToLine({QDateTime::currentDateTimeUtc(), what, {}, {}, campaign, {}, {}})) > 0);
    }
};

QTEST_GUILESS_MAIN(LifecycleGuardsTest)
#include "tst_lifecycleguards.moc"
