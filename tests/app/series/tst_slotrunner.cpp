// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/campaignstore.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/core/program.h"
#include "app/series/seriesdrill.h"
#include "app/series/slotlock.h"
#include "app/series/slotrunner.h"
#include "app/series/webnotice.h"
#include "models/core/instant.h"

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kName = QStringLiteral("soak");
const QDateTime kBegin = instantOf(QStringLiteral("2026-04-20T20:00:00Z"));

// An archive with a series of a slot each four hours, and what stands in for the program's own commands: it
// makes campaigns in that archive, or is cut off as a kill would cut it off.
class Rig {
public:
    enum class Does { Runs, RunsWithoutReports, Refuses, DiesBefore, DiesWithin };

    Rig() {
        auto opened = Archive::open(Paths{m_dir.path()});
        if (opened)
            m_store = std::move(*opened);
        SeriesDefinition definition;
        definition.name = kName;
        definition.schedule.cron = *CronSchedule::parse(QStringLiteral("0 */4 * * *"));
        definition.begin = kBegin;
        definition.slotCount = 20;
        definition.plan.fleet = QStringLiteral("gate");
        definition.notices.ping = QStringLiteral("http://127.0.0.1/ping");
        m_defined = SeriesArchive(*m_store).define(definition).ok();
    }
    [[nodiscard]] bool isReady() const { return m_defined; }

    // What became of a call at `minutes` after the first slot.
    QString call(qint64 minutes, Does does = Does::Runs) {
        m_does = does;
        SlotRunner runner(
            *m_store, [this](const QStringList &words) { return command(words); },
            [this](const Notice &notice) -> Result<void> {
                if (!m_reaches)
                    return Error{ErrorCode::Unreachable, QStringLiteral("no route")};
                told << notice.key.section(QLatin1Char('/'), 0, 1);
                return {};
            },
            [this]() -> Result<void> {
                ++pings;
                return {};
            });
        m_now = kBegin.addSecs(minutes * 60);
        const auto outcome = runner.run(kName, [this] { return m_now; });
        if (!outcome)
            return QStringLiteral("error");
        static const std::array names{"ran", "not due", "done", "too late", "stopped"};
        QString text = QLatin1String(names.at(static_cast<size_t>(outcome->what)));
        return outcome->campaign.isEmpty() ? text : text + QLatin1Char(' ') + outcome->campaign;
    }
    void letGoOn() {
        SeriesStore store = entries();
        QVERIFY(SlotJournal(store, kName).letGoOn(QStringLiteral("Ada"), QStringLiteral("mended")).ok());
    }
    [[nodiscard]] SeriesJudgement judged() { return *SeriesArchive(*m_store).judge(kName, m_now); }
    [[nodiscard]] SeriesStore entries() { return SeriesStore(*m_store); }
    void setReaches(bool reaches) { m_reaches = reaches; }

    QStringList commands; ///< "run soak-r1"
    QStringList told;
    int pings = 0;

private:
    Result<int> command(const QStringList &words) {
        const QString id = words.constFirst() == QLatin1String("run")
                               ? words.at(words.indexOf(QStringLiteral("--id")) + 1)
                               : words.at(1);
        commands << words.constFirst() + QLatin1Char(' ') + id +
                        (words.contains(QStringLiteral("--take-over")) ? QStringLiteral(" --take-over")
                                                                       : QString());
        const Error killed{ErrorCode::CommandFailed, QStringLiteral("killed")};
        if (m_does == Does::DiesBefore)
            return killed;
        if (m_does == Does::Refuses)
            return 2;
        CampaignRecord record;
        record.summary.id = id;
        record.summary.source = QStringLiteral("run");
        record.summary.state = RunState::Running;
        record.summary.startedAt = m_now;
        if (words.constFirst() == QLatin1String("run") && !CampaignStore(*m_store).create(record).ok())
            return Error{ErrorCode::AlreadyExists, id};
        if (m_does == Does::DiesWithin)
            return killed;
        const bool hasReports = m_does == Does::Runs;
        if (hasReports &&
            !EvidenceStore(*m_store).save(id, {QStringLiteral("phase2.json"), "{\"phase\":2}"}).ok())
            return killed;
        Judgement judgement;
        judgement.verdict = hasReports ? Verdict::UnprovenPass : Verdict::NoEvidence;
        record.summary.state = RunState::Passed;
        record.summary.finishedAt = m_now.addSecs(600);
        record.summary.verdict = judgement.verdict;
        if (!JudgementStore(*m_store).save(id, judgement).ok() ||
            !CampaignStore(*m_store).update(record.summary).ok())
            return killed;
        m_now = m_now.addSecs(600);
        return 3;
    }

    QTemporaryDir m_dir;
    std::unique_ptr<Archive> m_store;
    bool m_defined = false;
    bool m_reaches = true;
    Does m_does = Does::Runs;
    QDateTime m_now;
};

} // namespace

class SlotRunnerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachSlotIsRunOnce() {
        Rig rig;
        QVERIFY(rig.isReady());
        QCOMPARE(rig.call(-30), QStringLiteral("not due"));
        QCOMPARE(rig.call(1), QStringLiteral("ran soak-r1"));
        QCOMPARE(rig.call(20), QStringLiteral("done"));
        QCOMPARE(rig.call(240), QStringLiteral("ran soak-r2"));
        QCOMPARE(rig.commands, QStringList({QStringLiteral("run soak-r1"), QStringLiteral("run soak-r2")}));
        QCOMPARE(rig.pings, 2);
        QCOMPARE(rig.told, QStringList());
        QCOMPARE(rig.judged().counts.missed, qsizetype(0));
    }

    void aSlotWhoseGraceIsOverIsMissedAndTold() {
        Rig rig;
        QCOMPARE(rig.call(1), QStringLiteral("ran soak-r1"));
        QCOMPARE(rig.call(240 + 76), QStringLiteral("too late"));
        QCOMPARE(rig.told, QStringList{QStringLiteral("alarm/schedule-missed")});
        QCOMPARE(rig.call(480), QStringLiteral("ran soak-r2")); // ordinals have no gap, slots do
        QCOMPARE(rig.judged().counts.missed, qsizetype(1));
        QCOMPARE(rig.told.size(), qsizetype(1)); // told once
    }

    void whatAKillLeftIsTakenUp() {
        Rig rig;
        QCOMPARE(rig.call(1, Rig::Does::DiesBefore), QStringLiteral("error"));
        QCOMPARE(rig.call(3), QStringLiteral("ran soak-r1")); // under the same id
        QCOMPARE(rig.call(241, Rig::Does::DiesWithin), QStringLiteral("error"));
        QCOMPARE(rig.call(243), QStringLiteral("ran soak-r2"));
        QCOMPARE(rig.commands,
                 QStringList({QStringLiteral("run soak-r1"), QStringLiteral("run soak-r1 --take-over"),
                              QStringLiteral("run soak-r2"), QStringLiteral("resume soak-r2")}));
        QCOMPARE(rig.call(260), QStringLiteral("done"));
        QCOMPARE(rig.judged().counts.runs, qsizetype(2));
        QCOMPARE(rig.judged().counts.doubled, qsizetype(0));
    }

    // A timer calls once a slot.
    void theSlotThatIsDueIsRunAfterWhatAKillLeft() {
        Rig rig;
        QCOMPARE(rig.call(1, Rig::Does::DiesWithin), QStringLiteral("error"));
        QCOMPARE(rig.call(241), QStringLiteral("ran soak-r2"));
        QCOMPARE(rig.commands, QStringList({QStringLiteral("run soak-r1"), QStringLiteral("resume soak-r1"),
                                            QStringLiteral("run soak-r2")}));
        QCOMPARE(rig.judged().counts.missed, qsizetype(0));
    }

    void whatWasCutOffBeforeItBeganAndIsTooLateIsClosed() {
        Rig rig;
        QCOMPARE(rig.call(1, Rig::Does::DiesBefore), QStringLiteral("error"));
        QCOMPARE(rig.call(100), QStringLiteral("ran")); // no campaign
        QCOMPARE(rig.commands.size(), qsizetype(1));
        QVERIFY(rig.told.contains(QStringLiteral("slot/soak-r1")) &&
                rig.told.contains(QStringLiteral("alarm/schedule-missed")));
        QCOMPARE(rig.call(240), QStringLiteral("ran soak-r2")); // the id of the other is not used again
        QCOMPARE(rig.commands.constLast(), QStringLiteral("run soak-r2 --take-over")); // what it claimed is
        QCOMPARE(rig.call(480), QStringLiteral("ran soak-r3"));
        QCOMPARE(rig.commands.constLast(), QStringLiteral("run soak-r3"));
    }

    void aRunThatIsRefusedIsNotTriedAgainInItsSlot() {
        Rig rig;
        QCOMPARE(rig.call(1, Rig::Does::Refuses), QStringLiteral("ran"));
        QCOMPARE(rig.call(5), QStringLiteral("done"));
        QCOMPARE(rig.told, QStringList{QStringLiteral("slot/soak-r1")});
        QCOMPARE(rig.pings, 0);
    }

    void theBreakerStopsUntilAPersonLetsItGoOn() {
        Rig rig;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(rig.call(i * 240, Rig::Does::RunsWithoutReports),
                     QStringLiteral("ran soak-r%1").arg(i + 1));
        QCOMPARE(rig.pings, 0);
        QCOMPARE(rig.call(720), QStringLiteral("stopped"));
        QCOMPARE(rig.call(960), QStringLiteral("stopped"));
        QCOMPARE(rig.commands.size(), qsizetype(3));
        QCOMPARE(rig.told.count(QStringLiteral("breaker/first")), qsizetype(1));
        rig.letGoOn(); // now, which is after every slot of this series
        QCOMPARE(rig.call(1200), QStringLiteral("ran soak-r4"));
    }

    void aMessageThatCouldNotBeSentIsTriedAgain() {
        Rig rig;
        rig.setReaches(false);
        QCOMPARE(rig.call(1, Rig::Does::Refuses), QStringLiteral("ran"));
        SeriesStore entries = rig.entries();
        const auto kept = NoticeBook(entries, kName).all();
        QVERIFY(kept.ok());
        QCOMPARE(kept->size(), qsizetype(1));
        QVERIFY(!kept->constFirst().isSent);
        QCOMPARE(kept->constFirst().problem, QStringLiteral("no route"));
        rig.setReaches(true);
        QCOMPARE(rig.call(240), QStringLiteral("ran soak-r2"));
        QVERIFY(rig.told.contains(QStringLiteral("slot/soak-r1")));
        QVERIFY(NoticeBook(entries, kName).all()->constFirst().isSent);
    }

    void twoDoNotRunASlotAtOnce() {
        const QTemporaryDir dir;
        SlotLock first;
        QVERIFY(first.take(Paths{dir.path()}, kName).ok());
        SlotLock second;
        const auto taken = second.take(Paths{dir.path()}, kName, 0);
        QVERIFY(!taken.ok());
        QCOMPARE(taken.error().code, ErrorCode::AlreadyExists);
        SlotLock other;
        QVERIFY(other.take(Paths{dir.path()}, QStringLiteral("nightly")).ok());
    }

    // A killed call ends before the programs that it started: they keep its lock until they have ended too.
    void theLockLastsAsLongAsWhatTheCallStarted() {
        const QTemporaryDir dir;
        QProcess started;
        {
            SlotLock killed;
            QVERIFY(killed.take(Paths{dir.path()}, kName).ok());
            dieWithThread(started, killed.descriptor());
            started.start(QStringLiteral("sleep"), {QStringLiteral("1000")});
            QVERIFY(started.waitForStarted());
        }
        SlotLock next;
        QVERIFY(!next.take(Paths{dir.path()}, kName, 0).ok());
        started.kill();
        QVERIFY(started.waitForFinished());
        QVERIFY(next.take(Paths{dir.path()}, kName, 0).ok());
    }

    void everyDrillRaisesItsAlarm_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("rule");
        QTest::newRow("no-evidence") << "no-evidence"
                                     << "evidence-claim";
        QTest::newRow("slow") << "slow"
                              << "duration-individuals";
        QTest::newRow("lost-write") << "lost-write"
                                    << "loss";
        QTest::newRow("missed-slot") << "missed-slot"
                                     << "schedule-missed";
    }
    void everyDrillRaisesItsAlarm() {
        QFETCH(QString, kind);
        QFETCH(QString, rule);
        Rig rig;
        QStringList titles;
        const auto result = drill(rig.judged().definition, *drillKindFromName(kind),
                                  [&](const Notice &notice) -> Result<void> {
                                      titles << notice.title;
                                      return {};
                                  });
        QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().text));
        QCOMPARE(result->rule, rule);
        QCOMPARE(result->run, 25);
        QVERIFY(result->isTold);
        QCOMPARE(titles, QStringList{QStringLiteral("DRILL, series soak: %1").arg(rule)});
        QCOMPARE(rig.judged().counts.runs, qsizetype(0)); // nothing of it is in the archive
    }

    void aWebhookIsToldAsItAnswers() {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
        QByteArray asked;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [&, socket] {
                asked += socket->readAll();
                if (!asked.contains("\r\n\r\n") || (asked.startsWith("POST") && !asked.endsWith('}')))
                    return;
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        const QString url = QStringLiteral("http://127.0.0.1:%1/hook").arg(server.serverPort());
        const Notice notice{QStringLiteral("alarm/loss"),
                            QStringLiteral("title"),
                            QStringLiteral("text"),
                            kBegin,
                            false,
                            0,
                            {}};
        const auto sent = postNotice(url, kName, notice);
        QVERIFY2(sent.ok(), sent ? "" : qPrintable(sent.error().text));
        QVERIFY2(asked.startsWith("POST /hook ") && asked.contains("\"key\":\"alarm/loss\""),
                 asked.constData());
        asked.clear();
        answer = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: "
                 "close\r\n\r\n";
        QCOMPARE(pingUrl(url).error().code, ErrorCode::CommandFailed);
        server.close();
        QCOMPARE(pingUrl(url).error().code, ErrorCode::Unreachable);
    }
};

QTEST_GUILESS_MAIN(SlotRunnerTest)
#include "tst_slotrunner.moc"
