// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/archive/archive.h"
#include "app/archive/archivecare.h"
#include "app/archive/archivecheck.h"
#include "app/archive/campaignimport.h"
#include "app/archive/campaignstore.h"
#include "app/series/runcache.h"
#include "app/series/seriesarchive.h"
#include "models/core/instant.h"
#include "tests/support/testpaths.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace slipway;

namespace {

const QString kName = QStringLiteral("soak-v0.6.0");
const QDateTime kBegin = instantOf(QStringLiteral("2026-04-20T20:43:00Z"));
const QDateTime kNow = instantOf(QStringLiteral("2026-11-30T00:00:00Z"));

QByteArray publishedTable() {
    QFile file(testPaths::source("tests/models/series/soak-v0.6.0.csv"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CampaignRecord importedRun(int ordinal, const QDateTime &completedAt, bool hasReport) {
    CampaignRecord record;
    record.summary.id = QStringLiteral("%1-r%2").arg(kName).arg(ordinal);
    record.summary.source = kImported;
    record.summary.state = RunState::Passed;
    record.summary.finishedAt = completedAt;
    record.summary.claimedPass = true;
    record.summary.verdict = hasReport ? Verdict::UnprovenPass : Verdict::NoEvidence;
    record.files << EvidenceFile{QStringLiteral("campaign-summary.json"),
                                 "{\"overall_pass\":true,\"cost_usd\":1.5}"};
    record.files << EvidenceFile{QStringLiteral("phase1-node-a.json"),
                                 hasReport
                                     ? "{\"curator\":{\"started_at\":\"" +
                                           completedAt.addSecs(-510).toString(Qt::ISODate).toUtf8() + "\"}}"
                                     : QByteArray()};
    if (hasReport)
        record.files << EvidenceFile{QStringLiteral("phase4.json"),
                                     "{\"convergence_by_fault\":{\"kill_primary_mid_write\":0.9998}}"};
    Judgement judgement;
    judgement.verdict = *record.summary.verdict;
    judgement.claimedPass = true;
    record.judgement = judgement;
    return record;
}

// Of the runs from 1, four hours apart.
QDateTime slotAt(int ordinal) {
    return kBegin.addSecs((ordinal - 1) * 4 * 3600);
}

bool importFiveRuns(Archive &store) {
    for (int i = 1; i <= 5; ++i) {
        if (!importCampaign(store, importedRun(i, slotAt(i), true)).ok())
            return false;
    }
    return true;
}

} // namespace

class SeriesArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTableIsASeries() {
        const QTemporaryDir dir;
        {
            const auto store = Archive::open(Paths{dir.path()});
            QVERIFY2(store.ok(), store ? "" : qPrintable(store.error().text));
            SeriesArchive archive(**store);
            QCOMPARE(archive.judge(kName, kNow).error().code, ErrorCode::NotFound);
            QVERIFY(*archive.importTable(kName, publishedTable()));
            QVERIFY(!*archive.importTable(kName, publishedTable())); // the same again
            const auto judged = archive.judge(kName, kNow);
            QVERIFY2(judged.ok(), judged ? "" : qPrintable(judged.error().text));
            QCOMPARE(judged->verdict.head, QStringLiteral("26 of 84 slots hold no evidence"));
            QCOMPARE(archive.list()->size(), qsizetype(1));
            QCOMPARE(archive.list()->constFirst().withoutEvidence, qsizetype(26));
        }
        const auto health = checkArchive(Paths{dir.path()});
        QVERIFY(health.ok());
        QCOMPARE(health->problems, QStringList());
    }

    void campaignsAreASeriesByTheirIds() {
        const QTemporaryDir dir;
        const auto store = Archive::open(Paths{dir.path()});
        QVERIFY(store.ok());
        for (const int i : {1, 2, 3, 5, 6, 7, 8}) // the fourth was lost
            QVERIFY(importCampaign(**store, importedRun(i, slotAt(i).addSecs(i * 60), i != 6)).ok());
        SeriesArchive archive(**store);
        const auto judged = archive.judge(kName, kNow);
        QVERIFY2(judged.ok(), judged ? "" : qPrintable(judged.error().text));
        QCOMPARE(judged->definition.schedule.text(), QStringLiteral("30 */4 * * *"));
        QVERIFY(judged->definition.isScheduleInferred);
        QCOMPARE(judged->counts.slotsInAll, qsizetype(8));
        QCOMPARE(judged->counts.missed, qsizetype(1));
        QCOMPARE(judged->counts.runsWithoutEvidence, qsizetype(1));
        QCOMPARE(judged->runs.constFirst().seconds.value(kWholeRun), 510.0);
        QCOMPARE(judged->runs.constFirst().cost, std::optional<double>(1.5));
        QStringList alarms;
        for (const Alarm &alarm : judged->alarms)
            alarms << QStringLiteral("%1 %2").arg(alarm.first.rule).arg(alarm.first.run);
        QCOMPARE(alarms, QStringList({QStringLiteral("loss 1"), QStringLiteral("schedule-missed 4"),
                                      QStringLiteral("evidence-claim 6")}));
        // A row of a table adds what the campaign has not, and takes nothing from it.
        QVERIFY(archive
                    .importTable(kName, "run,slot,claimed_pass,reports_with_content,cost,region\n1,2026-04-"
                                        "20T20:13:00Z,false,0,99,nyc3\n")
                    .ok());
        const auto again = archive.judge(kName, kNow);
        QCOMPARE(again->runs.size(), qsizetype(7));
        QCOMPARE(again->runs.constFirst().facts.value(QStringLiteral("region")), QStringLiteral("nyc3"));
        QCOMPARE(again->runs.constFirst().cost, std::optional<double>(1.5));
        QCOMPARE(again->runs.constFirst().claimedPass, std::optional<bool>(true));
        QVERIFY(again->runs.constFirst().hasEvidence);
    }

    // They are read for charts alone.
    void logsOfRunsHaveKindsOfLines() {
        const QTemporaryDir dir;
        const Paths paths{dir.path()};
        const auto store = Archive::open(paths);
        QVERIFY(store.ok() && importFiveRuns(**store));
        const QString id = kName + QStringLiteral("-r2");
        QVERIFY(QDir().mkpath(paths.spoolDir(id)));
        QFile log(paths.spoolDir(id) + QStringLiteral("/phase4-chaos-chaos.log"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        log.write(
            "2026-04-20T20:43:01Z cycle 1: 100 of 100\n2026-04-20T20:43:02Z cycle 2: 99 of 100\npanicked\n");
        log.close();
        SeriesArchive archive(**store);
        RunCache cache;
        for (int look = 0; look < 2; ++look) { // the second from the cache
            const auto judged = archive.judge(kName, kNow, &cache);
            QVERIFY(judged.ok());
            QCOMPARE(judged->runs.at(0).logKinds.size(), qsizetype(0));
            QCOMPARE(judged->runs.at(1).logKinds.size(), qsizetype(2));
        }
        const auto judged = archive.judge(kName, kNow);
        QVERIFY(judged.ok());
        QVERIFY(judged->runs.at(1).logKinds.isEmpty());
    }

    void runsThatAreRemovedAreNamed() {
        const QTemporaryDir dir;
        const auto store = Archive::open(Paths{dir.path()});
        QVERIFY(store.ok());
        QVERIFY(importFiveRuns(**store));
        SeriesArchive archive(**store);
        for (const int i : {4, 2})
            QVERIFY(CampaignStore(**store).setRemoved(QStringLiteral("%1-r%2").arg(kName).arg(i), true).ok());
        const QStringList gone{kName + QStringLiteral("-r2"), kName + QStringLiteral("-r4")};
        QCOMPARE(archive.judge(kName, kNow)->removed, gone);
        QVERIFY(CampaignStore(**store).setRemoved(gone.constFirst(), false).ok());
        QCOMPARE(archive.judge(kName, kNow)->removed, gone.mid(1));
    }

    void judgingAgainSaysWhichAlarmsAreNew() {
        const QTemporaryDir dir;
        const auto store = Archive::open(Paths{dir.path()});
        QVERIFY(store.ok());
        QVERIFY(importFiveRuns(**store));
        SeriesArchive archive(**store);
        QVERIFY(archive.noteAllAlarms(kNow)->isEmpty());
        QVERIFY(archive.noteAllAlarms(kNow)->isEmpty());
        QCOMPARE(SeriesStore(**store).load(kName)->size(), qsizetype(1)); // the same is noted once
        // As newer rules may read it.
        QVERIFY(importCampaign(**store, importedRun(3, slotAt(3), false)).ok());
        const auto found = archive.noteAllAlarms(kNow);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().text));
        QCOMPARE(found->keys(), QStringList{kName});
        QCOMPARE(found->value(kName).constFirst().first.rule, QStringLiteral("evidence-claim"));
        QVERIFY(archive.noteAllAlarms(kNow)->isEmpty());
    }

    void whatPeopleNotedStands() {
        const QTemporaryDir dir;
        const auto store = Archive::open(Paths{dir.path()});
        QVERIFY(store.ok());
        SeriesArchive archive(**store);
        QVERIFY(archive.importTable(kName, publishedTable()).ok());
        auto definition = archive.definition(kName);
        QVERIFY(definition.ok());
        definition->origin = SeriesOrigin::Created;
        definition->isScheduleInferred = false;
        definition->slotCount = 86;
        definition->end = {};
        QVERIFY(archive.define(*definition).ok());
        QVERIFY(archive
                    .act(kName, {QStringLiteral("evidence-claim"),
                                 AlarmState::Resolved,
                                 kNow.addDays(-1),
                                 {},
                                 QStringLiteral("Ada"),
                                 QStringLiteral("upload step retried")})
                    .ok());
        QVERIFY(archive
                    .excuse(kName, {instantOf(QStringLiteral("2026-05-04T20:13:00Z")), QStringLiteral("Ada"),
                                    QStringLiteral("the cloud was down")})
                    .ok());
        const auto judged = archive.judge(kName, kNow);
        QVERIFY2(judged.ok(), judged ? "" : qPrintable(judged.error().text));
        QCOMPARE(judged->counts.slotsInAll, qsizetype(86));
        QCOMPARE(judged->counts.missed, qsizetype(1));
        QCOMPARE(judged->counts.excused, qsizetype(1));
        QCOMPARE(judged->verdict.head, QStringLiteral("27 of 85 slots hold no evidence"));
        QCOMPARE(judged->alarms.constFirst().state, AlarmState::Resolved);
    }

    void recoveringKeepsWhatIsNotedOfASeries() {
        const QTemporaryDir dir;
        const Paths paths{dir.path()};
        {
            const auto store = Archive::open(paths);
            QVERIFY(store.ok());
            QVERIFY(SeriesArchive(**store).importTable(kName, publishedTable()).ok());
        }
        QVERIFY(QFile::remove(dir.filePath(QStringLiteral("archive.head"))));
        const auto recovery = recover(paths);
        QVERIFY2(recovery.ok(), recovery ? "" : qPrintable(recovery.error().text));
        QVERIFY(!recovery->setAside.isEmpty());
        const auto store = Archive::open(paths);
        QVERIFY(store.ok());
        const auto judged = SeriesArchive(**store).judge(kName, kNow);
        QVERIFY2(judged.ok(), judged ? "" : qPrintable(judged.error().text));
        QCOMPARE(judged->runs.size(), qsizetype(84));
    }
};

QTEST_GUILESS_MAIN(SeriesArchiveTest)
#include "tst_seriesarchive.moc"
