// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignreader.h"
#include "app/series/seriesarchive.h"
#include "models/campaign/campaignentry.h"
#include "models/core/instant.h"
#include "tests/e2e/campaignrig.h"
#include "tests/support/testpaths.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace slipway;
using namespace slipway::test;

namespace {

const QString kName = QStringLiteral("soak");
constexpr quint32 kSeed = 20260504;
constexpr qint64 kPeriod = 75;         // seconds; above the minute by which a clock may be off
constexpr qint64 kFirstMoments = 1500; // milliseconds of a slot
constexpr qint64 kGrace = 20 * 60;     // so long that no kill makes a slot too late

// SLIPWAY_KILLS=50 is what packaging/figures asks for.
int kills() {
    const int asked = qEnvironmentVariableIntValue("SLIPWAY_KILLS");
    return asked > 0 ? asked : 4;
}

// The first phase of the ship-gate alone: a campaign of seconds.
QByteArray shortProtocol() {
    QFile file(testPaths::source("resources/protocols/ship-gate.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QJsonObject protocol = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonArray phases = protocol.value(QLatin1String("phases")).toArray();
    protocol.insert(QStringLiteral("phases"), QJsonArray{phases.at(0)});
    return QJsonDocument(protocol).toJson();
}

} // namespace

// `series run-slot` on a sandbox of real hosts, killed at random instants: the next call takes up what it
// left, so that no slot runs twice, none is lost and nothing stays on a host.
class SlotKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noSlotRunsTwiceAndNoneIsLost() {
        const CampaignRig rig;
        QFile protocol(rig.dataDir() + QStringLiteral("/short.json"));
        QVERIFY(protocol.open(QIODevice::WriteOnly));
        const QByteArray text = shortProtocol();
        QVERIFY(!text.isEmpty());
        QCOMPARE(protocol.write(text), text.size());
        protocol.close();
        define(rig, protocol.fileName());
        QRandomGenerator random(kSeed);
        // How long a slot takes by itself, and that it comes to its end.
        QElapsedTimer timer;
        timer.start();
        ProgramRun first(rig.dataDir(), words());
        QVERIFY(first.waitForEnd());
        const qint64 whole = timer.elapsed();
        QVERIFY2(isEnd(first.code()) && first.said().contains(" ran in the slot of "),
                 first.said().constData());
        int killed = 0;
        while (killed < kills()) {
            waitForSlot(rig);
            // One slot is killed again and again, each time further along or in what took it up.
            for (int i = 0; i < 12 && killed < kills(); ++i) {
                ProgramRun call(rig.dataDir(), words());
                // Every other one in the first moments, when hosts are claimed and nothing is recorded yet.
                const qint64 span = killed % 2 == 0 ? whole : std::min(whole, kFirstMoments);
                QThread::msleep(random.bounded(static_cast<quint32>(span)));
                if (!call.runs())
                    break;
                call.signal(SIGKILL);
                QVERIFY(call.waitForEnd());
                ++killed;
            }
            ProgramRun rest(rig.dataDir(), words());
            QVERIFY(rest.waitForEnd());
            const QStringList open = openAttempts(rig);
            const QByteArray said = open.join(QLatin1Char(' ')).toUtf8() + ": " + rest.said();
            QVERIFY2(isEnd(rest.code()) && open.isEmpty(), said.constData());
        }
        expectWhole(rig);
        QCOMPARE(rig.leftOnHosts(), QByteArray());
        qInfo("slot kills survived %d of %d", killed, killed);
    }

private:
    [[nodiscard]] static QStringList words() {
        return {QStringLiteral("series"), QStringLiteral("run-slot"), kName};
    }
    // PROVEN, UNPROVEN PASS, or a series that is not complete yet.
    [[nodiscard]] static bool isEnd(int code) { return code == 0 || code == 3 || code == 4; }

    static void define(const CampaignRig &rig, const QString &protocol) {
        SeriesDefinition definition;
        definition.name = kName;
        definition.begin = utcOfSeconds(QDateTime::currentSecsSinceEpoch());
        definition.schedule.anchor = definition.begin;
        definition.schedule.periodSeconds = kPeriod;
        definition.graceSeconds = kGrace;
        definition.plan.fleet = rig.box.sandbox.fleetFile();
        definition.plan.protocolFile = protocol;
        definition.breakerSlots = 1000;
        const auto store = Archive::open(Paths{rig.dataDir()});
        QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
        QVERIFY(SeriesArchive(**store).define(definition).ok());
    }

    [[nodiscard]] static SeriesJudgement judged(const CampaignRig &rig) {
        const auto store = Archive::openToRead(Paths{rig.dataDir()});
        const auto judged = store ? SeriesArchive(**store).judge(kName, QDateTime::currentDateTimeUtc())
                                  : Result<SeriesJudgement>(store.error());
        return judged ? *judged : SeriesJudgement();
    }

    // Until a slot is due that nothing ran in.
    static void waitForSlot(const CampaignRig &rig) {
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const QDateTime now = QDateTime::currentDateTimeUtc();
                const SeriesJudgement series = judged(rig);
                for (auto slot = series.table.slotList.crbegin(); slot != series.table.slotList.crend();
                     ++slot) {
                    if (slot->at <= now)
                        return slot->runs.isEmpty();
                }
                return false;
            }(),
            int(kPeriod) * 1000 + 30'000);
    }

