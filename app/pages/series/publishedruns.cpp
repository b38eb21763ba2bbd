// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/series/publishedruns.h"

#include "app/core/inparallel.h"
#include "app/importer/folderjudge.h"
#include "models/campaign/campaign.h"
#include "models/campaign/judgerecord.h"
#include "models/campaign/publishedsummary.h"
#include "models/campaign/versionorder.h"
#include "models/cycles/cycleline.h"
#include "models/evidence/filename.h"
#include "models/evidence/manifest.h"
#include "models/evidence/recordedplan.h"
#include "models/series/campaignrun.h"

#include <QDir>

#include <algorithm>

namespace slipway {

namespace {

// What a folder says of when its phases ran and by which protocol; a claimed folder says neither.
void takeTimes(const QList<EvidenceFile> &files, CampaignRecord &record) {
    if (const EvidenceFile *plan = findFile(files, kPlanFile)) {
        if (const auto recorded = readPlan(plan->bytes))
            record.summary.protocol = recorded->protocol;
    }
    const EvidenceFile *file = findFile(files, kManifest);
    const auto manifest = file ? readManifest(file->bytes) : Error{};
    if (!manifest)
        return;
    for (const ManifestRun &run : manifest->runs) {
        PhaseRun phase;
        phase.phase = run.phase;
        phase.step = run.step;
        phase.host = run.host;
        phase.startedAt = run.startedAt;
        phase.finishedAt = run.finishedAt;
        record.phaseRuns << phase;
        if (run.startedAt.isValid() &&
            (!record.summary.startedAt.isValid() || run.startedAt < record.summary.startedAt))
            record.summary.startedAt = run.startedAt;
    }
    if (record.summary.startedAt.isValid())
        record.summary.source.clear(); // its length is from its first phase on, as of one that was run here
}

} // namespace

PublishedRun publishedRunOf(const QString &id, const QList<EvidenceFile> &files, const Judgement &judgement) {
    CampaignRecord record;
    const PublishedSummary summary = readPublishedSummary(files);
    record.summary.id = id;
    record.summary.ref = summary.ref;
    record.summary.finishedAt = summary.completedAt;
    record.summary.source = kImported;
    record.summary.state = RunState::Passed;
    record.files = files;
    for (const EvidenceFile &file : files) {
        if (!faultOfCycleFile(file.name).isEmpty())
            record.cycles += readCycleFile(file).cycles;
    }
    setJudgement(record, judgement);
    takeTimes(files, record);
    const EvidenceFile *page = findFile(files, kPage);
    return {seriesRunOf(record), evidenceHash(files), page && page->problem.isEmpty()};
}

QList<PublishedRun> readPublishedRuns(const QString &runsPath, const QString &series,
                                      const std::stop_token &stop) {
    if (!QDir(runsPath).exists())
        return {};
    const auto found = readRuns(runsPath);
    if (!found)
        return {};
    QList<PagesFolder> folders;
    for (const PagesFolder &folder : *found) {
        const QString name = nameText(folder.name);
        if (name == folder.id && seriesOf(name) == series)
            folders << folder;
    }
    std::sort(folders.begin(), folders.end(),
              [](const PagesFolder &a, const PagesFolder &b) { return versionLess(a.id, b.id); });
    QList<PublishedRun> runs(folders.size());
    PublishedRun *const places = runs.data(); // each call fills a place of its own
    const auto readOne = [&](qsizetype i) {
        const QList<EvidenceFile> files = readFolder(runsPath, folders.at(i));
        places[i] = publishedRunOf(folders.at(i).id, files, judgeFolder(runsPath, folders.at(i), files));
    };
    inParallel(folders.size(), readOne, stop);
    return runs;
}

} // namespace slipway
