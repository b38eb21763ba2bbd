// SPDX-License-Identifier: GPL-3.0-or-later
// slipway-bench-archive DATA_DIR CYCLES WRITES: an archive with one campaign of the ship-gate as a run leaves
// it, its streams kept one after the other as they end, its reports derived after each phase. Prints the
// account of the archive, table by table, and last "archive-size" with the archive's bytes as a share of the
// streams' compressed bytes.
#include "app/archive/campaignreader.h"
#include "app/archive/campaignstore.h"
#include "app/archive/database.h"
#include "app/archive/evidencestore.h"
#include "app/archive/judgementstore.h"
#include "app/archive/spoolkeeping.h"
#include "app/core/builtinprotocols.h"
#include "models/evidence/derivation.h"
#include "models/evidence/judgeevidence.h"
#include "models/observation/zstream.h"
#include "tests/models/evidence/goodcampaign.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <cstdio>
#include <cstdlib>

using namespace slipway;

namespace {

template <typename T>
T valueOf(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().text));
        std::exit(1);
    }
    return std::move(*result);
}

void expect(const Result<void> &result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().text));
        std::exit(1);
    }
}

// As the recorder does: the spool first, then the stream, then the spool goes.
EvidenceFile keep(Archive &archive, const QString &campaign, const QString &spoolDir,
                  const EvidenceFile &file) {
    const QString name = file.name.mid(file.name.indexOf(QLatin1Char('/')) + 1);
    QFile spool(spoolDir + QLatin1Char('/') + name);
    if (!spool.open(QIODevice::WriteOnly) || spool.write(file.bytes) != file.bytes.size())
        std::exit(1);
    spool.close();
    StreamRecord record(name, StreamRecord::Keeps::Bytes);
    record.add(file.bytes);
    expect(keepStream(archive, campaign, spoolDir, record.end()));
    return {file.name + kCompressedSuffix, record.end().compressed};
}

void saveDerived(Archive &archive, const RecordedPlan &plan, const QList<EvidenceFile> &observed, bool last) {
    const Derivation derived = derive(plan, observed, builtInProtocols(), {});
    QList<EvidenceFile> made{{kPlanFile, planBytes(plan)}};
    made += derived.reports;
    if (last)
        made.append(derived.summary);
    for (const EvidenceFile &file : made)
        (void)valueOf(EvidenceStore(archive).save(plan.campaign, file));
    if (!last)
        return;
    const Judgement judgement =
        judgeEvidence(made + observed, derived, {builtInProtocols(), false, {}, {}, {}});
    expect(JudgementStore(archive).save(plan.campaign, judgement));
    CampaignSummary summary = valueOf(CampaignReader(archive).load(plan.campaign)).summary;
    summary.state = RunState::Passed;
    summary.finishedAt = summary.startedAt.addSecs(3600);
    summary.verdict = judgement.verdict;
    summary.claimedPass = judgement.claimedPass;
    summary.reason = judgement.reason;
    expect(CampaignStore(archive).update(summary));
    std::fprintf(stderr, "judged %s: %s\n", qPrintable(verdictName(judgement.verdict)),
                 qPrintable(judgement.reason));
}

qint64 bytesOf(const QString &folder) {
    qint64 bytes = 0;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        if (!files.fileName().endsWith(QLatin1String("-wal")) &&
            !files.fileName().endsWith(QLatin1String("-shm")))
            bytes += files.fileInfo().size();
    }
    return bytes;
}

void printAccount(const Paths &paths) {
    const auto database = valueOf(Database::openToRead(paths.archiveFile(), paths.archiveLock()));
    auto select =
        valueOf(database->prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"));
    while (select.next())
        std::printf("  %-32s %10lld\n", qPrintable(select.text(0)),
                    static_cast<long long>(select.integer(1)));
}

} // namespace

int main(int argc, char *argv[]) {
    if (argc != 4) {
        std::fputs("slipway-bench-archive DATA_DIR CYCLES WRITES\n", stderr);
        return 2;
    }
    const Paths paths{QString::fromLocal8Bit(argv[1])};
    const Protocol protocol = valueOf(builtInProtocol(QStringLiteral("ship-gate")));
    const QList<EvidenceFile> files = test::observedCampaign(
        {QByteArray(argv[2]).toInt(), QByteArray(argv[3]).toInt(), {}, true, &protocol});
    const RecordedPlan plan = valueOf(readPlan(files.constFirst().bytes));
    if (!QDir().mkpath(paths.spoolDir(plan.campaign)))
        return 1;
    qint64 plain = 0;
    qint64 compressed = 0;
    {
        const auto archive = valueOf(Archive::open(paths));
        CampaignRecord record;
        record.summary.id = plan.campaign;
        record.summary.ref = plan.ref;
        record.summary.protocol = plan.protocol;
        record.summary.source = QStringLiteral("run");
        record.summary.state = RunState::Running;
        record.summary.startedAt = plan.recordedAt;
        record.parameters = plan.parameters;
        record.peers = plan.peers;
        record.requiredPhases = plan.phases;
        expect(CampaignStore(*archive).create(record));
        QList<EvidenceFile> observed;
        for (qsizetype i = 0; i < plan.runs.size(); ++i) {
            const PlannedRun &planned = plan.runs.at(i);
            PhaseRun run;
            run.phase = planned.phase;
            run.step = planned.step;
            run.host = planned.host;
            run.jobId = planned.token;
            run.startedAt = record.summary.startedAt;
            run.state = RunState::Running;
            expect(CampaignStore(*archive).savePhaseRun(plan.campaign, run));
            run.finishedAt = run.startedAt.addSecs(1);
            run.state = RunState::Passed;
            run.exitCode = 0;
            expect(CampaignStore(*archive).savePhaseRun(plan.campaign, run));
            const EvidenceFile *file = findFile(files, planned.streamFile());
            observed.append(keep(*archive, plan.campaign, paths.spoolDir(plan.campaign), *file));
            plain += file->bytes.size();
            compressed += zstdCompress(file->bytes).size();
            const bool last = i + 1 == plan.runs.size();
            if (last || plan.runs.at(i + 1).phase != planned.phase)
                saveDerived(*archive, plan, observed, last);
        }
    }
    const qint64 all = bytesOf(paths.dataDir);
    std::printf("archive %lld bytes, streams %lld bytes, compressed %lld\n", static_cast<long long>(all),
                static_cast<long long>(plain), static_cast<long long>(compressed));
    printAccount(paths);
    std::printf("archive-size %.2f\n", static_cast<double>(all) / static_cast<double>(compressed));
    return 0;
}