    struct Attempts {
        QMap<QString, QStringList> steps; ///< by campaign
        QMap<QString, QString> slots;
        QStringList troubles; ///< why no campaign came of one
    };
    static Attempts attempts(Archive &store) {
        Attempts all;
        const auto entries = SeriesStore(store).load(kName);
        for (const SeriesEntry &entry : entries ? *entries : QList<SeriesEntry>()) {
            if (entry.kind != QLatin1String("slot"))
                continue;
            const QJsonObject object = QJsonDocument::fromJson(entry.content).object();
            const QString campaign = object.value(QLatin1String("campaign")).toString();
            all.steps[campaign] << object.value(QLatin1String("step")).toString();
            const QString trouble = object.value(QLatin1String("text")).toString();
            if (!trouble.isEmpty())
                all.troubles << campaign + QStringLiteral(": ") + trouble;
            all.slots.insert(campaign, object.value(QLatin1String("slot")).toString());
        }
        return all;
    }
    // Campaigns of slots that are begun and not closed.
    [[nodiscard]] static QStringList openAttempts(const CampaignRig &rig) {
        const auto store = Archive::openToRead(Paths{rig.dataDir()});
        if (!store)
            return {store.error().text};
        const auto steps = attempts(**store).steps;
        QStringList open;
        for (auto it = steps.constBegin(); it != steps.constEnd(); ++it) {
            if (!it->contains(QLatin1String("closed")))
                open << it.key();
        }
        return open;
    }

    // Each attempt came to its end, with one campaign, in one slot.
    static void expectWhole(const CampaignRig &rig) {
        const auto store = Archive::openToRead(Paths{rig.dataDir()});
        QVERIFY(store.ok());
        const Attempts found = attempts(**store);
        const auto &steps = found.steps;
        const QStringList whole{QStringLiteral("begun"), QStringLiteral("closed")};
        for (auto it = steps.constBegin(); it != steps.constEnd(); ++it)
            QVERIFY2(*it == whole, qPrintable(it.key() + QStringLiteral(": ") + it->join(QLatin1Char(' '))));
        QStringList times = found.slots.values();
        QCOMPARE(times.removeDuplicates(), qsizetype(0)); // no slot twice
        const auto campaigns = CampaignReader(**store).list();
        QVERIFY(campaigns.ok());
        QCOMPARE(found.troubles, QStringList());
        QCOMPARE(campaigns->size(), steps.size()); // none lost
        for (const CampaignSummary &campaign : *campaigns)
            QVERIFY2(!isUnderway(campaign), qPrintable(campaign.id));
        QCOMPARE(judged(rig).counts.doubled, qsizetype(0));
        ProgramRun check(rig.dataDir(), {QStringLiteral("archive"), QStringLiteral("check")});
        QVERIFY(check.waitForEnd());
        QCOMPARE(check.code(), 0);
    }
};

QTEST_GUILESS_MAIN(SlotKillTest)
#include "tst_slotkill.moc"
